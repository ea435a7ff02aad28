import { OF_A_PURCHASE, type Entries } from './entry.ts';

/** Payments, and money that goes back. */
export const MONEY_ENTRIES = {
  'payment-receipt': {
    name: 'Payment receipt',
    ...OF_A_PURCHASE,
  },
  'payment-failed': {
    name: 'Payment failed',
    ...OF_A_PURCHASE,
  },
  'payment-action-required': {
    name: 'Payment must be confirmed',
    ...OF_A_PURCHASE,
  },
  'refund-receipt': {
    name: 'Refund receipt',
    ...OF_A_PURCHASE,
  },
  'refund-failed': {
    name: 'Refund failed',
    ...OF_A_PURCHASE,
  },
  'money-back': {
    name: 'Money back',
    ...OF_A_PURCHASE,
  },
  'duplicate-purchase-refunded': {
    name: 'Second purchase refunded',
    ...OF_A_PURCHASE,
  },
} as const satisfies Entries;
