import { newBilling } from './billing.ts';
import type { ChangeBuilder } from './change.ts';
import { addDays, latest, type Instant } from './instant.ts';
import type { OfferTerms } from './offer.ts';
import { SNAPSHOT_VERSION, type AccessPeriod, type PurchaseState } from './purchase.ts';
import type { Payment } from './payments.ts';

/** Access of an offer from `startsAt` on: [startsAt, startsAt + days of access). */
export const accessFrom = (startsAt: Instant, terms: OfferTerms): AccessPeriod => ({
  startsAt,
  endsAt: terms.accessDays === null ? null : addDays(startsAt, terms.accessDays),
});

/** A snapshot of what is asked for, before it is a purchase. */
export function incompletePurchase(
  ids: Pick<PurchaseState, 'purchaseId' | 'accountId' | 'contactId' | 'origin' | 'terms'>,
): PurchaseState {
  return {
    ...ids,
    snapshotVersion: SNAPSHOT_VERSION,
    startedAt: null,
    version: 0,
    billing: ids.origin === 'granted' ? { kind: 'none' } : newBilling(ids.terms.price),
    access: null,
    revoked: [],
    payments: [],
    refundWindow: null,
    duplicateOf: null,
    pending: null,
    attentions: [],
    stripe: { asOf: null, readAt: null, checkedAt: null },
    reached: { accessStarted: false, accessExpired: false },
  };
}

/** The state from `at` on as a purchase, with its access counted. */
export function startPurchase(state: PurchaseState, at: Instant): PurchaseState {
  const access = accessFrom(latest(state.terms.accessStartsAt ?? at, at), state.terms);
  return { ...state, startedAt: at, access, reached: { accessStarted: access.startsAt <= at, accessExpired: false } };
}

/** Says that a checkout has become a purchase: its timeline's first lines, and the welcome or, for a second purchase, its return [R5.7, R13.1]. */
export function announceStart(change: ChangeBuilder, state: PurchaseState): void {
  if (state.duplicateOf) {
    change.entry('purchase.duplicate', { of: state.duplicateOf });
    state.payments.forEach((payment) => announcePayment(change, payment));
    change.followUp('return-duplicate');
    return;
  }
  change.entry('purchase.bought');
  state.payments.forEach((payment) => announcePayment(change, payment));
  change.email('purchase-confirmation', 'customer', { paymentId: state.payments[0]?.paymentId ?? null });
}

export function announcePayment(change: ChangeBuilder, payment: Payment, recovered = false): void {
  const { paymentId, amountMinor, currency, paidAt } = payment;
  change.entry('payment.succeeded', { paymentId, amountMinor, currency, recovered }, undefined, paidAt);
}
