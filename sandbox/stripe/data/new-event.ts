import { prepared } from '../../sqlite.ts';
import type { Books } from './books.ts';
import type { StripeEvent, WebhookEndpoint } from './docs.ts';
import { readSettings } from './settings.ts';
import { newId, platformOf, publicAccountId } from './ids.ts';

/** The API version that shapes and events follow: the one the `stripe` SDK in use is pinned to. */
export const API_VERSION = '2026-10-28.endive';

export interface Fact {
  type: string;
  /** The object as the API shows it at this moment. */
  object: Record<string, unknown>;
  clock: string | null;
  at: number;
  previous?: Record<string, unknown> | undefined;
}

/**
 * Keeps an event, as of the simulated or real instant `at`, and a delivery for every endpoint that
 * listens to its type.
 */
export function recordEvent(books: Books, fact: Fact): void {
  const { type, object, clock, at, previous } = fact;
  const { account } = books.context;
  const event: StripeEvent = {
    id: newId('event'),
    object: 'event',
    ...(platformOf(account) && { account: publicAccountId(account) }),
    api_version: API_VERSION,
    created: readSettings(books.context.database, account).eventsAtRealTime ? Math.floor(Date.now() / 1000) : at,
    data: { object, ...(previous && { previous_attributes: previous }) },
    request: books.request,
    type,
    _clock: clock,
  };
  books.save(event);
  for (const { owner, endpoint } of listeners(books)) {
    if (hears(endpoint, type)) queueDelivery(books, event, owner, endpoint);
  }
}

function listeners(books: Books): { owner: string; endpoint: WebhookEndpoint }[] {
  const { database, account } = books.context;
  const rows = prepared(
    database,
    `select account, json from objects where kind = 'webhook_endpoint' and account in (?, ?) order by seq`,
  ).all(account, platformOf(account) ?? account);
  return rows
    .map((row) => ({ owner: String(row.account), endpoint: JSON.parse(String(row.json)) as WebhookEndpoint }))
    .filter(({ owner, endpoint }) => endpoint._connect === (owner !== account));
}

function hears(endpoint: WebhookEndpoint, type: string): boolean {
  return (
    endpoint.status === 'enabled' && (endpoint.enabled_events.includes('*') || endpoint.enabled_events.includes(type))
  );
}

function queueDelivery(books: Books, event: StripeEvent, owner: string, endpoint: WebhookEndpoint): void {
  const { database, account } = books.context;
  const now = Date.now();
  prepared(
    database,
    'insert into deliveries (account, event, endpoint_account, endpoint, next_at_ms, first_at_ms) values (?, ?, ?, ?, ?, ?)',
  ).run(account, event.id, owner, endpoint.id, now, now);
}
