import type { Shown } from '../data/doc.ts';
import type { Charge, Dispute, Metadata, Refund } from '../data/docs.ts';
import { newId } from '../data/ids.ts';
import type { DisputeOpening } from '../protocol/test-cards.ts';

export function newRefund(
  charge: Charge,
  input: { amount: number; reason: string | null; metadata: Metadata },
  at: number,
): Shown<Refund> {
  return {
    id: newId('refund'),
    object: 'refund',
    amount: input.amount,
    balance_transaction: null,
    customer_account: null,
    destination_details: { card: { type: 'refund' }, type: 'card' },
    charge: charge.id,
    created: at,
    currency: charge.currency,
    customer: charge.customer,
    metadata: input.metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    receipt_number: null,
    source_transfer_reversal: null,
    transfer_reversal: null,
    reason: input.reason,
    status: 'succeeded',
    _clock: charge._clock ?? null,
    _settles: null,
  };
}

export function newDispute(charge: Charge, opened: DisputeOpening, at: number): Shown<Dispute> {
  return {
    id: newId('dispute'),
    object: 'dispute',
    amount: charge.amount - charge.amount_refunded,
    balance_transactions: [],
    enhanced_eligibility_types: [],
    intended_submission_method: null,
    livemode: false,
    charge: charge.id,
    created: at,
    currency: charge.currency,
    evidence: { enhanced_evidence: {} },
    evidence_details: {
      due_by: at + 7 * 86_400,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
    },
    is_charge_refundable: opened.status === 'warning_needs_response',
    metadata: {},
    payment_intent: charge.payment_intent,
    reason: opened.reason,
    status: opened.status,
    _clock: charge._clock ?? null,
  };
}
