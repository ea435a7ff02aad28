import type { EventStore } from '../../db/store-events.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { HANDLED_EVENTS, PLATFORM, toArrivedEvent, type StripeGateway } from '../gateways/stripe.ts';

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
    stored.push(deps.events.store(toArrivedEvent(event, stripeAccount ?? PLATFORM, body)));
  }
  return (await Promise.all(stored)).filter(({ isNew }) => isNew).length;
}
