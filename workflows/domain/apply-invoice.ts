import { announcePayment } from './birth.ts';
import { isLive, type SubscriptionBilling } from './billing.ts';
import { ChangeBuilder, NO_CHANGE, type Context, type Outcome } from './change.ts';
import type { Fact, InvoiceFact } from './facts.ts';
import type { Payment } from './payments.ts';
import type { PurchaseState } from './purchase.ts';
import { openWindow } from './refund-window.ts';

type Heard = Fact & { object: InvoiceFact };

/** What Stripe says of an invoice; an invoice only moves forward, so what is known already is never undone [R22.1]. */
export function applyInvoice(state: PurchaseState, fact: Heard, context: Context): Outcome {
  const { billing } = state;
  if (billing.kind === 'none') return NO_CHANGE;
  const { status } = fact.object;
  if (status === 'paid') return applyPaid(state, billing, fact, context);
  if (status === 'open' && fact.object.trouble) return applyTrouble(state, billing, fact, context);
  const isClosed = status === 'void' || status === 'uncollectible';
  if (!isClosed || billing.overdue?.invoiceId !== fact.object.invoiceId) return NO_CHANGE;
  const change = new ChangeBuilder(state, fact.occurredAt, context);
  if (isLive(billing) && !billing.pause) change.entry('purchase.recovered', { voided: true });
  return change.to({ ...state, billing: { ...billing, overdue: null } });
}

/** A payment is a successful charge above zero; the first one opens the refund window [R1.6, R10.6]. */
function applyPaid(state: PurchaseState, billing: SubscriptionBilling, fact: Heard, context: Context): Outcome {
  const { object } = fact;
  if (object.amountPaidMinor <= 0 || state.payments.some((payment) => payment.paymentId === object.invoiceId))
    return NO_CHANGE;
  const payment = toPayment(fact);
  const recovered = billing.overdue?.invoiceId === object.invoiceId;
  const change = new ChangeBuilder(state, payment.paidAt, context);
  const next: PurchaseState = {
    ...state,
    billing: { ...billing, overdue: recovered ? null : billing.overdue },
    payments: [...state.payments, payment],
    refundWindow: state.refundWindow ?? openWindow(payment.paidAt, state.terms.refundWindowDays),
  };
  if (state.bornAt) {
    announcePayment(change, payment, recovered);
    if (state.duplicateOf) change.followUp('return-duplicate');
    else if (isReceiptDue(state, object, context))
      change.email('payment-receipt', 'customer', { paymentId: payment.paymentId });
  }
  return change.to(next);
}

const toPayment = ({ object, occurredAt }: Heard): Payment => ({
  paymentId: object.invoiceId,
  amountMinor: object.amountPaidMinor,
  currency: object.currency,
  paidAt: object.paidAt ?? occurredAt,
  periodStart: object.periodStart,
  periodEnd: object.periodEnd,
  refunds: [],
  disputedAt: null,
});

/** The first invoice's receipt is part of the Purchase Confirmation [R13.3]. */
function isReceiptDue(state: PurchaseState, object: InvoiceFact, { settings }: Context): boolean {
  if (object.reason === 'first') return false;
  return settings.receipts === 'all' || (settings.receipts === 'first' && state.payments.length === 0);
}

/** A try that failed, or that waits for the customer; told once, listed each time, and ended when no try is left [R11.1, R11.2, R11.4]. */
function applyTrouble(state: PurchaseState, billing: SubscriptionBilling, fact: Heard, context: Context): Outcome {
  const { object } = fact;
  const known = billing.overdue?.invoiceId === object.invoiceId ? billing.overdue : null;
  const isStale =
    !state.bornAt || billing.pause || state.payments.some((payment) => payment.paymentId === object.invoiceId);
  if (isStale || !isLive(billing) || (known && known.attempts >= object.attempts)) return NO_CHANGE;
  const change = new ChangeBuilder(state, fact.occurredAt, context);
  const { invoiceId, attempts, nextTryAt, amountDueMinor: amountMinor, currency } = object;
  const data = { invoiceId, attempts, nextTryAt, amountMinor, currency };
  if (object.trouble === 'action_required') {
    change.entry('payment.action-required', data).email('payment-action-required', 'customer', data);
  } else {
    change.entry('payment.failed', data);
    if (!known) change.email('payment-failed', 'customer', data).email('admin-payment-failed', 'admins', data);
    if (nextTryAt === null) change.followUp('end-billing', { cause: 'delinquent' });
  }
  const suspendsAccess = context.settings.autoRevoke === 'on_first_failure';
  const overdue = {
    since: known?.since ?? fact.occurredAt,
    invoiceId,
    amountMinor,
    attempts,
    nextTryAt,
    suspendsAccess,
  };
  return change.to({ ...state, billing: { ...billing, overdue } });
}
