import type { ShownVerb } from './shown-verb.ts';

export const retryPayment: ShownVerb = {
  word: 'Retry payment',
  intro: 'Asks Stripe to try the overdue payment now.',
  button: 'Retry payment now',
  withoutEmails: 'That depends on the outcome.',
  done: 'Stripe has tried the payment; its outcome follows in the timeline.',
};
