import type Stripe from 'stripe';
import type { ArrivedEvent } from '../../../db/inbox/store-events.ts';
import { fromUnix } from './instants.ts';
import { routeOf } from './route.ts';

/**
 * The webhook endpoint of the platform's own Stripe account. Its events carry this name whether
 * they were delivered or fetched.
 */
export const PLATFORM = 'platform';

/** The endpoint at which Stripe tells of the accounts that are connected on its page. */
export const CONNECT = 'connect';

/**
 * An event as the inbox stores it. Its account or endpoint and its id identify it, whichever way it
 * arrives [R22.1].
 */
export const toArrivedEvent = (event: Stripe.Event, endpointId: string, body: Buffer): ArrivedEvent => ({
  source: event.account ?? endpointId,
  externalId: event.id,
  kind: event.type,
  at: fromUnix(event.created),
  body,
  isLivemode: event.livemode,
  ...routeOf(event),
});
