import { withSum, type ShownVerb } from './shown-verb.ts';

export const retryPayment: ShownVerb = {
  word: 'Retry payment',
  intro: 'Asks Stripe to try the overdue payment now.',
  button: (_body, { preview }) => withSum('Retry', 'charge_attempt', preview, 'Retry payment now'),
  withoutEmails: 'That depends on the outcome.',
  done: 'Stripe has tried the payment; its outcome follows in the timeline.',
};
