import type { Books } from '../data/books.ts';
import type { Charge, Metadata, Refund } from '../data/docs.ts';
import { invalidRequest } from '../protocol/fault.ts';
import { formatMoney } from '../protocol/money.ts';
import { newRefund } from '../shapes/reversal.ts';
import { cardFacts } from '../protocol/test-cards.ts';

export interface RefundInput {
  amount: number | undefined;
  reason: string | null;
  metadata: Metadata;
}

/**
 * Gives back all or part of a charge. Some test cards, or `metadata.sandbox_refund` = `pending` or
 * `fails`, make it settle later.
 */
export function refundCharge(books: Books, charge: Charge, input: RefundInput, at: number): Refund {
  const left = charge.amount - charge.amount_refunded;
  checkRefundable(books, charge, input.amount, left);
  const refund = newRefund(charge, { ...input, amount: input.amount ?? left }, at);
  const method = books.find('payment_method', charge.payment_method);
  const course = input.metadata.sandbox_refund ?? (method && cardFacts(method._number).refund);
  if (course === 'pending') refund.status = 'pending';
  if (course === 'pending' || course === 'fails') {
    refund._settles = { at: at + books.settings.refundSettleSeconds, as: course === 'fails' ? 'failed' : 'succeeded' };
  }
  books.add(refund, 'refund.created');
  books.change(withRefunded(charge, charge.amount_refunded + refund.amount), at, 'charge.refunded');
  return refund;
}

function withRefunded(charge: Charge, amount: number): Charge {
  return { ...charge, amount_refunded: amount, refunded: amount === charge.amount };
}

function checkRefundable(books: Books, charge: Charge, amount: number | undefined, left: number): void {
  if (charge.status !== 'succeeded')
    throw invalidRequest(`Charge ${charge.id} has failed and cannot be refunded.`, 'charge');
  const blocked =
    charge.disputed && books.all('dispute', { charge: charge.id }).some((dispute) => !dispute.is_charge_refundable);
  if (blocked)
    throw invalidRequest(
      `Charge ${charge.id} has been charged back; cannot issue a refund.`,
      undefined,
      'charge_disputed',
    );
  if (left === 0)
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, undefined, 'charge_already_refunded');
  if (amount === undefined) return;
  if (amount <= 0) throw invalidRequest('Invalid positive integer', 'amount', 'parameter_invalid_integer');
  if (amount > left) {
    const [asked, unrefunded] = [formatMoney(amount, charge.currency), formatMoney(left, charge.currency)];
    throw invalidRequest(
      `Refund amount (${asked}) is greater than unrefunded amount on charge (${unrefunded})`,
      'amount',
    );
  }
}

/**
 * The end of a refund that was not immediate; a failed one leaves the charge as if it had not been
 * refunded.
 */
export function settleRefund(
  books: Books,
  refund: Refund,
  at: number,
  as = refund._settles?.as ?? 'succeeded',
): Refund {
  const settled: Refund = { ...refund, status: as, _settles: null };
  if (as === 'succeeded') return books.change(settled, at, 'refund.updated');
  settled.failure_reason = 'expired_or_canceled_card';
  books.change(settled, at, 'refund.updated');
  books.emit('refund.failed', settled, at);
  const charge = books.need('charge', refund.charge);
  books.change(withRefunded(charge, charge.amount_refunded - refund.amount), at, 'charge.updated');
  return settled;
}
