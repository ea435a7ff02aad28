import type { Variables } from './variable.ts';

/** With what a purchase begins: a trial, of so many days, or the purchase itself. */
export const BEGINNING = {
  trialDays: { of: 'number', orElse: '' },
  begun: {
    choose: { trial: 'Your {{trialDays}}-day trial has begun', purchase: 'Your purchase of {{offerName}}' },
  },
  welcome: {
    choose: {
      trial: 'Your {{trialDays}}-day trial of {{offerName}} has begun',
      purchase: 'Congratulations, {{offerName}} is yours',
    },
  },
  thanks: {
    choose: {
      trial: 'Everything is open to you from today. Log in to begin:',
      purchase: 'Thank you for your purchase. Log in to begin:',
    },
  },
} as const satisfies Variables;
