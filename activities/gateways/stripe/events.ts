import Stripe from 'stripe';
import { reading } from './call.ts';
import { orThrow } from './failures.ts';
import { fromMs, type Instant } from '../../../workflows/domain/instant.ts';
import type { Account, EventsQuery } from './gateway.ts';
import { toUnix } from './instants.ts';

/** The most that Stripe accepts in one request. */
const MOST_TYPES = 20;

/**
 * Stripe lists the newest first, so all pages are read before the oldest can be handled [R22.2].
 */
export async function* eventsSince(stripe: Stripe, query: EventsQuery): AsyncIterable<Stripe.Event> {
  const { createdGte, createdLte, types } = query;
  const created = { gte: toUnix(createdGte), ...(createdLte && { lte: toUnix(createdLte) }) };
  const newestFirst: Stripe.Event[] = [];
  const readAll = async () => {
    for (let first = 0; first < types.length; first += MOST_TYPES) {
      const params = { created, types: types.slice(first, first + MOST_TYPES), limit: 100 };
      for await (const event of stripe.events.list(params, reading(query.stripeAccount))) newestFirst.push(event);
    }
  };
  await orThrow(readAll());
  yield* newestFirst.reverse().sort((a, b) => a.created - b.created);
}

/** The time at Stripe, as its answers are dated: to the second. */
export async function timeAtStripe(stripe: Stripe, account: Account): Promise<Instant> {
  const { lastResponse } = await orThrow(stripe.events.list({ limit: 1 }, reading(account)));
  const dated = Date.parse(lastResponse.headers.date ?? '');
  return fromMs(Number.isNaN(dated) ? Date.now() : dated);
}

const TOLERANCE_SECONDS = 5 * 60;

/**
 * Checks a webhook's signature over the bytes as they came, and reads its event [R22.1].
 * @throws Stripe.errors.StripeSignatureVerificationError for another secret, other bytes, or a
 * signature older than 5 minutes
 */
export const constructEvent = (rawBody: Buffer, signature: string, secret: string): Stripe.Event =>
  Stripe.webhooks.constructEvent(rawBody, signature, secret, TOLERANCE_SECONDS);
