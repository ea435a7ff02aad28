import { applyReading, type ReadObjects } from './apply-reading.ts';
import {
  cancellationOf,
  discountsOf,
  endOf,
  pauseOf,
  periodEndOf,
  periodStartOf,
  subscriptionIdOf,
} from './billing-parts.ts';
import { billingStatus, isLive, overdueOf, type BillingStatus } from './billing.ts';
import type { Context } from './change.ts';
import { perPeriod } from './charges.ts';
import type { InvoiceFact, StripeObject } from './facts.ts';
import type { Instant } from './instant.ts';
import type { Payment } from './payments.ts';
import type { PurchaseState } from './purchase.ts';
import { isSame } from './same.ts';

/** What `compare` can find. */
export const COMPARED_KINDS = [
  'status',
  'period',
  'cancellation',
  'price',
  'payment_missing_here',
  'payment_missing_there',
  'unpaid_forgotten',
  'missing_there',
] as const;

/** In what a purchase and Stripe can differ, or our own data with itself [R22.2]. */
export const DIFFERENCE_KINDS = [
  ...COMPARED_KINDS,
  'refund_missing_here',
  'refund_missing_there',
  'refund_differs',
  'dispute_differs',
  'without_purchase',
  'charged_while_paused',
  'open_after_end',
  'over_refunded',
  'ledger_differs',
  'asleep',
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

export const SEVERITIES = ['high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * How a difference is mended. `read`: Stripe is read and taken over. `take`: one object of Stripe's
 * is taken in. `end`: billing ends here. `cancel`: the subscription ends at Stripe. `wake`: its
 * workflow is woken. `rewrite`: what is read of it is derived anew. `none`: a person has to see to
 * it.
 */
export const REPAIRS = ['read', 'take', 'end', 'cancel', 'wake', 'rewrite', 'none'] as const;
export type Repair = (typeof REPAIRS)[number];

/** Money or access that is wrong now is `high`; what is shown wrong is `medium`. */
export const DIFFERENCES: Record<DifferenceKind, { severity: Severity; repair: Repair }> = {
  status: { severity: 'high', repair: 'read' },
  period: { severity: 'medium', repair: 'read' },
  cancellation: { severity: 'medium', repair: 'read' },
  price: { severity: 'medium', repair: 'read' },
  payment_missing_here: { severity: 'high', repair: 'read' },
  payment_missing_there: { severity: 'high', repair: 'none' },
  refund_missing_here: { severity: 'high', repair: 'take' },
  refund_missing_there: { severity: 'high', repair: 'none' },
  refund_differs: { severity: 'medium', repair: 'take' },
  dispute_differs: { severity: 'high', repair: 'take' },
  unpaid_forgotten: { severity: 'medium', repair: 'read' },
  missing_there: { severity: 'high', repair: 'end' },
  without_purchase: { severity: 'high', repair: 'cancel' },
  charged_while_paused: { severity: 'high', repair: 'none' },
  open_after_end: { severity: 'high', repair: 'rewrite' },
  over_refunded: { severity: 'high', repair: 'none' },
  ledger_differs: { severity: 'medium', repair: 'none' },
  asleep: { severity: 'high', repair: 'wake' },
};

/** One side of a difference: only what the kind is about. */
export type Side = {
  status?: string;
  resumeAt?: Instant | null;
  periodStart?: Instant | null;
  periodEnd?: Instant | null;
  cancelAt?: Instant | null;
  offerId?: string;
  amountMinor?: number;
  currency?: string;
};

/**
 * `objectId`: what it is about, at Stripe or here. null on a side: there is no such thing there.
 */
export type Difference = { kind: DifferenceKind; objectId: string; here: Side | null; there: Side | null };

/**
 * How a purchase with all of its payments differs from what Stripe was read to say: what the
 * reading would change, and what it could not. `objects` empty: Stripe has no such subscription.
 */
export function compare(state: PurchaseState, reading: ReadObjects, context: Context): Difference[] {
  const { objects } = reading;
  const subscriptionId = subscriptionIdOf(state.billing);
  if (objects.length === 0)
    return subscriptionId !== null && isLive(state.billing)
      ? [{ kind: 'missing_there', objectId: subscriptionId, here: statusSide(state), there: null }]
      : [];
  const { next } = applyReading(state, reading, context);
  return [
    ...(subscriptionId === null ? [] : ofBilling(state, next, subscriptionId)),
    ...ofPayments(state, objects.filter(isInvoice)),
    ...(isLive(state.billing) ? unpaidIn(state, objects.filter(isInvoice)) : []),
  ];
}

const isInvoice = (object: StripeObject): object is InvoiceFact => object.type === 'invoice';

type Sides = (state: PurchaseState) => Side;

const statusSide: Sides = ({ billing }) => ({
  status: statusOf(billing),
  ...(pauseOf(billing) && { resumeAt: pauseOf(billing)?.resumeAt ?? null }),
});

/** Whether an invoice is unpaid is a difference of its own. */
function statusOf(billing: PurchaseState['billing']): BillingStatus {
  const status = billingStatus(billing);
  return status === 'past_due' ? 'active' : status;
}

const periodSide: Sides = ({ billing }) => ({ periodStart: periodStartOf(billing), periodEnd: periodEndOf(billing) });

const cancellationSide: Sides = ({ billing }) => ({ cancelAt: cancellationOf(billing)?.at ?? null });

const priceSide: Sides = (state) => ({ offerId: state.terms.offerId, ...perPeriod(state) });

/** What has ended has no period, price or date to come. */
function ofBilling(before: PurchaseState, after: PurchaseState, objectId: string): Difference[] {
  const differs = (kind: DifferenceKind, sideOf: Sides, isOther = !isSame(sideOf(before), sideOf(after))) =>
    isOther ? [{ kind, objectId, here: sideOf(before), there: sideOf(after) }] : [];
  if (endOf(before.billing) !== null || endOf(after.billing) !== null) return differs('status', statusSide);
  const isOtherPrice =
    !isSame(discountsOf(before.billing), discountsOf(after.billing)) || !isSame(priceSide(before), priceSide(after));
  return [
    ...differs('status', statusSide),
    ...differs('period', periodSide),
    ...differs('cancellation', cancellationSide),
    ...differs('price', priceSide, isOtherPrice),
  ];
}

function ofPayments({ payments, billing }: PurchaseState, invoices: InvoiceFact[]): Difference[] {
  const own = invoices.filter(({ subscriptionId }) => subscriptionId == null || isOf(billing, subscriptionId));
  const paidThere = new Map(own.flatMap((invoice) => (isPaid(invoice) ? [[invoice.invoiceId, invoice] as const] : [])));
  const here = new Map(payments.map((payment) => [payment.paymentId, payment]));
  const missingHere = [...paidThere.values()].filter(({ invoiceId }) => !here.has(invoiceId));
  const missingThere = payments.filter((payment) => isCovered(payment, invoices) && !paidThere.has(payment.paymentId));
  return [
    ...missingHere.map(({ invoiceId: objectId, amountPaidMinor: amountMinor, currency }) => {
      return { kind: 'payment_missing_here' as const, objectId, here: null, there: { amountMinor, currency } };
    }),
    ...missingThere.map(({ paymentId: objectId, amountMinor, currency }) => {
      return { kind: 'payment_missing_there' as const, objectId, here: { amountMinor, currency }, there: null };
    }),
  ];
}

const isOf = (billing: PurchaseState['billing'], subscriptionId: string): boolean =>
  subscriptionIdOf(billing) === subscriptionId;

const isPaid = ({ status, amountPaidMinor }: InvoiceFact): boolean => status === 'paid' && amountPaidMinor > 0;

/** A reading has the latest invoices only: what is older than all of them is not in it. */
function isCovered({ paidAt }: Payment, invoices: InvoiceFact[]): boolean {
  const oldest = invoices.flatMap((invoice) => invoice.paidAt ?? []).sort()[0];
  return oldest !== undefined && paidAt >= oldest;
}

/** Unpaid at Stripe and not known here; or known, and Stripe tries no more. */
function unpaidIn({ billing }: PurchaseState, invoices: InvoiceFact[]): Difference[] {
  const known = new Set(overdueOf(billing).map(({ invoiceId }) => invoiceId));
  return invoices.flatMap(({ invoiceId: objectId, status, attempts, nextTryAt, amountDueMinor, currency }) => {
    const isForgotten = status === 'open' && attempts > 0 && (!known.has(objectId) || nextTryAt === null);
    const side = { status: 'open', amountMinor: amountDueMinor, currency };
    return isForgotten
      ? [{ kind: 'unpaid_forgotten' as const, objectId, here: known.has(objectId) ? side : null, there: side }]
      : [];
  });
}
