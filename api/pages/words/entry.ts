import { declineInFull } from '../../../emails/words/decline.ts';
import { DISPUTE_STATE_WORDS, disputeInFull } from '../../../emails/words/dispute.ts';
import { formatInstant } from '../../../emails/format.ts';
import type { CancelCause } from '../../../workflows/domain/billing.ts';
import type { EntryType } from '../../../workflows/domain/outcome.ts';
import type { DisputeStatus } from '../../../workflows/domain/payments.ts';
import { ATTENTION_WORDS } from '../../../workflows/domain/attention-words.ts';
import type { Site } from '../page.ts';
import { moneyInWords } from '../parts/money.tsx';
import type { Tone } from '../parts/notice.tsx';
import { attentionReason } from './attention.ts';
import { CAUSE_WORDS } from '../../../emails/words/cause.ts';

type Data = Record<string, unknown>;

/** What an entry's own figures are told with. */
export type Telling = { site: Site; productNames: ReadonlyMap<string, string> };
type Tell = (data: Data, telling: Telling) => (string | null)[];

type EntryWords = { label: string; tone: Tone; tell?: Tell };

const money = ({ amountMinor, currency }: Data): string | null =>
  typeof amountMinor === 'number' && typeof currency === 'string' && currency !== ''
    ? moneyInWords({ amountMinor, currency })
    : null;

const at = (value: unknown, { site }: Telling): string | null =>
  typeof value === 'string' ? formatInstant(value, site) : null;

const prefixed = (prefix: string, text: string | null): string | null => (text === null ? null : `${prefix} ${text}`);

const amount: Tell = (data) => [money(data)];
const cause = (data: Data): string | null => CAUSE_WORDS[data.cause as CancelCause] ?? null;
/** Stripe's own choices read as words. */
const feedback = (data: Data): string | null =>
  typeof data.feedback === 'string' ? data.feedback.replaceAll('_', ' ') : null;

const products: Tell = ({ productIds }, { productNames }) => {
  const names = (Array.isArray(productIds) ? productIds : []).map((id) => productNames.get(String(id)));
  return [names.filter((name) => name !== undefined).join(', ') || null];
};

const resumes: Tell = ({ resumeAt, access }, telling) => [
  prefixed('until', at(resumeAt, telling)) ?? 'until it is resumed',
  access === 'suspend' ? 'access suspended' : null,
];

const failure: Tell = (data, telling) => [
  money(data),
  typeof data.attempts === 'number' && data.attempts > 0 ? `try ${data.attempts}` : null,
  typeof data.declineCode === 'string' ? declineInFull(data.declineCode) : null,
  prefixed('next try', at(data.nextTryAt, telling)),
];

const asked: Tell = (data) => [
  money(data),
  data.billing === 'cancel_now' ? 'with cancellation now' : null,
  data.billing === 'cancel_period_end' ? 'with cancellation at the end of the period' : null,
  data.access === 'revoke' ? 'access revoked' : null,
];

const disputed: Tell = (data, telling) => [
  money(data),
  DISPUTE_STATE_WORDS[data.status as DisputeStatus] ?? null,
  typeof data.disputeReason === 'string' ? disputeInFull(data.disputeReason) : null,
  data.status === 'open' || data.status === 'inquiry'
    ? prefixed('respond at Stripe by', at(data.evidenceDueAt, telling))
    : null,
];

