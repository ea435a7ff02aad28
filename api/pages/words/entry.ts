import type { EndCause } from '../../../workflows/domain/billing.ts';
import type { EntryType } from '../../../workflows/domain/outcome.ts';
import { ATTENTION_WORDS } from '../../../workflows/domain/attention-words.ts';
import { attentionReason } from './attention.ts';
import { END_WORDS } from '../../../emails/words/cause.ts';
import { offInWords } from './discount.ts';
import { CALL_ENTRY_WORDS } from './call-entry.ts';
import { amount, instalment, MONEY_ENTRY_WORDS } from './money-entry.ts';
import { ACCESS_ENTRY_WORDS } from './access-entry.ts';
import { CREDIT_ENTRY_WORDS } from './credit-entry.ts';
import { at, money, prefixed, type Data, type Details, type EntryWords } from './entry-details.ts';

const withCode = (code: unknown): string | null => (typeof code === 'string' ? `with the code ${code}` : null);

const cause = (data: Data): string | null => END_WORDS[data.cause as EndCause] ?? null;
/** What the customer chose; Stripe's codes are plain words. */
const feedback = (data: Data): string | null => {
  if (typeof data.reason === 'string') return data.reason;
  return typeof data.feedback === 'string' ? data.feedback.replaceAll('_', ' ') : null;
};

const byDispute = ({ disputeId, refundId }: Data): string | null => {
  if (typeof disputeId === 'string') return 'a payment is disputed';
  return typeof refundId === 'string' ? 'it was refunded at Stripe' : null;
};

const products: Details = ({ productIds }, { productNames }) => {
  const names = (Array.isArray(productIds) ? productIds : []).map((id) => productNames.get(String(id)));
  return [names.filter((name) => name !== undefined).join(', ') || null];
};

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** One side of a change of offer: its name, and what it is sold for. */
function sold(name: unknown, amountMinor: unknown, { currency, interval }: Data): string | null {
  const price = money({ amountMinor, currency });
  const terms = price && typeof interval === 'string' ? `${price} / ${interval}` : price;
  return [text(name), terms].filter((part) => part !== null).join(', ') || null;
}

const lostCodes = ({ endedCodes }: Data): string | null =>
  Array.isArray(endedCodes) ? `the code ${endedCodes.join(', ')} ends` : null;

const offers = (data: Data): (string | null)[] => [
  prefixed('from', sold(data.fromOfferName, data.fromAmountMinor, { ...data, interval: data.fromInterval })),
  prefixed('to', sold(data.offerName, data.amountMinor, data)),
  lostCodes(data),
];

const resumes: Details = ({ resumeAt, access }, context) => [
  prefixed('until', at(resumeAt, context)) ?? 'until it is resumed',
  access === 'suspend' ? 'access suspended' : null,
];

const asked: Details = (data) => [
  money(data),
  data.billing === 'cancel_now' ? 'with cancellation now' : null,
  data.billing === 'cancel_period_end' ? 'with cancellation at the end of the period' : null,
  data.access === 'revoke' ? 'access revoked' : null,
];

