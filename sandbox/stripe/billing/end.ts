import type { Books } from '../data/books.ts';
import type { Subscription } from '../data/docs.ts';
import { stopCollecting, voidInvoice } from './invoices.ts';

export interface Ending {
  as: 'canceled' | 'incomplete_expired';
  /** `cancellation_details.reason`; null leaves it as it is. */
  reason: 'cancellation_requested' | 'payment_failed' | null;
}

/**
 * The end of a subscription: nothing is billed any more. Unpaid invoices stay open, without further
 * tries.
 */
export function endSubscription(books: Books, subscription: Subscription, ending: Ending, at: number): Subscription {
  const ended: Subscription = {
    ...subscription,
    status: ending.as,
    ended_at: at,
    schedule: null,
    canceled_at: subscription.canceled_at ?? at,
    cancellation_details: {
      ...subscription.cancellation_details,
      reason: ending.reason ?? subscription.cancellation_details.reason,
    },
  };
  if (ending.as === 'incomplete_expired') {
    books.change(ended, at, 'customer.subscription.updated');
    return ended;
  }
  books.save(ended);
  cancelSchedule(books, subscription, at);
  stopCollecting(books, ended, at);
  books.emit('customer.subscription.deleted', ended, at);
  return ended;
}

function cancelSchedule(books: Books, { schedule: id }: Subscription, at: number): void {
  const schedule = id && books.find('subscription_schedule', id);
  if (!schedule) return;
  const over = { ...schedule, status: 'canceled' as const, canceled_at: at, current_phase: null };
  books.change(over, at, 'subscription_schedule.canceled');
}

/** An incomplete subscription whose 23 hours are over: its first invoice is voided with it. */
export function expireIncomplete(books: Books, subscription: Subscription, at: number): void {
  endSubscription(books, subscription, { as: 'incomplete_expired', reason: null }, at);
  const invoice = subscription.latest_invoice && books.find('invoice', subscription.latest_invoice);
  if (invoice && invoice.status === 'open') voidInvoice(books, invoice, at);
}
