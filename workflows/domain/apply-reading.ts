import { applyFact, isEcho } from './apply-fact.ts';
import { isUnpaidWithoutInvoice } from './apply-subscription.ts';
import { isLive } from './billing.ts';
import type { Change, Context } from './change.ts';
import type { StripeObject, SubscriptionFact } from './facts.ts';
import type { Instant } from './instant.ts';
import { withAttention, withoutAttention } from './pending.ts';
import type { PurchaseState } from './purchase.ts';

/** What Stripe answered when it was read, and when. */
export type ReadObjects = { objects: StripeObject[]; at: Instant };

/**
 * All that a reading changes, as one change. What only echoes the pending verb is left to that
 * verb's own answer. If Stripe would have to be read for an object, it just was.
 */
export function applyReading(state: PurchaseState, { objects, at }: ReadObjects, context: Context): Change {
  const all: Change = { next: state, entries: [], emails: [], followUps: [], ledger: [] };
  for (const object of inOrder(state, objects).filter((one) => !isEcho(state.pending, one))) {
    const outcome = applyFact(all.next, { object, occurredAt: at, source: 'read' }, context);
    if (outcome.kind !== 'changed') continue;
    const { next, entries, emails, followUps, ledger } = outcome.change;
    all.next = next;
    all.entries.push(...entries);
    all.emails.push(...emails);
    all.followUps.push(...followUps);
    all.ledger.push(...ledger);
  }
  return { ...all, next: withContradictions(all.next, { objects, at }) };
}

const isSubscription = (object: StripeObject): object is SubscriptionFact => object.type === 'subscription';

/**
 * The objects of a reading in the order in which they apply. Money comes before the state that
 * follows from it. But the end of a pause comes before everything: a failure since then counts,
 * while during a pause the open invoice would be voided.
 */
function inOrder({ billing }: PurchaseState, objects: StripeObject[]): StripeObject[] {
  const resumed = objects.filter(isSubscription).filter(({ pause, status }) => !pause && status !== 'paused');
  const isPaused = isLive(billing) && billing.pause !== null;
  return isPaused ? [...resumed, ...objects] : objects;
}

/**
 * Adds an attention for what stays unclear although Stripe was read, or ends it once it is clear
 * [R22.6].
 */
function withContradictions(state: PurchaseState, { objects, at }: ReadObjects): PurchaseState {
  const subscription = objects.find(isSubscription);
  if (!subscription) return state;
  const { subscriptionId } = subscription;
  const isUnclear = isUnpaidWithoutInvoice(state.billing, subscription);
  const isKnown = state.attentions.some(({ id }) => id === subscriptionId);
  if (isUnclear === isKnown) return state;
  const attention = { id: subscriptionId, reason: 'status_unclear' as const, since: at, command: null };
  const { attentions } = state;
  return {
    ...state,
    attentions: isUnclear ? withAttention(attentions, attention) : withoutAttention(attentions, subscriptionId),
  };
}
