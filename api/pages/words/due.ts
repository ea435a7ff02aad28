import type { DueKind } from '../../../workflows/domain/due.ts';

export const DUE_WORDS = {
  'trial-ends': 'Trial ends',
  'offer-change': 'Becomes another offer',
  renewal: 'Renewal is charged',
  instalment: 'Instalment is charged',
  'last-instalment': 'Last instalment is charged, and the plan is complete',
  'period-ends': 'Period ends, nothing is charged',
  'payment-retry': 'Payment is tried again',
  cancellation: 'Billing and access end',
  resume: 'Pause ends',
  'access-starts': 'Access starts',
  'access-expires': 'Access expires',
  'refund-window-closes': 'Refund window closes',
  'credit-expiry': 'Call credit expires',
  'credit-issue': 'Call credit is issued',
  'credit-warning': 'Customer is told of an expiring credit',
  'call-reminder': 'Both are reminded of a call',
  'call-end': 'A call ends',
  'stripe-overdue': 'Stripe is checked',
} satisfies Record<DueKind, string>;

/** In a line of a list. */
export const DUE_SHORT = {
  'trial-ends': 'Trial ends',
  'offer-change': 'Becomes another offer',
  renewal: 'Renews',
  instalment: 'Next instalment',
  'last-instalment': 'Last instalment',
  'period-ends': 'Period ends',
  'payment-retry': 'Tried again',
  cancellation: 'Ends',
  resume: 'Resumes',
  'access-starts': 'Access starts',
  'access-expires': 'Access ends',
  'refund-window-closes': 'Refund window ends',
  'credit-expiry': 'Credit expires',
  'credit-issue': 'Next credit',
  'credit-warning': 'Credit warning',
  'call-reminder': 'Reminder of a call',
  'call-end': 'Call ends',
  'stripe-overdue': 'Stripe is checked',
} satisfies Record<DueKind, string>;
