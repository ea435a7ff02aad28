import type { Books } from '../data/books.ts';
import type { Invoice, Subscription } from '../data/docs.ts';
import { collectInvoice, defaultMethod } from './collect.ts';
import { endSubscription } from './end.ts';
import { draftInvoice, finalizeInvoice, markUncollectible, voidInvoice } from './invoices.ts';
import { itemsOf, pendingLines, periodFrom, periodLines } from './lines.ts';
import { productNames } from './names.ts';
import { settleSubscription } from './settle.ts';

/**
 * The end of one period (or of the trial) and the beginning of the next: a new invoice, collected
 * unless collection is paused. One that begins because of an update is charged at once.
 */
export function turnPeriod(
  books: Books,
  subscription: Subscription,
  at: number,
  reason: 'subscription_cycle' | 'subscription_update' = 'subscription_cycle',
): void {
  if (subscription.status === 'trialing' && endsWithTrial(books, subscription, at)) return;
  const period = periodFrom(subscription, at);
  const lines = [...pendingLines(books, subscription), ...periodLines(subscription, period, productNames(books))];
  const before = { start: itemsOf(subscription)[0]!.current_period_start, end: at };
  const draftMinutes = reason === 'subscription_cycle' ? books.settings.draftMinutes : 0;
  const finalizesAt = draftsOnly(subscription) ? null : at + draftMinutes * 60;
  const invoice = draftInvoice(books, { subscription, reason, lines, period: before, finalizesAt }, at);
  for (const item of itemsOf(subscription)) {
    Object.assign(item, {
      current_period_start: period.start,
      current_period_end: period.end,
      billed_until: period.end,
    });
  }
  if (subscription.status === 'trialing') subscription.status = 'active';
  books.change(subscription, at, 'customer.subscription.updated');
  books.add(invoice, 'invoice.created');
  if (subscription.pause_collection) setAside(books, invoice, subscription.pause_collection.behavior, at);
  else if (finalizesAt === at) advanceInvoice(books, invoice, at);
}

/** Paused with `keep_as_draft`, or given up as `unpaid`: the invoice is made and nothing more. */
function draftsOnly(subscription: Subscription): boolean {
  return subscription.status === 'unpaid' || subscription.pause_collection !== null;
}

function setAside(
  books: Books,
  invoice: Invoice,
  behavior: 'keep_as_draft' | 'mark_uncollectible' | 'void',
  at: number,
): void {
  if (behavior === 'void') voidInvoice(books, invoice, at);
  if (behavior === 'mark_uncollectible') markUncollectible(books, invoice, at);
  if (behavior !== 'keep_as_draft') settleSubscription(books, invoice, at);
}

/** Finalizes a draft and makes the first try. */
export function advanceInvoice(books: Books, invoice: Invoice, at: number): void {
  finalizeInvoice(books, invoice, at);
  collectInvoice(books, invoice, { automatic: true }, at);
}

function endsWithTrial(books: Books, subscription: Subscription, at: number): boolean {
  const behaviour = subscription.trial_settings.end_behavior.missing_payment_method;
  const lastInvoice = subscription.latest_invoice && books.find('invoice', subscription.latest_invoice);
  if (behaviour === 'create_invoice' || (lastInvoice && defaultMethod(books, lastInvoice))) return false;
  if (behaviour === 'cancel') endSubscription(books, subscription, { as: 'canceled', reason: null }, at);
  else books.change({ ...subscription, status: 'paused' }, at, 'customer.subscription.paused');
  return true;
}
