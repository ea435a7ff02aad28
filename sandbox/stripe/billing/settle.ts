import type { Books } from '../data/books.ts';
import { hasEnded } from '../data/due.ts';
import type { Invoice, Subscription } from '../data/docs.ts';
import { endSubscription } from './end.ts';

/**
 * Moves a subscription by what became of its latest invoice. Other invoices do not move it, and one
 * that was made by request is outside of its billing.
 */
export function settleSubscription(books: Books, invoice: Invoice, at: number): void {
  if (invoice.billing_reason === 'manual') return;
  const id = invoice.parent?.subscription_details?.subscription;
  const subscription = id && books.find('subscription', id);
  if (!subscription || hasEnded(subscription)) return;
  if (invoice.status === 'open') return unpaidSoFar(books, subscription, invoice, at);
  if (subscription.latest_invoice !== invoice.id) return;
  if (subscription.status === 'incomplete') return firstInvoiceDone(books, subscription, invoice, at);
  if (subscription.status === 'past_due' || subscription.status === 'unpaid') moveTo(books, subscription, 'active', at);
}

function firstInvoiceDone(books: Books, subscription: Subscription, invoice: Invoice, at: number): void {
  if (invoice.status === 'paid') moveTo(books, subscription, 'active', at);
  else if (invoice.status === 'void')
    endSubscription(books, subscription, { as: 'incomplete_expired', reason: null }, at);
}

function unpaidSoFar(books: Books, subscription: Subscription, invoice: Invoice, at: number): void {
  if (!invoice.attempted || subscription.status === 'incomplete') return;
  const exhausted =
    invoice.auto_advance && invoice.next_payment_attempt === null && invoice.billing_reason !== 'subscription_create';
  if (exhausted && invoice.attempt_count > books.settings.retryDays.length) return giveUp(books, subscription, at);
  if (subscription.status === 'active' || subscription.status === 'trialing')
    moveTo(books, subscription, 'past_due', at);
}

/** All tries have failed: what then happens is the account's setting. */
function giveUp(books: Books, subscription: Subscription, at: number): void {
  const { afterRetries } = books.settings;
  if (afterRetries === 'cancel') endSubscription(books, subscription, { as: 'canceled', reason: 'payment_failed' }, at);
  else moveTo(books, subscription, afterRetries, at);
}

function moveTo(books: Books, subscription: Subscription, status: Subscription['status'], at: number): void {
  books.change({ ...subscription, status }, at, 'customer.subscription.updated');
}
