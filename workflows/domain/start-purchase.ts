import { accessFrom } from './access-period.ts';
import { announceSubscription } from './announce-subscription.ts';
import { newBilling, type Billing } from './billing.ts';
import { ChangeBuilder, type Context, type Outcome } from './change.ts';
import type { Fact } from './facts.ts';
import { instalmentOf } from './instalments.ts';
import { latest, type Instant } from './instant.ts';
import { SNAPSHOT_VERSION, type PurchaseState } from './purchase.ts';
import type { Payment } from './payments.ts';
import { isRemoved } from './removal.ts';
import { hasEndedBy, hasLost } from './requirement.ts';

/** A snapshot of what is asked for, before it is a purchase. */
export function incompletePurchase(
  ids: Pick<
    PurchaseState,
    'purchaseId' | 'accountId' | 'contactId' | 'forAccountId' | 'origin' | 'terms' | 'promotion'
  >,
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

/** The state as a purchase that began at `at`, with the start of access decided. */
export function startPurchase(state: PurchaseState, at: Instant): PurchaseState {
  const access = accessFrom(latest(state.terms.accessStartsAt ?? at, at), state.terms);
  return { ...state, startedAt: at, access, reached: { accessStarted: access.startsAt <= at, accessExpired: false } };
}

/** A checkout becomes a purchase when it is on trial or paid, and not otherwise [R5.2]. */
function hasBegun({ billing, payments }: PurchaseState): boolean {
  switch (billing.kind) {
    case 'none':
      return false;
    case 'one_time':
      return billing.invoiceId !== null;
    case 'subscription':
      return billing.phase !== 'incomplete' || (billing.ended !== null && payments.length > 0);
  }
}

/**
 * The outcome of a fact, with the start of the purchase if this fact is what makes it one. Every
 * fact goes through here.
 */
export function withStart(before: PurchaseState, fact: Fact, outcome: Outcome, context: Context): Outcome {
  if (before.startedAt !== null || outcome.kind !== 'changed') return outcome;
  const { next, entries, emails, followUps, ledger } = outcome.change;
  if (!hasBegun(next)) return outcome;
  const startedAt = startedAtOf(fact);
  const purchase = returned(startPurchase(next, startedAt), startedAt, context);
  const change = new ChangeBuilder(before, fact.occurredAt, context);
  announceStart(change, purchase);
  announceStanding(change, purchase.billing);
  change.entries.push(...entries);
  change.emails.push(...emails);
  change.followUps.push(...followUps);
  change.ledger.push(...ledger);
  endWithRequirement(change, purchase, context);
  return change.to(purchase);
}

/**
 * What slipped through is sent back: a second purchase, and one whose requirement had ended before
 * it was paid [R5.7, R27.6].
 */
function returned(state: PurchaseState, startedAt: Instant, context: Context): PurchaseState {
  const { duplicateOf, requirement = null } = context;
  if (duplicateOf !== null) return { ...state, duplicateOf, refundWindow: null };
  if (!hasEndedBy(requirement, startedAt)) return state;
  return { ...state, duplicateOf: requirement.purchaseId, lacksRequirement: true, refundWindow: null };
}

/** It has lost its requirement since it began, which it was told before it was a purchase. */
function endWithRequirement(change: ChangeBuilder, state: PurchaseState, { requirement, now }: Context): void {
  if (state.duplicateOf !== null || !hasLost(state, requirement, now)) return;
  const { purchaseId = null, until = null } = requirement ?? {};
  change.followUp('end-dependent', { requiredId: purchaseId }, until ?? change.at);
}

function startedAtOf({ object, occurredAt, source }: Fact): Instant {
  switch (object.type) {
    case 'subscription':
      // A reading does not say when it began, so the start of its first period counts.
      return source === 'event' ? occurredAt : object.periodStart;
    case 'invoice':
      return object.paidAt ?? occurredAt;
    case 'refund':
    case 'dispute':
      return occurredAt;
  }
}

/** What already applies to its billing when it starts. */
function announceStanding(change: ChangeBuilder, billing: Billing): void {
  switch (billing.kind) {
    case 'none':
    case 'one_time':
      return;
    case 'subscription':
      announceSubscription(change, { ...billing, pause: null, cancellation: null, ended: null }, billing);
  }
}

/**
 * Announces that a checkout has become a purchase: the first timeline entries, and the confirmation
 * or, for a duplicate, its return [R5.7, R13.1].
 */
function announceStart(change: ChangeBuilder, state: PurchaseState): void {
  if (state.duplicateOf) {
    change.entry('purchase.duplicate', { of: state.duplicateOf, ...(state.lacksRequirement && { lacks: true }) });
    announcePayments(change, state);
    change.followUp('return-duplicate');
    return;
  }
  const paymentId = state.payments[0]?.paymentId ?? null;
  const code = state.promotion?.code;
  change
    .entry('purchase.bought', code === undefined ? {} : { code })
    .email('purchase-confirmation', 'customer', { paymentId });
  if (isRemoved(state)) change.email('add-on-welcome', 'customer');
  announcePayments(change, state);
}

function announcePayments(change: ChangeBuilder, { payments, billing }: PurchaseState): void {
  for (const payment of payments) announcePayment(change, payment, instalmentOf(billing, payment.paymentId));
}

export function announcePayment(change: ChangeBuilder, payment: Payment, nth: object, recovered = false): void {
  const { paymentId, amountMinor, currency, paidAt } = payment;
  const data = { paymentId, amountMinor, currency, recovered, ...nth };
  change.entry('payment.succeeded', data, undefined, paidAt);
}
