import type { Books } from '../data/books.ts';
import type { Invoice, PauseCollection, Price, Subscription } from '../data/docs.ts';
import { cardRefusal, invalidRequest } from '../protocol/fault.ts';
import { newInvoiceItem, type InvoiceItemInput } from '../shapes/invoice.ts';
import { planOf } from '../shapes/subscription.ts';
import { holdingAt, netOf, setDiscounts, type Given } from './discounts.ts';
import { draftInvoice, paymentOf } from './invoices.ts';
import { itemsOf, pendingLines, periodFrom, prorationsTo, rhythmOf } from './lines.ts';
import { productNames } from './names.ts';
import { advanceInvoice, turnPeriod } from './turn.ts';

export type ProrationBehaviour = 'create_prorations' | 'always_invoice' | 'none';

/**
 * Sets or (null) takes back the planned end of a subscription, with the prorations that moving the
 * period's end brings.
 */
export function planCancellation(
  books: Books,
  subscription: Subscription,
  { plan, behaviour }: { plan: { at: number; periodEnd: boolean } | null; behaviour: ProrationBehaviour },
  at: number,
): void {
  if (plan && plan.at <= at) throw invalidRequest('The `cancel_at` timestamp must be in the future.', 'cancel_at');
  subscription.cancel_at = plan?.at ?? null;
  subscription.cancel_at_period_end = plan?.periodEnd ?? false;
  subscription.canceled_at = plan ? at : null;
  subscription.cancellation_details.reason = plan ? 'cancellation_requested' : null;
  if (subscription.status === 'trialing' || subscription.status === 'incomplete') return;
  const { end } = periodFrom(subscription, itemsOf(subscription)[0]!.current_period_start);
  if (behaviour !== 'none') {
    for (const proration of prorationsTo(subscription, end, productNames(books)))
      books.save(newInvoiceItem(proration, at));
    for (const item of itemsOf(subscription)) item.billed_until = end;
  }
  for (const item of itemsOf(subscription)) item.current_period_end = end;
}

/**
 * The end of the running period, were nothing to cut it short: where `cancel_at_period_end` ends
 * it.
 */
export function naturalPeriodEnd(subscription: Subscription): number {
  const item = itemsOf(subscription)[0]!;
  return subscription.status === 'trialing'
    ? subscription.trial_end!
    : periodFrom(subscription, item.current_period_start, null).natural;
}

export function pauseCollection(subscription: Subscription, pause: PauseCollection | null, at: number): void {
  if (pause?.resumes_at && pause.resumes_at <= at) {
    throw invalidRequest(
      '`pause_collection[resumes_at]` must be a timestamp in the future.',
      'pause_collection[resumes_at]',
    );
  }
  subscription.pause_collection = pause;
}

/** Moves the end of the trial; `now` ends it. */
export function moveTrial(books: Books, subscription: Subscription, trialEnd: number | 'now', at: number): void {
  const end = trialEnd === 'now' ? at : trialEnd;
  if (end < at)
    throw invalidRequest('Invalid timestamp: must be an integer Unix timestamp in the future.', 'trial_end');
  Object.assign(subscription, {
    trial_end: end,
    trial_start: subscription.trial_start ?? at,
    billing_cycle_anchor: end,
  });
  for (const item of itemsOf(subscription)) Object.assign(item, { current_period_end: end, billed_until: end });
  if (trialEnd !== 'now') Object.assign(subscription, { status: 'trialing', _trialNoticeSent: false });
  else if (subscription.status === 'trialing') turnPeriod(books, subscription, at);
}

export interface ItemChange {
  id: string;
  price?: Price | undefined;
  quantity?: number | undefined;
}

export interface ItemsChange {
  changes: ItemChange[];
  behaviour: ProrationBehaviour;
  prorationDate: number;
  /** `billing_cycle_anchor=now`. */
  beginsAnew: boolean;
  /** The whole list of them from now on; undefined: as it is. */
  discounts?: Given[] | undefined;
}

