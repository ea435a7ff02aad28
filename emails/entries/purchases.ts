import { OF_A_PURCHASE, type Entries } from './entry.ts';

/** What a purchase goes through, from its confirmation to its end. */
export const PURCHASE_ENTRIES = {
  'purchase-confirmation': {
    name: 'Purchase Confirmation',
    ...OF_A_PURCHASE,
    isWelcome: true,
  },
  'offer-grant-confirmation': {
    name: 'Offer Grant Confirmation',
    ...OF_A_PURCHASE,
    isWelcome: true,
  },
  'purchase-paused': {
    name: 'Paused',
    ...OF_A_PURCHASE,
  },
  'purchase-resumed': {
    name: 'Resumed',
    ...OF_A_PURCHASE,
  },
  'resume-date-changed': {
    name: 'Resume date changed',
    ...OF_A_PURCHASE,
  },
  'cancellation-scheduled': {
    name: 'Cancellation scheduled',
    ...OF_A_PURCHASE,
  },
  'cancellation-undone': {
    name: 'Cancellation undone',
    ...OF_A_PURCHASE,
  },
  'purchase-canceled': {
    name: 'Canceled',
    ...OF_A_PURCHASE,
  },
} as const satisfies Entries;
