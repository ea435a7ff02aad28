import { withSum, type ShownVerb } from './shown-verb.ts';

export const payOff: ShownVerb = {
  word: 'Pay off',
  intro: 'Charges what is left of the payment plan in one invoice now. With it the plan is complete, and access stays.',
  button: (_body, { preview }) => withSum('Charge', 'charged_now', preview, 'Pay off now'),
  done: 'The rest of the payment plan is paid, and the plan is complete.',
};
