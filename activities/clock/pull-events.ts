import type { EventStore } from '../../db/store-events.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { HANDLED_EVENTS, PLATFORM, toArrivedEvent, type StripeGateway } from '../gateways/stripe.ts';

/** `until`: null = up to now. */
export type EventSpan = { since: Instant; until: Instant | null };

/** Fetches the events of a span from Stripe's list into the inbox, but for those in `known`, which it adds to; how many of them were new. */
export async function pullEvents(
  deps: { gateway: StripeGateway; events: EventStore },
  { since, until }: EventSpan,
  stripeAccount: string | null,
  known = new Set<string>(),
): Promise<number> {
  const stored: { id: string; answer: Promise<{ isNew: boolean }> }[] = [];
  const query = { createdGte: since, createdLte: until, types: HANDLED_EVENTS, stripeAccount };
  for await (const event of deps.gateway.eventsSince(query)) {
    if (known.has(event.id)) continue;
    const body = Buffer.from(JSON.stringify(event));
    const answer = deps.events.store(toArrivedEvent(event, stripeAccount ?? PLATFORM, body));
    stored.push({ id: event.id, answer });
  }
  const answers = await Promise.all(stored.map(async ({ id, answer }) => ({ id, ...(await answer) })));
  for (const { id } of answers) known.add(id);
  return answers.filter(({ isNew }) => isNew).length;
}
