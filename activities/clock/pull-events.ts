import type { EventStore } from '../../db/inbox/store-events.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { HANDLED_EVENTS, PLATFORM, toArrivedEvent, type StripeGateway } from '../gateways/stripe.ts';
import type { Wakes } from '../gateways/temporal.ts';

/** `until`: null = up to now. */
export type EventSpan = { since: Instant; until: Instant | null };

export type PullDeps = { gateway: StripeGateway; events: EventStore; wakes: Pick<Wakes, 'wake'> };

/**
 * Fetches the events of a span from Stripe's list into the inbox, except those in `known`, to which
 * it adds. Returns how many were new. The list may contain events of other accounts' purchases.
 * Whoever stores an event wakes its purchase, because the webhook that comes second will not.
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