/**
 * Changes price or quantity: credit for the unused old, charge for the rest of the new. Another
 * interval begins a new period now.
 */
export function changeItems(books: Books, subscription: Subscription, change: ItemsChange, at: number): void {
  const { changes, behaviour, prorationDate, beginsAnew, discounts } = change;
  const names = productNames(books);
  const isOnTrial = subscription.status === 'trialing';
  if (isOnTrial && beginsAnew) throw invalidRequest('On trial the anchor stays.', 'billing_cycle_anchor');
  const charged = behaviour !== 'none' && !isOnTrial;
  const rhythm = JSON.stringify(rhythmOf(subscription));
  const unused = charged ? prorationsTo(subscription, prorationDate, names) : [];
  const credits = discounts ? unused.map((credit) => ofWhatWasCharged(books, subscription, credit, at)) : unused;
  if (discounts) setDiscounts(books, subscription, discounts, at);
  const end = itemsOf(subscription)[0]!.current_period_end;
  for (const credit of credits) books.save(newInvoiceItem(credit, at));
  for (const each of changes) changeItem(subscription, each);
  if (beginsAnew || JSON.stringify(rhythmOf(subscription)) !== rhythm) return startNewRhythm(books, subscription, at);
  if (!charged) return;
  for (const item of itemsOf(subscription)) item.billed_until = prorationDate;
  for (const debit of prorationsTo(subscription, end, names)) books.save(newInvoiceItem(debit, at));
  for (const item of itemsOf(subscription)) item.billed_until = end;
}

/** Discounts that end with the change have lessened what is credited, and cannot do so later. */
function ofWhatWasCharged(books: Books, subscription: Subscription, credit: InvoiceItemInput, at: number) {
  const amount = netOf(credit.amount, subscription.currency, holdingAt(books, subscription, at));
  return { ...credit, amount, isNet: true };
}

export function changeItem(subscription: Subscription, { id, price, quantity }: ItemChange): void {
  const item = itemsOf(subscription).find((known) => known.id === id);
  if (!item) throw invalidRequest(`No such subscription item: '${id}'`, 'items[0][id]', 'resource_missing');
  Object.assign(item, price && { price, plan: planOf(price) }, { quantity: quantity ?? item.quantity });
}

function startNewRhythm(books: Books, subscription: Subscription, at: number): void {
  if (subscription.status === 'trialing') return;
  subscription.billing_cycle_anchor = at;
  turnPeriod(books, subscription, at, 'subscription_update');
}

/** Bills the waiting prorations at once (`always_invoice`, `invoice_now`). */
export function invoicePending(books: Books, subscription: Subscription, at: number): Invoice | null {
  const lines = pendingLines(books, subscription);
  if (lines.length === 0) return null;
  const period = { start: at, end: at };
  const invoice = draftInvoice(
    books,
    { subscription, reason: 'subscription_update', lines, period, finalizesAt: at },
    at,
  );
  books.save(subscription);
  books.add(invoice, 'invoice.created');
  advanceInvoice(books, invoice, at);
  return invoice;
}

/** `error_if_incomplete`: if the new invoice was not paid, nothing stays of the request. */
export function requirePaid(books: Books, subscription: Subscription): void {
  const invoice = books.need('invoice', subscription.latest_invoice ?? '');
  const payment = invoice.status === 'open' ? paymentOf(books, invoice) : undefined;
  if (!payment) return;
  const { status, last_payment_error } = books.need('payment_intent', payment.payment.payment_intent);
  if (status !== 'requires_action' && last_payment_error) throw cardRefusal(last_payment_error);
  const message =
    'Payment for this subscription requires additional user action before it can be completed successfully. Payment can be completed using the PaymentIntent associated with `subscription.latest_invoice`.';
  throw cardRefusal({ type: 'card_error', code: 'subscription_payment_intent_requires_action', message });
}
