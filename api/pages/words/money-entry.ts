import { declineInFull } from '../../../emails/words/decline.ts';
import { DISPUTE_STATE_WORDS, disputeInFull } from '../../../emails/words/dispute.ts';
import type { EntryType } from '../../../workflows/domain/outcome.ts';
import type { DisputeStatus } from '../../../workflows/domain/payments.ts';
import { at, money, prefixed, type Data, type Details, type EntryWords } from './entry-details.ts';

export const amount: Details = (data) => [money(data)];

export const instalment = ({ instalment: nth, lastInstalment, instalments }: Data): string | null => {
  if (typeof nth !== 'number' || typeof instalments !== 'number') return null;
  return typeof lastInstalment === 'number'
    ? `payments ${nth} to ${lastInstalment} of ${instalments}`
    : `payment ${nth} of ${instalments}`;
};

const failure: Details = (data, context) => [
  money(data),
  typeof data.attempts === 'number' && data.attempts > 0 ? `try ${data.attempts}` : null,
  typeof data.declineCode === 'string' ? declineInFull(data.declineCode) : null,
  prefixed('next try', at(data.nextTryAt, context)),
];

const disputed: Details = (data, context) => [
  money(data),
  DISPUTE_STATE_WORDS[data.status as DisputeStatus] ?? null,
  typeof data.disputeReason === 'string' ? disputeInFull(data.disputeReason) : null,
  data.status === 'open' || data.status === 'inquiry'
    ? prefixed('respond at Stripe by', at(data.evidenceDueAt, context))
    : null,
];

/** What becomes of payments, refunds and disputes, in a timeline. */
export const MONEY_ENTRY_WORDS = {
  'payment.succeeded': {
    label: 'Paid',
    tone: 'good',
    details: (data) => [money(data), instalment(data), data.recovered === true ? 'no longer overdue' : null],
  },
  'payment.failed': { label: 'Payment failed', tone: 'bad', details: failure },
  'payment.action-required': { label: 'Payment waits for the customer’s confirmation', tone: 'warn', details: failure },
  'refund.succeeded': { label: 'Refunded', tone: 'plain', details: amount },
  'refund.pending': { label: 'Refund on its way', tone: 'plain', details: amount },
  'refund.failed': { label: 'Refund failed', tone: 'bad', details: amount },
  'dispute.opened': { label: 'Payment disputed', tone: 'bad', details: disputed },
  'dispute.updated': { label: 'Dispute changed', tone: 'plain', details: disputed },
  'dispute.closed': { label: 'Dispute closed', tone: 'warn', details: disputed },
} satisfies Record<Extract<EntryType, `${'payment' | 'refund' | 'dispute'}.${string}`>, EntryWords>;
