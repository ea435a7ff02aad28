import { isUnpaidWithoutInvoice } from '../domain/apply-subscription.ts';
import { isLive } from '../domain/billing.ts';
import type { StripeObject, SubscriptionFact } from '../domain/facts.ts';
import { withAttention, withoutAttention } from '../domain/pending.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { Reading } from '../inbox/inbox.ts';

const isSubscription = (object: StripeObject): object is SubscriptionFact => object.type === 'subscription';

/**
 * The objects of a reading in the order in which they apply. Money comes before the state that
 * follows from it. But the end of a pause comes before everything: a failure since then counts,
 * while during a pause the open invoice would be voided.
 */
export function inOrder({ billing }: PurchaseState, objects: StripeObject[]): StripeObject[] {
  const resumed = objects.filter(isSubscription).filter(({ pause, status }) => !pause && status !== 'paused');
  const isPaused = isLive(billing) && billing.pause !== null;
  return isPaused ? [...resumed, ...objects] : objects;
}

/**
 * Adds an attention for what stays unclear although Stripe was read, or ends it once it is clear
 * [R22.6].
 */
export function withContradictions(state: PurchaseState, { objects, at }: Reading): PurchaseState {
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
