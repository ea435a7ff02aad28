import type { EmailProps } from '../catalogue.ts';
import { formatCharge, formatDate, formatInstant, formatMoney } from '../format.ts';
import { PREVIEW_NOTICE, PREVIEW_PRICE } from '../preview.ts';
import { adminNotice } from './admin-notice.tsx';

/** R8.4 */
const CAUSES = {
  voluntary: 'asked by the customer',
  internal: 'canceled by an admin',
  api: 'canceled by an API key',
  delinquent: 'payment kept failing',
  automation: 'canceled by an automation',
  bulk: 'canceled in bulk',
  external: 'canceled at Stripe',
  refund: 'canceled with a refund',
} satisfies Record<EmailProps<'admin-purchase-canceled'>['cause'], string>;

export const AdminPurchasePaused = adminNotice<EmailProps<'admin-purchase-paused'>>({
  heading: 'Purchase paused',
  facts: ({ site, resumeAt, accessSuspended }) => [
    ['Resumes', formatDate(resumeAt, site)],
    ['Access', accessSuspended ? 'suspended until it resumes' : 'unchanged'],
  ],
  preview: { ...PREVIEW_NOTICE, resumeAt: '2026-05-01T07:00:00.000Z', accessSuspended: true },
});

export const AdminPurchaseResumed = adminNotice<EmailProps<'admin-purchase-resumed'>>({
  heading: 'Purchase resumed',
  facts: ({ site, nextCharge }) => [['Next payment', nextCharge ? formatCharge(nextCharge, site) : 'none']],
  preview: { ...PREVIEW_NOTICE, nextCharge: { amount: PREVIEW_PRICE, at: '2026-05-31T16:00:00.000Z' } },
});

export const AdminResumeDateChanged = adminNotice<EmailProps<'admin-resume-date-changed'>>({
  heading: 'Resume date changed',
  facts: ({ site, previousResumeAt, resumeAt }) => [
    ['Before', formatDate(previousResumeAt, site)],
    ['Resumes', formatDate(resumeAt, site)],
  ],
  preview: { ...PREVIEW_NOTICE, previousResumeAt: null, resumeAt: '2026-06-01T07:00:00.000Z' },
});

export const AdminCancellationScheduled = adminNotice<EmailProps<'admin-cancellation-scheduled'>>({
  heading: 'Cancellation scheduled',
  facts: ({ site, cancelAt }) => [['Ends', formatInstant(cancelAt, site)]],
  preview: {
    ...PREVIEW_NOTICE,
    actor: { kind: 'customer' },
    reason: 'Moving to another town',
    cancelAt: '2026-04-30T16:00:00.000Z',
  },
});

export const AdminCancellationUndone = adminNotice<EmailProps<'admin-cancellation-undone'>>({
  heading: 'Cancellation undone',
  facts: ({ site, nextCharge }) => [['Next payment', nextCharge ? formatCharge(nextCharge, site) : 'none']],
  preview: { ...PREVIEW_NOTICE, nextCharge: { amount: PREVIEW_PRICE, at: '2026-04-30T16:00:00.000Z' } },
});

export const AdminPurchaseCanceled = adminNotice<EmailProps<'admin-purchase-canceled'>>({
  heading: 'Purchase canceled',
  facts: ({ cause, feedback }) => [
    ['Cause', CAUSES[cause]],
    ['Feedback', feedback],
  ],
  preview: { ...PREVIEW_NOTICE, cause: 'voluntary', feedback: 'I have learned what I wanted to learn' },
});

export const AdminRefund = adminNotice<EmailProps<'admin-refund'>>({
  heading: 'Payment refunded',
  facts: ({ site, amount, status }) => [
    ['Refunded', formatMoney(amount, site)],
    ['State', status === 'pending' ? 'pending at the bank' : null],
  ],
  preview: { ...PREVIEW_NOTICE, amount: { amountMinor: 1250, currency: 'usd' }, status: 'pending' },
});

export const AdminRefundFailed = adminNotice<EmailProps<'admin-refund-failed'>>({
  heading: 'Refund failed',
  facts: ({ site, amount, failureReason }) => [
    ['Not refunded', formatMoney(amount, site)],
    ['Why', failureReason],
  ],
  preview: {
    ...PREVIEW_NOTICE,
    actor: { kind: 'stripe' },
    amount: { amountMinor: 1250, currency: 'usd' },
    failureReason: 'The card has been closed.',
  },
});

export const AdminPaymentFailed = adminNotice<EmailProps<'admin-payment-failed'>>({
  heading: 'Payment failed',
  facts: ({ site, amount, failureReason, nextTryAt }) => [
    ['Due', formatMoney(amount, site)],
    ['Why', failureReason],
    ['Next try', nextTryAt ? formatInstant(nextTryAt, site) : 'none, this was the last one'],
  ],
  preview: {
    ...PREVIEW_NOTICE,
    actor: { kind: 'stripe' },
    amount: PREVIEW_PRICE,
    failureReason: 'there was not enough money on the card (insufficient_funds)',
    nextTryAt: '2026-04-03T16:00:00.000Z',
  },
});

export const AdminMoneyBack = adminNotice<EmailProps<'admin-money-back'>>({
  heading: 'Money back',
  facts: ({ site, totalRefunded, refundedPayments }) => [
    ['Refunded in total', formatMoney(totalRefunded, site)],
    ...refundedPayments.map(
      ({ amount, paidAt }) => [`Paid ${formatInstant(paidAt, site)}`, formatMoney(amount, site)] as const,
    ),
  ],
  preview: {
    ...PREVIEW_NOTICE,
    totalRefunded: PREVIEW_PRICE,
    refundedPayments: [{ amount: PREVIEW_PRICE, paidAt: '2026-03-31T16:00:00.000Z' }],
  },
});

const DISPUTE_STATES = {
  inquiry: 'an inquiry: nothing is taken yet, and a refund settles it',
  open: 'open: the bank holds the money',
  lost: 'lost: the money stays with the customer',
} satisfies Record<NonNullable<EmailProps<'admin-dispute'>['state']>, string>;

export const AdminDispute = adminNotice<EmailProps<'admin-dispute'>>({
  heading: 'Payment disputed',
  facts: ({ site, amount, state = 'open', disputeReason, respondBy }) => [
    ['Disputed', formatMoney(amount, site)],
    ['State', DISPUTE_STATES[state]],
    ['Why', disputeReason],
    ['Answer at Stripe by', respondBy && formatInstant(respondBy, site)],
  ],
  preview: {
    ...PREVIEW_NOTICE,
    actor: { kind: 'stripe' },
    amount: PREVIEW_PRICE,
    disputeReason: 'the customer says that nothing was delivered (product_not_received)',
    respondBy: '2026-04-10T06:59:59.000Z',
  },
});

export const AdminDuplicatePurchase = adminNotice<EmailProps<'admin-duplicate-purchase'>>({
  heading: 'Second purchase refunded',
  facts: ({ site, amountRefunded }) => [['Refunded', formatMoney(amountRefunded, site)]],
  preview: { ...PREVIEW_NOTICE, actor: { kind: 'system' }, amountRefunded: PREVIEW_PRICE },
});
