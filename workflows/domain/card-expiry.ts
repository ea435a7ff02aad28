import type { Billing, SubscriptionBilling } from './billing.ts';
import { isLive } from './billing.ts';
import type { SubscriptionFact } from './facts.ts';
import type { CardExpiry } from './card.ts';
import { addDays, latest, type Instant } from './instant.ts';
import { instalmentsAhead } from './plan-ahead.ts';
import type { PurchaseState } from './purchase.ts';

/** So long before the card's month is over its customer is told [R13.3]. */
const DAYS_BEFORE = 30;

/**
 * What is known of the card once Stripe has said this. Most of what it says names the card alone:
 * then what is known of the same card stays, and of another nothing is known.
 */
export function cardExpiryOf(
  { methodId: known, card }: SubscriptionBilling,
  { methodId = known, cardEndsAt: endsAt }: SubscriptionFact,
  at: Instant,
): { card?: CardExpiry | undefined } {
  if (methodId == null) return card ? { card: undefined } : {};
  const isSame = card?.methodId === methodId && (endsAt === undefined || card.endsAt === endsAt);
  if (isSame) return { card };
  if (endsAt === undefined) return card ? { card: undefined } : {};
  const isAhead = endsAt !== null && endsAt > at;
  return { card: { methodId, endsAt, ...(isAhead && { noticeAt: latest(addDays(endsAt, -DAYS_BEFORE), at) }) } };
}

/** When the customer is to be told that the card expires; null = not, as things stand. */
export function cardNoticeAt(state: PurchaseState): Instant | null {
  const card = cardOf(state.billing);
  if (!card?.noticeAt || card.endsAt === null) return null;
  return isChargedFrom(state, card.endsAt) ? card.noticeAt : null;
}

/** Until when the card is valid that is charged next; null = not known. */
export const cardEndsAt = (billing: Billing): Instant | null => cardOf(billing)?.endsAt ?? null;

const cardOf = (billing: Billing): CardExpiry | null => (isLive(billing) ? (billing.card ?? null) : null);

/** Whether anything is to be charged at that instant or later. */
function isChargedFrom(state: PurchaseState, from: Instant): boolean {
  const { billing } = state;
  if (!isLive(billing)) return false;
  if (billing.instalments) return instalmentsAhead(state).some(({ at }) => at >= from);
  const { cancellation, periodEnd } = billing;
  if (cancellation === null) return true;
  return cancellation.at > from && (periodEnd === null || cancellation.at > periodEnd);
}

/** It is told once. */
export function cardTold(billing: SubscriptionBilling): SubscriptionBilling {
  const { methodId, endsAt } = billing.card!;
  return { ...billing, card: { methodId, endsAt } };
}
