import type { DueKind } from '../domain/due.ts';

/** What is due, as timers and current details say it in the Temporal UI. No two are alike. */
export const DUE_IN_WORDS: Record<DueKind, string> = {
  'trial-ends': 'trial ends',
  'offer-change': 'offer change',
  renewal: 'renewal',
  instalment: 'instalment',
  'last-instalment': 'last instalment',
  'period-ends': 'period ends',
  'payment-retry': 'payment retry',
  cancellation: 'cancellation',
  resume: 'resume',
  'access-starts': 'access starts',
  'access-expires': 'access expires',
  'access-suspends': 'access closes, unless it is paid before',
  'last-warning': 'the customer is warned that access ends',
  'card-notice': 'the customer is told that the card expires',
  'trial-notice': 'the customer is told that the trial ends',
  'payment-notice': 'the customer is told of the next payment',
  'refund-window-closes': 'refund window closes',
  'credit-expiry': 'a call credit expires',
  'credit-issue': 'a call credit is issued',
  'credit-warning': 'the customer is warned of a call credit that expires',
  'call-reminder': 'both sides are reminded of a call',
  'call-end': 'a call ends',
  'stripe-overdue': 'Stripe is checked, since it has not acted',
};
