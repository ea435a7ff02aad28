import type { BooksContext, RequestMark } from './context.ts';
import type { StripeEvent } from './docs.ts';
import { newId, platformOf, publicAccountId } from './ids.ts';
import type { AccountSettings } from './settings.ts';

/** The API version that shapes and events follow: the one the `stripe` SDK in use is pinned to. */
export const API_VERSION = '2026-10-28.endive';

/** In whose account something changed, and by which request. */
interface Change {
  context: BooksContext;
  request: RequestMark;
  settings: AccountSettings;
}

export interface Fact {
  type: string;
  /** The object as the API shows it at this moment. */
  object: Record<string, unknown>;
  clock: string | null;
  at: number;
  previous?: Record<string, unknown> | undefined;
}

/** The event of a change, in its full shape. */
export function newEvent({ context, request, settings }: Change, fact: Fact): StripeEvent {
  const { type, object, clock, at, previous } = fact;
  return {
    id: newId('event'),
    object: 'event',
    ...(platformOf(context.account) && { account: publicAccountId(context.account) }),
    api_version: API_VERSION,
    created: settings.eventsAtRealTime ? Math.floor(Date.now() / 1000) : at,
    data: { object, ...(previous && { previous_attributes: previous }) },
    request,
    type,
    _clock: clock,
  };
}
