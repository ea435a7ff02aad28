import type { Payment } from '../../api/pages/admin/money/charged-twice.ts';
import { T0 } from './purchase.ts';

let made = 0;

/** A payment as the API answers it: of $29.00, paid at T0, unless said otherwise. */
export const anApiPayment = (given: Partial<Payment> = {}): Payment => ({
  id: `in_${(made += 1)}`,
  purchaseId: 'purchase-1',
  contactId: 'contact-1',
  contact: { id: 'contact-1', email: 'ada@example.com', name: 'Ada' },
  offer: { id: 'offer-1', name: 'Studio' },
  state: 'succeeded',
  amountMinor: 2900,
  currency: 'usd',
  refundedMinor: 0,
  at: given.paidAt ?? T0,
  paidAt: T0,
  failedAt: null,
  attempts: null,
  nextTryAt: null,
  declineCode: null,
  declineReason: null,
  canceledAt: null,
  periodStart: null,
  periodEnd: null,
  disputedAt: null,
  card: null,
  receiptNumber: null,
  refunds: [],
  disputes: [],
  ...given,
});