/** Every entry of a timeline in words; a new type without its words does not compile. */
export const ENTRY_WORDS: Record<EntryType, EntryWords> = {
  'purchase.bought': { label: 'Bought', tone: 'good' },
  'purchase.granted': {
    label: 'Granted',
    tone: 'good',
    tell: ({ isNewCustomer }) => [isNewCustomer === true ? 'a new customer' : null],
  },
  'purchase.duplicate': { label: 'Bought a second time', tone: 'warn' },
  'purchase.duplicate-returned': { label: 'Second purchase refunded', tone: 'warn', tell: amount },
  'purchase.paused': { label: 'Paused', tone: 'warn', tell: resumes },
  'purchase.resumed': {
    label: 'Resumed',
    tone: 'good',
    tell: ({ nextChargeAt }, telling) => [prefixed('next charge', at(nextChargeAt, telling))],
  },
  'purchase.resume-date-changed': { label: 'Resume date changed', tone: 'plain', tell: resumes },
  'purchase.cancellation-scheduled': {
    label: 'Cancellation scheduled',
    tone: 'warn',
    tell: (data, telling) => [prefixed('for', at(data.cancelAt, telling)), cause(data), feedback(data)],
  },
  'purchase.cancellation-undone': { label: 'Cancellation undone', tone: 'good' },
  'purchase.price-changed': {
    label: 'Price changed at Stripe',
    tone: 'warn',
    tell: ({ beforeMinor, beforeCurrency, ...now }) => [
      prefixed('from', money({ amountMinor: beforeMinor, currency: beforeCurrency })),
      prefixed('to', money(now)),
    ],
  },
  'purchase.canceled': {
    label: 'Canceled',
    tone: 'bad',
    tell: (data) => [cause(data), feedback(data), data.endsAccess === false ? 'access goes on' : null],
  },
  'purchase.billing-ended': { label: 'Unpaid invoices voided', tone: 'plain', tell: (data) => [cause(data)] },
  'purchase.revoked': { label: 'Access revoked', tone: 'bad', tell: products },
  'purchase.restored': { label: 'Access restored', tone: 'good', tell: products },
  'purchase.refunded': { label: 'Refund requested', tone: 'plain', tell: asked },
  'purchase.money-back': {
    label: 'Money back',
    tone: 'bad',
    tell: (data) => [money(data), data.override === true ? 'outside the refund window' : null],
  },
  'purchase.invoices-voided': {
    label: 'Unpaid invoices voided',
    tone: 'plain',
    tell: () => ['with the pause made at Stripe'],
  },
  'purchase.payment-retried': { label: 'Payment tried again', tone: 'plain' },
  'purchase.access-start-changed': {
    label: 'Start of access changed',
    tone: 'plain',
    tell: ({ startsAt, endsAt }, telling) => [
      prefixed('from', at(startsAt, telling)),
      prefixed('to', at(endsAt, telling)),
    ],
  },
  'purchase.access-started': { label: 'Access started', tone: 'good' },
  'purchase.access-expired': { label: 'Access expired', tone: 'warn' },
  'purchase.trial-ended': { label: 'Trial ended', tone: 'plain' },
  'purchase.recovered': {
    label: 'No longer overdue',
    tone: 'good',
    tell: ({ voided }) => [voided === true ? 'the invoice was voided' : null],
  },
  'purchase.refund-window-closed': { label: 'Refund window closed', tone: 'plain' },
  'purchase.needs-attention': {
    label: 'Needs attention',
    tone: 'bad',
    tell: (data) => {
      const reason = attentionReason(data.reason);
      return [reason ? ATTENTION_WORDS[reason].what : null];
    },
  },
  'purchase.attention-ended': {
    label: 'Attention resolved',
    tone: 'plain',
    tell: ({ abandoned }) => [abandoned === true ? 'given up by hand' : 'done after all'],
  },
  'payment.succeeded': {
    label: 'Paid',
    tone: 'good',
    tell: (data) => [money(data), data.recovered === true ? 'no longer overdue' : null],
  },
  'payment.failed': { label: 'Payment failed', tone: 'bad', tell: failure },
  'payment.action-required': { label: 'Payment waits for the customer’s confirmation', tone: 'warn', tell: failure },
  'refund.succeeded': { label: 'Refunded', tone: 'plain', tell: amount },
  'refund.pending': { label: 'Refund on its way', tone: 'plain', tell: amount },
  'refund.failed': { label: 'Refund failed', tone: 'bad', tell: amount },
  'dispute.opened': { label: 'Payment disputed', tone: 'bad', tell: disputed },
  'dispute.closed': { label: 'Dispute closed', tone: 'warn', tell: disputed },
};
