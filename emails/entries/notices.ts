import { CAUSE_WORDS } from '../words/cause.ts';
import { DISPUTE_STATE_WORDS } from '../words/dispute.ts';
import type { Entries } from './entry.ts';
import type { Variables } from './variable.ts';

const { inquiry, open, lost } = DISPUTE_STATE_WORDS;
/** Those of which admins are told. */
const DISPUTE_STATES = { inquiry, open, lost };

/** Why a purchase was returned in full. */
const SENT_BACK = {
  second: 'the customer has it already',
  requirement_ended: 'the customer no longer had what it requires when it was paid',
};

/** Whose purchase, who did it, when and why. */
const ALWAYS = {
  offerName: 'text',
  customer: 'person',
  purchaseUrl: 'url',
  at: 'instant',
  actor: 'actor',
  reason: 'text?',
} as const satisfies Variables;

/** What admins are told of the purchases of their account. */
export const NOTICE_ENTRIES = {
  'admin-purchase-paused': notice('paused', 'Purchase paused', {
    resumeAt: ['Resumes', { of: 'day', orElse: 'no date set' }],
    accessSuspended: ['Access', { when: 'suspended until it resumes', otherwise: 'unchanged' }],
  }),
  'admin-purchase-resumed': notice('resumed', 'Purchase resumed', {
    nextCharge: ['Next payment', { of: 'charge', orElse: 'none' }],
  }),
  'admin-resume-date-changed': notice('resume date changed', 'Resume date changed', {
    previousResumeAt: ['Before', { of: 'day?', orElse: 'no date set' }],
    resumeAt: ['Resumes', { of: 'day', orElse: 'no date set' }],
  }),
  'admin-cancellation-scheduled': notice('cancellation scheduled', 'Cancellation scheduled', {
    cancelAt: ['Ends', 'day'],
    customerReason: ['Why', 'text?'],
    feedback: ['Feedback', 'text?'],
  }),
  'admin-cancellation-requested': notice('cancellation requested', 'Cancellation requested', {
    refundWanted: ['Money back', { when: 'wanted', otherwise: 'not asked for' }],
  }),
  'admin-cancellation-request-withdrawn': notice(
    'cancellation request withdrawn',
    'Cancellation request withdrawn',
    {},
  ),
  'admin-cancellation-request-declined': notice('cancellation request declined', 'Cancellation request declined', {}),
  'admin-cancellation-undone': notice('cancellation undone', 'Cancellation undone', {
    nextCharge: ['Next payment', { of: 'charge', orElse: 'none' }],
  }),
  'admin-offer-change-scheduled': notice('change of offer scheduled', 'Change of offer scheduled', {
    newOfferName: ['Becomes', 'text'],
    changesAt: ['Changes', 'instant'],
  }),
  'admin-offer-change-undone': notice('change of offer undone', 'Change of offer undone', {
    newOfferName: ['Does not become', 'text'],
  }),
  'admin-higher-plan-stays': notice('higher plan stays', 'Higher plan stays, since it is not confirmed what is kept', {
    newOfferName: ['Planned', 'text'],
    changesAt: ['Changes', 'instant'],
  }),
  'admin-offer-changed': notice('offer changed', 'Offer changed', {
    previousOfferName: ['Before', 'text'],
    nextCharge: ['Next payment', { of: 'charge', orElse: 'none' }],
  }),
  'admin-purchase-canceled': notice('canceled', 'Purchase canceled', {
    cause: ['Canceled', { choose: CAUSE_WORDS }],
    feedback: ['Feedback', 'text?'],
  }),
  'admin-refund': notice('refund', 'Payment refunded', {
    amount: ['Refunded', 'money'],
    status: ['State', { choose: { succeeded: '', pending: 'pending at the bank' } }],
  }),
  'admin-refund-failed': notice('refund failed', 'Refund failed', {
    amount: ['Not refunded', 'money'],
    failureReason: ['Why', 'text'],
  }),
  'admin-payment-failed': notice('payment failed', 'Payment failed', {
    amount: ['Amount due', 'money'],
    failureReason: ['Why', 'text'],
    nextTryAt: ['Next try', { of: 'day', orElse: 'none, this was the last attempt' }],
  }),
  'admin-money-back': notice('money back', 'Money back', {
    totalRefunded: ['Refunded in total', 'money'],
    refundedPayments: ['Paid', 'payments'],
  }),
  'admin-dispute': notice('dispute', 'Payment disputed', {
    amount: ['Disputed', 'money'],
    state: ['State', { choose: DISPUTE_STATES }],
    disputeReason: ['Why', 'text'],
    respondBy: ['Answer at Stripe by', 'instant?'],
  }),
  'admin-duplicate-purchase': notice('purchase sent back', 'Purchase sent back', {
    amountRefunded: ['Refunded', 'money'],
    why: ['Why', { choose: SENT_BACK }],
  }),
} satisfies Entries;

type Lines = Record<string, readonly [label: string, variable: Variables[string]]>;

/** One page for all notices, with the lines that are particular to each. */
function notice<const L extends Lines>(name: string, heading: string, lines: L) {
  const own = Object.entries(lines).map(([variable, [, shown]]) => [variable, shown] as const);
  return {
    name: `Notice: ${name}`,
    about: 'purchase',
    to: 'admins',
    offBy: 'account',
    oneTimeLink: null,
    isWelcome: false,
    variables: { ...ALWAYS, ...(Object.fromEntries(own) as { [V in keyof L]: L[V][1] }) },
    text: {
      subject: `${heading}: {{offerName}}, {{customer}}`,
      preview: '{{customer}}, {{offerName}}',
      heading,
      body: ['{{facts}}', '{{action}}'],
    },
    facts: [
      ['Customer', 'customer'],
      ['Offer', 'offerName'],
      ...Object.entries(lines).map(([variable, [label]]) => [label, variable] as const),
      ['When', 'at'],
      ['By', 'actor'],
      ['Reason', 'reason'],
    ],
    action: { label: 'Open the purchase', url: 'purchaseUrl' },
  } as const;
}
