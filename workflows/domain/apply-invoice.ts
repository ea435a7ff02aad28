import { applyToOneTime } from './apply-one-time.ts';
import { announcePayment } from './start-purchase.ts';
import { applyTrouble } from './apply-trouble.ts';
import { isLive, overdueOf, type SubscriptionBilling } from './billing.ts';
import { withoutInvoice } from './overdue.ts';
import { withPaidTime } from './credits/credits-of.ts';
import { ChangeBuilder, NO_CHANGE, type Context, type Outcome } from './change.ts';
import type { Fact, InvoiceFact } from './facts.ts';
import type { Payment } from './payments.ts';
import { withAttention, type Attention } from './pending.ts';
import type { PurchaseState } from './purchase.ts';
import { paymentOf, withPayment } from './take-payment.ts';
import { isReceiptDue } from './receipt.ts';
import { announceCompletion, completed } from './complete-plan.ts';
import { instalmentsPaidBy } from './pay-off.ts';
import { instalmentOf, isFullyPaid, paysTooMany, withCounted, withSettled } from './instalments.ts';
import { isPaidAlready } from './earlier-payments.ts';

type Heard = Fact & { object: InvoiceFact };

/**
 * Applies what Stripe says of an invoice. Invoices only move forward, so what is known is never
 * undone [R22.1].
 */
export function applyInvoice(state: PurchaseState, fact: Heard, context: Context): Outcome {
  const { billing } = state;
  switch (billing.kind) {
    case 'none':
      return NO_CHANGE;
    case 'one_time':
      return applyToOneTime(state, billing, fact, context);
    case 'subscription':
      return applyToSubscription(state, billing, fact, context);
  }
}

function applyToSubscription(state: PurchaseState, billing: SubscriptionBilling, fact: Heard, context: Context) {
  switch (fact.object.status) {
    case 'paid':
      return applyPaidTime(state, billing, fact, context);
    case 'open':
      return fact.object.trouble ? applyTrouble(state, billing, fact, context) : NO_CHANGE;
    case 'void':
    case 'uncollectible':
      return applyClosed(state, billing, fact, context);
    case 'draft':
      return NO_CHANGE;
  }
}

/**
 * How many ended invoices are remembered, since the event of a failed attempt may arrive after the
 * end of its invoice.
 */
const MOST_CLOSED = 24;

/** It will not be collected any more. If a verb of ours voided it, that verb's entry says so. */
function applyClosed(state: PurchaseState, billing: SubscriptionBilling, fact: Heard, context: Context): Outcome {
  const { invoiceId } = fact.object;
  if (billing.closedInvoiceIds.includes(invoiceId)) return NO_CHANGE;
  const wasOverdue = billing.overdue.some((one) => one.invoiceId === invoiceId);
  const overdue = withoutInvoice(billing.overdue, invoiceId);
  const change = new ChangeBuilder(state, fact.occurredAt, context);
  const isOurs = fact.source === 'answer';
  const isNoLonger = wasOverdue && overdue.length === 0 && isLive(billing) && !billing.pause;
  if (isNoLonger && !isOurs) change.entry('purchase.recovered', { voided: true });
  const closedInvoiceIds = [...billing.closedInvoiceIds, invoiceId].slice(-MOST_CLOSED);
  return change.to({ ...state, billing: { ...withSettled(billing, fact.object), overdue, closedInvoiceIds } });
}

/** What an invoice is for is paid, even where it asks for nothing and is no payment [R27.1]. */
function applyPaidTime(before: PurchaseState, billing: SubscriptionBilling, fact: Heard, context: Context): Outcome {
  const state = withPaidTime(before, fact.object);
  const outcome = applyPaid(state, billing, fact, context);
  if (outcome.kind !== 'no_change' || state === before) return outcome;
  return new ChangeBuilder(before, fact.object.paidAt ?? fact.occurredAt, context).to(state);
}

/**
 * A payment is a successful charge above zero; the first one opens the refund window [R1.6, R10.6].
 */
function applyPaid(state: PurchaseState, billing: SubscriptionBilling, fact: Heard, context: Context): Outcome {
  const { object } = fact;
  const pays = instalmentsPaidBy(state, billing, object);
  const counted = withCounted(billing, object, pays);
  const overdue = withoutInvoice(billing.overdue, object.invoiceId);
  const settled = { ...movedOn(counted, object), overdue };
  const recovered = overdue.length < billing.overdue.length;
  const isKnown = isPaidAlready(state, fact);
  const isNews = !isKnown && (recovered || settled.periodStart !== billing.periodStart);
  if (object.amountPaidMinor <= 0 || isKnown)
    return counted !== billing || isNews ? applySettled(state, settled, fact, context) : NO_CHANGE;
  const payment = paymentOf(fact);
  const change = new ChangeBuilder(state, payment.paidAt, context);
  const next: PurchaseState = {
    ...withPayment(state, payment),
    billing: completed(settled, payment.paidAt),
    attentions: isSurplus(billing, payment, { counted, pays })
      ? withAttention(state.attentions, afterEnd(payment))
      : state.attentions,
  };
  if (state.startedAt) {
    announcePayment(change, payment, instalmentOf(settled, payment.paymentId), recovered);
    const isTold = announceCompletion(change, next.billing, payment.paymentId);
    if (state.duplicateOf) change.followUp('return-duplicate');
    else if (!isTold && isReceiptDue(state, object, context))
      change.email('payment-receipt', 'customer', { paymentId: payment.paymentId });
  }
  return change.to(next);
}

/**
 * A discount or the customer's balance has settled it: its period or instalment is paid, but it is
 * no payment [R27.1].
 */
function applySettled(state: PurchaseState, settled: SubscriptionBilling, fact: Heard, context: Context): Outcome {
  const { object, occurredAt } = fact;
  const { invoiceId, paidAt } = object;
  const change = new ChangeBuilder(state, paidAt ?? occurredAt, context);
  const billing = completed(settled, change.at);
  if (state.startedAt) {
    const instalment = instalmentOf(settled, invoiceId);
    if (instalment.instalment !== undefined) change.entry('purchase.instalment-settled', { invoiceId, ...instalment });
    if (overdueOf(state.billing).length > 0 && settled.overdue.length === 0 && isLive(settled))
      change.entry('purchase.recovered');
    announceCompletion(change, billing, null);
  }
  return change.to({ ...state, billing });
}

/**
 * A paid renewal starts the next period, even before the subscription's own event [R22.6]. The end
 * of a trial is left to that event.
 */
function movedOn(billing: SubscriptionBilling, { reason, periodStart, periodEnd }: InvoiceFact): SubscriptionBilling {
  const isNext = reason === 'renewal' && periodStart !== null && periodEnd !== null && billing.phase === 'active';
  if (!isNext || !isLive(billing) || billing.periodEnd === null || periodStart < billing.periodEnd) return billing;
  return { ...billing, periodStart, periodEnd };
}

type Counted = { counted: SubscriptionBilling; pays: number };

/** It came after the end, or pays for more than a plan has left. */
const isSurplus = (billing: SubscriptionBilling, { paidAt }: Payment, { counted, pays }: Counted): boolean =>
  (billing.ended !== null && paidAt > billing.ended.at) ||
  (isFullyPaid(billing) && counted === billing) ||
  paysTooMany(billing, pays);

/** It is kept and gets a receipt; a person decides whether to refund it [R11.6]. */
const afterEnd = ({ paymentId, paidAt }: Payment): Attention => ({
  id: paymentId,
  reason: 'payment_after_end',
  since: paidAt,
  command: null,
});
