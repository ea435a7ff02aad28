import type { EventStore } from '../../db/inbox/store-events.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { HANDLED_EVENTS, PLATFORM, toArrivedEvent, type StripeGateway } from '../gateways/stripe.ts';
import type { Wakes } from '../gateways/temporal.ts';

/** `until`: null = up to now. */
export type EventSpan = { since: Instant; until: Instant | null };

export type PullDeps = { gateway: StripeGateway; events: EventStore; wakes: Pick<Wakes, 'wake'> };

/**
 * Fetches the events of a span from Stripe's list into the inbox, but for those in `known`, which it adds to; how many of them were new. The list
 * is that of a Stripe account, and speaks of other accounts' purchases as well: whoever stores an event wakes its purchase, since its webhook,
 * coming second, will not.
 */
export async function pullEvents(
  { gateway, events, wakes }: PullDeps,
  { since, until }: EventSpan,
  stripeAccount: string | null,
  known = new Set<string>(),
): Promise<number> {
  const pulled: { id: string; answer: ReturnType<EventStore['store']> }[] = [];
  const query = { createdGte: since, createdLte: until, types: HANDLED_EVENTS, stripeAccount };
  for await (const event of gateway.eventsSince(query)) {
    if (known.has(event.id)) continue;
    const body = Buffer.from(JSON.stringify(event));
    pulled.push({ id: event.id, answer: events.store(toArrivedEvent(event, stripeAccount ?? PLATFORM, body)) });
  }
  const stored = await Promise.all(pulled.map(({ answer }) => answer));
  for (const { id } of pulled) known.add(id);
  const fresh = stored.filter(({ isNew }) => isNew);
  const toWake = new Set(fresh.flatMap(({ subjectId, isAwaited }) => (isAwaited ? [] : (subjectId ?? []))));
  await Promise.all([...toWake].map((purchaseId) => wakes.wake(purchaseId, { kind: 'pulled', rowId: null })));
  return fresh.length;
}
