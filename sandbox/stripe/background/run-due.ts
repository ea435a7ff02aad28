import { expireSession } from '../checkout/expire.ts';
import type { Books } from '../data/books.ts';
import type { Kind, Subscription } from '../data/docs.ts';
import { settleRefund } from '../payments/refunds.ts';
import { collectInvoice } from '../billing/collect.ts';
import { subscriptionDues, type SubscriptionDue } from '../data/due.ts';
import { turnPhase } from '../billing/schedule.ts';
import { endSubscription, expireIncomplete } from '../billing/end.ts';
import { advanceInvoice, turnPeriod } from '../billing/turn.ts';

/** Does the one thing that is due for an object at `at`. */
export function runDue(books: Books, kind: Kind, id: string, at: number): void {
  if (kind === 'subscription') runSubscriptionDue(books, books.need('subscription', id), at);
  else if (kind === 'invoice') runInvoiceDue(books, id, at);
  else if (kind === 'subscription_schedule') turnPhase(books, books.need('subscription_schedule', id), at);
  else if (kind === 'refund') settleRefund(books, books.need('refund', id), at);
  else if (kind === 'checkout.session') expireSession(books, books.need('checkout.session', id), at);
}

function runInvoiceDue(books: Books, id: string, at: number): void {
  const invoice = books.need('invoice', id);
  if (invoice.status === 'draft') advanceInvoice(books, invoice, at);
  else collectInvoice(books, invoice, { automatic: true }, at);
}

const STEPS: Record<SubscriptionDue, (books: Books, subscription: Subscription, at: number) => void> = {
  expire: expireIncomplete,
  trial_notice: noticeTrialEnd,
  resume: resumeCollection,
  cancel: (books, subscription, at) => void endSubscription(books, subscription, { as: 'canceled', reason: null }, at),
  turn: turnPeriod,
};

function runSubscriptionDue(books: Books, subscription: Subscription, at: number): void {
  const [next] = subscriptionDues(subscription).sort((a, b) => a.at - b.at);
  if (next) STEPS[next.what](books, subscription, at);
}

function noticeTrialEnd(books: Books, subscription: Subscription, at: number): void {
  books.save({ ...subscription, _trialNoticeSent: true });
  books.emit('customer.subscription.trial_will_end', subscription, at);
}

function resumeCollection(books: Books, subscription: Subscription, at: number): void {
  books.change({ ...subscription, pause_collection: null }, at, 'customer.subscription.updated');
}