/** Every entry of a timeline in words; a new type without its words does not compile. */
export const ENTRY_WORDS: Record<EntryType, EntryWords> = {
  'purchase.bought': { label: 'Bought', tone: 'good', details: ({ code }) => [withCode(code)] },
  'purchase.granted': {
    label: 'Granted',
    tone: 'good',
    details: ({ isNewCustomer }) => [isNewCustomer === true ? 'a new customer' : null],
  },
  'purchase.duplicate': {
    label: 'Bought, and sent back',
    tone: 'warn',
    details: ({ lacks }) => [lacks === true ? 'what it requires had ended' : 'the customer has it already'],
  },
  'purchase.duplicate-returned': { label: 'Sent back and refunded', tone: 'warn', details: amount },
  'purchase.paused': { label: 'Paused', tone: 'warn', details: resumes },
  'purchase.resumed': {
    label: 'Resumed',
    tone: 'good',
    details: ({ nextChargeAt }, context) => [prefixed('next charge', at(nextChargeAt, context))],
  },
  'purchase.resume-date-changed': { label: 'Resume date changed', tone: 'plain', details: resumes },
  'purchase.cancellation-scheduled': {
    label: 'Cancellation scheduled',
    tone: 'warn',
    details: (data, context) => [prefixed('for', at(data.cancelAt, context)), cause(data), feedback(data)],
  },
  'purchase.cancellation-requested': {
    label: 'Cancellation requested',
    tone: 'warn',
    details: ({ refundWanted }) => [refundWanted === true ? 'money back wanted' : null],
  },
  'purchase.cancellation-request-withdrawn': { label: 'Cancellation request withdrawn', tone: 'plain' },
  'purchase.cancellation-request-declined': { label: 'Cancellation request declined', tone: 'plain' },
  'purchase.cancellation-request-settled': {
    label: 'Cancellation request settled',
    tone: 'plain',
    details: () => ['it ends otherwise'],
  },
  'purchase.cancellation-undone': { label: 'Cancellation undone', tone: 'good' },
  'purchase.price-changed': {
    label: 'Price changed at Stripe',
    tone: 'warn',
    details: ({ beforeMinor, beforeCurrency, ...now }) => [
      prefixed('from', money({ amountMinor: beforeMinor, currency: beforeCurrency })),
      prefixed('to', money(now)),
    ],
  },
  'purchase.discount-added': {
    label: 'Discount added',
    tone: 'plain',
    details: ({ code, percentOff, amountOffMinor, currency, endsAt, replaced }, context) => [
      offInWords({ percentOff, amountOffMinor, currency } as Parameters<typeof offInWords>[0]),
      withCode(code),
      Array.isArray(replaced) ? `in place of ${replaced.join(', ')}` : null,
      prefixed('until', at(endsAt, context)),
    ],
  },
  'purchase.discount-ended': { label: 'Discount over', tone: 'plain', details: ({ code }) => [withCode(code)] },
  'purchase.offer-change-scheduled': {
    label: 'Change of offer scheduled',
    tone: 'warn',
    details: (data, context) => [...offers(data), prefixed('for', at(data.at, context))],
  },
  'purchase.offer-change-undone': {
    label: 'Change of offer undone',
    tone: 'good',
    details: ({ offerName }) => [prefixed('does not become', text(offerName))],
  },
  'purchase.higher-plan-stays': { label: 'Higher plan stays', tone: 'warn', details: (data) => offers(data) },
  'purchase.offer-changed': { label: 'Offer changed', tone: 'good', details: (data) => offers(data) },
  'purchase.schedule-released': { label: 'Schedule at Stripe released', tone: 'plain' },
  'purchase.canceled': {
    label: 'Canceled',
    tone: 'bad',
    details: (data) => [
      cause(data),
      byDispute(data),
      feedback(data),
      data.endsAccess === false ? 'access goes on' : null,
    ],
  },
  'purchase.completed': {
    label: 'Payment plan completed',
    tone: 'good',
    details: ({ instalments }) => [typeof instalments === 'number' ? `${instalments} payments` : null],
  },
  'purchase.billing-ended': { label: 'Billing ended at Stripe', tone: 'plain', details: (data) => [cause(data)] },
  'purchase.plan-end-set': {
    label: 'End of the plan set at Stripe',
    tone: 'plain',
    details: ({ endsAt }, context) => [prefixed('no charge after', at(endsAt, context))],
  },
  'purchase.contact-changed': { label: 'Handed over to the new owner', tone: 'plain' },
  'purchase.instalment-settled': {
    label: 'Instalment settled without a charge',
    tone: 'good',
    details: (data) => [instalment(data)],
  },
  'purchase.revoked': {
    label: 'Access revoked',
    tone: 'bad',
    details: (data, context) => [...products(data, context), byDispute(data)],
  },
  'purchase.restored': {
    label: 'Access restored',
    tone: 'good',
    details: (data, context) => [
      ...products(data, context),
      typeof data.disputeId === 'string' ? 'the dispute is over' : null,
    ],
  },
  'purchase.refunded': { label: 'Refund requested', tone: 'plain', details: asked },
  'purchase.money-back': {
    label: 'Money back',
    tone: 'bad',
    details: (data) => [money(data), data.override === true ? 'outside the refund window' : null],
  },
  'purchase.invoices-voided': {
    label: 'Unpaid invoices voided',
    tone: 'plain',
    details: () => ['with the pause made at Stripe'],
  },
  'purchase.payment-retried': { label: 'Payment tried again', tone: 'plain' },
  'purchase.paid-off': {
    label: 'Paid off',
    tone: 'good',
    details: ({ instalments, ...data }) => [
      money(data),
      typeof instalments === 'number' ? `the last ${instalments} payments at once` : null,
    ],
  },
  ...ACCESS_ENTRY_WORDS,
  'purchase.trial-ended': { label: 'Trial ended', tone: 'plain' },
  'purchase.recovered': {
    label: 'No longer overdue',
    tone: 'good',
    details: ({ voided }) => [voided === true ? 'the invoice was voided' : null],
  },
  'purchase.refund-window-closed': { label: 'Refund window closed', tone: 'plain' },
  ...CREDIT_ENTRY_WORDS,
  'purchase.needs-attention': {
    label: 'Needs attention',
    tone: 'bad',
    details: (data) => {
      const reason = attentionReason(data.reason);
      return [reason ? ATTENTION_WORDS[reason].what : null];
    },
  },
  'purchase.attention-ended': {
    label: 'Attention resolved',
    tone: 'plain',
    details: ({ abandoned }) => [abandoned === true ? 'given up by hand' : 'done after all'],
  },
  ...MONEY_ENTRY_WORDS,
  ...CALL_ENTRY_WORDS,
};
