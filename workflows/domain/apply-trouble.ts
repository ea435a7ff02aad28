import { isLive, type Pause, type SubscriptionBilling } from './billing.ts';
import { ChangeBuilder, NO_CHANGE, type Context, type Outcome } from './change.ts';
import type { Fact, InvoiceFact } from './facts.ts';
import { earliest, type Instant } from './instant.ts';
import { lastWarningOf } from './last-warning.ts';
import { withOverdue, type Overdue } from './overdue.ts';
import type { PurchaseState } from './purchase.ts';
import { suspensionOf } from './suspension.ts';

type Heard = Fact & { object: InvoiceFact };

/**
 * An attempt that failed or waits for the customer. Each is announced and listed; when no attempt
 * is left, billing ends [R11.1, R11.2, R11.4].
 */
export function applyTrouble(
  state: PurchaseState,
  billing: SubscriptionBilling,
  fact: Heard,
  context: Context,
): Outcome {
  const { object, occurredAt } = fact;
  const known = billing.overdue.find(({ invoiceId }) => invoiceId === object.invoiceId);
  if (!isLive(billing) || isStale(state, billing, object)) return NO_CHANGE;
  const change = new ChangeBuilder(state, occurredAt, context);
  const standing = billing.pause && whilePaused(billing.pause, fact);
  if (standing === 'unclear') return { kind: 'read' };
  if (standing === 'open') return change.followUp('void-open-invoices').to(state);
  const to = (one: Overdue) =>
    change.to({ ...state, billing: { ...billing, overdue: withOverdue(billing.overdue, one) } });
  if (known && known.attempts >= object.attempts) {
    if (occurredAt < known.since) return to(withEarlierTry(known, fact, context));
    const other = triedInBetween(known, object);
    return other ? to(other) : NO_CHANGE;
  }
  if (fact.source === 'event' && isAnotherCard(billing, object)) return { kind: 'read' };
  announceTrouble(change, object, known?.hasFailed === true);
  const tried = overdueBy(fact, known, context);
  return to({ ...tried, ...lastWarningOf(tried, occurredAt, billing, context.settings) });
}

/** The open invoice after another attempt. */
function overdueBy({ object, occurredAt }: Heard, known: Overdue | undefined, { settings }: Context): Overdue {
  const { invoiceId, attempts, nextTryAt, declineCode = null, amountDueMinor: amountMinor, currency } = object;
  const { methodId } = object;
  const { retriedWith } = known ?? {};
  const hasFailed = object.trouble === 'failed' || known?.hasFailed === true;
  const failedSince = hasFailed ? (failureBefore(known) ?? occurredAt) : null;
  return {
    since: earliest(known?.since, occurredAt) ?? occurredAt,
    invoiceId,
    amountMinor,
    currency,
    attempts,
    nextTryAt,
    declineCode,
    hasFailed,
    needsConfirmation: object.trouble === 'action_required',
    ...(failedSince !== null && { failedSince }),
    ...(methodId !== undefined && { methodId }),
    ...(retriedWith !== undefined && { retriedWith }),
    ...suspensionOf(failedSince, settings, known),
  };
}

/** When it had failed first; what was recorded before that was kept says it by `since`. */
const failureBefore = (known: Overdue | undefined): Instant | undefined =>
  known?.failedSince ?? (known?.hasFailed ? known.since : undefined);

/**
 * A try by request is none of Stripe's own, and is not counted there: only with which card it was,
 * and why it failed, is new.
 */
function triedInBetween(known: Overdue, { attempts, methodId, declineCode = null }: InvoiceFact): Overdue | null {
  const isNews = attempts === known.attempts && methodId != null && methodId !== known.methodId;
  return isNews ? { ...known, methodId, declineCode } : null;
}

/** It was tried with another card than is known: either the card has changed since, or before. */
const isAnotherCard = (billing: SubscriptionBilling, { methodId }: InvoiceFact): boolean =>
  methodId != null && billing.methodId != null && methodId !== billing.methodId;

/** The event of an earlier attempt that arrives late: it was overdue before. */
function withEarlierTry(known: Overdue, { object, occurredAt }: Heard, { settings }: Context): Overdue {
  const earlier = { ...known, since: occurredAt };
  if (object.trouble !== 'failed' || !known.hasFailed) return earlier;
  return { ...earlier, failedSince: occurredAt, ...suspensionOf(occurredAt, settings, known) };
}

/**
 * A failed attempt while the purchase is paused [R7.2]. If it is later than the pause's own end, it
 * counts. Otherwise Stripe is read: perhaps the pause has ended there, or the invoice was voided
 * with it. What is still open during a pause is voided.
 */
function whilePaused({ resumeAt }: Pause, { occurredAt, source }: Heard): 'over' | 'unclear' | 'open' {
  if (source === 'read') return 'open';
  return resumeAt !== null && resumeAt <= occurredAt ? 'over' : 'unclear';
}

/**
 * An invoice that is paid or closed by now, or belongs to no purchase yet, needs nothing. The
 * answer of a verb that made one says what came of it.
 */
const isStale = (
  { startedAt, payments }: PurchaseState,
  billing: SubscriptionBilling,
  { invoiceId, commandId = null }: InvoiceFact,
): boolean =>
  startedAt === null ||
  commandId !== null ||
  billing.closedInvoiceIds.includes(invoiceId) ||
  payments.some(({ paymentId }) => paymentId === invoiceId);

/**
 * The customer gets an email about each failed attempt but the last, which the email about the end
 * covers. Admins get one about the first [R11.1, R11.2]. An attempt that waits for the customer has
 * not failed, so a failure after it still counts as the first [R11.4].
 */
function announceTrouble(change: ChangeBuilder, object: InvoiceFact, hasFailedBefore: boolean): void {
  const { invoiceId, attempts, nextTryAt, amountDueMinor: amountMinor, currency } = object;
  const data = { invoiceId, attempts, nextTryAt, amountMinor, currency };
  if (object.trouble === 'action_required') {
    change.entry('payment.action-required', data).email('payment-action-required', 'customer', data);
    return;
  }
  const why = { ...data, declineCode: object.declineCode ?? null };
  change.entry('payment.failed', why);
  if (nextTryAt !== null) change.email('payment-failed', 'customer', why);
  if (!hasFailedBefore) change.email('admin-payment-failed', 'admins', why);
  if (nextTryAt === null) change.followUp('end-billing', { cause: 'delinquent' });
}
