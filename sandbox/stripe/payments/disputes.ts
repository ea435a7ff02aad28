import type { Books } from '../data/books.ts';
import type { Dispute } from '../data/docs.ts';
import { invalidRequest } from '../protocol/fault.ts';

/** The time by which a dispute lives: that of the customer who was charged. */
export function disputeTime(books: Books, dispute: Dispute): number {
  return books.customerTime(books.need('charge', dispute.charge).customer);
}

const INQUIRIES: Dispute['status'][] = ['warning_needs_response', 'warning_under_review'];
const OPEN: Dispute['status'][] = ['needs_response', 'under_review', ...INQUIRIES];

/** The end of a dispute. A lost one keeps the money; a won one gives it back. */
export function closeDispute(books: Books, dispute: Dispute, as: 'won' | 'lost', at: number): Dispute {
  if (!OPEN.includes(dispute.status))
    throw invalidRequest('This dispute is already closed', undefined, 'dispute_already_closed');
  const status = INQUIRIES.includes(dispute.status) ? 'warning_closed' : as;
  const closed: Dispute = { ...dispute, status, is_charge_refundable: status !== 'lost' };
  books.save(closed);
  books.emit('charge.dispute.closed', closed, at);
  return closed;
}

/** The bank is not content with the answer to its inquiry, and claims the money. */
export function escalateInquiry(books: Books, dispute: Dispute, at: number): Dispute {
  if (!INQUIRIES.includes(dispute.status)) throw invalidRequest('This dispute is no open inquiry.');
  const claimed: Dispute = { ...dispute, status: 'needs_response', is_charge_refundable: false };
  return books.change(claimed, at, 'charge.dispute.updated');
}

/** With evidence it is the bank's turn. */
export const afterEvidence = (status: Dispute['status']): Dispute['status'] =>
  status === 'needs_response' ? 'under_review' : status === 'warning_needs_response' ? 'warning_under_review' : status;
