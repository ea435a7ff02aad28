import type Stripe from 'stripe';
import type { ArrivedEvent, EventStore } from '../../db/store-events.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { fromUnix } from '../gateways/stripe/instants.ts';
import { HANDLED_EVENTS, routeOf, type StripeGateway } from '../gateways/stripe.ts';

/** The events of the platform's own Stripe account are known under its webhook endpoint's name. */
export const PLATFORM_SOURCE = 'platform';

/** An event as the inbox stores it, whether it was delivered or fetched; `source` and its id make it the same one. */
export const toArrivedEvent = (event: Stripe.Event, source: string, body: Buffer): ArrivedEvent => ({
  source,
  externalId: event.id,
  kind: event.type,
  at: fromUnix(event.created),
  body,
  isLivemode: event.livemode,
  ...routeOf(event),
});

/** Fetches the events since an instant from Stripe's list into the inbox; how many of them were new. */
export async function pullEvents(
  deps: { gateway: StripeGateway; events: EventStore },
  since: Instant,
  stripeAccount: string | null,
): Promise<number> {
  const stored: Promise<{ isNew: boolean }>[] = [];
  const query = { createdGte: since, types: HANDLED_EVENTS, stripeAccount };
  for await (const event of deps.gateway.eventsSince(query)) {
    const body = Buffer.from(JSON.stringify(event));
    stored.push(deps.events.store(toArrivedEvent(event, stripeAccount ?? PLATFORM_SOURCE, body)));
  }
  return (await Promise.all(stored)).filter(({ isNew }) => isNew).length;
}
