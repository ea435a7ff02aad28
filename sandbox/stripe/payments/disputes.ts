import type { Books } from '../data/books.ts';
import type { Dispute } from '../data/docs.ts';
import { invalidRequest } from '../protocol/fault.ts';

/** The time by which a dispute lives: that of the customer who was charged. */
export function disputeTime(books: Books, dispute: Dispute): number {
  return books.customerTime(books.need('charge', dispute.charge).customer);
}

const OPEN = ['needs_response', 'under_review', 'warning_needs_response'];

/** The end of a dispute. A lost one keeps the money; a won one gives it back. */
export function closeDispute(books: Books, dispute: Dispute, as: 'won' | 'lost', at: number): Dispute {
  if (!OPEN.includes(dispute.status))
    throw invalidRequest('This dispute is already closed', undefined, 'dispute_already_closed');
  const status = dispute.status === 'warning_needs_response' ? 'warning_closed' : as;
  const closed: Dispute = { ...dispute, status, is_charge_refundable: status !== 'lost' };
  books.save(closed);
  books.emit('charge.dispute.closed', closed, at);
  return closed;
}
