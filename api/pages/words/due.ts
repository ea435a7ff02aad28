import type { DueKind } from '../../../workflows/domain/due.ts';

export const DUE_WORDS = {
  'trial-ends': 'Trial ends',
  'offer-change': 'Changes to another offer',
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
  'credit-expiry': 'Call credits expire',
  'credit-issue': 'Call credits are issued',
  'credit-warning': 'Customer is told that call credits expire soon',
  'call-reminder': 'Customer and expert are reminded of a call',
  'call-end': 'A call ends',
  'stripe-overdue': 'Stripe is checked',
} satisfies Record<DueKind, string>;

/** In a line of a list. */
export const DUE_SHORT = {
  'trial-ends': 'Trial ends',
  'offer-change': 'Changes offer',
  renewal: 'Renews',
  instalment: 'Next instalment',
  'last-instalment': 'Last instalment',
  'period-ends': 'Period ends',
  'payment-retry': 'Payment retry',
  cancellation: 'Ends',
  resume: 'Resumes',
  'access-starts': 'Access starts',
  'access-expires': 'Access expires',
  'refund-window-closes': 'Refund window closes',
  'credit-expiry': 'Call credits expire',
  'credit-issue': 'Call credits issued',
  'credit-warning': 'Credits expire soon',
  'call-reminder': 'Call reminder',
  'call-end': 'Call ends',
  'stripe-overdue': 'Stripe is checked',
} satisfies Record<DueKind, string>;
