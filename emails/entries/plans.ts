import { CUSTOMER, OF_A_PURCHASE, RECEIPT, type Entries } from './entry.ts';

/** What is said of payment plans alone. */
export const PLAN_ENTRIES = {
  /**
   * The last payment of a plan went through: nothing more is charged, and access stays [R5.2]. Its
   * receipt is part of it.
   */
  'plan-completed': {
    ...OF_A_PURCHASE,
    name: 'Payment plan completed',
    file: RECEIPT,
    variables: {
      ...CUSTOMER,
      paid: 'money?',
      receiptUrl: 'url?',
      completedAt: 'day',
      payments: 'number',
      paidBy: {
        choose: {
          last_payment: 'That was the last of your {{payments}} payments',
          all_at_once: 'You have paid off what was left of your {{payments}} payments',
        },
      },
      accessEndsOn: 'day?',
      access: { choose: { limited: 'You keep your access until {{accessEndsOn}}.', kept: 'You keep your access.' } },
    },
    text: {
      subject: '{{offerName}} is paid in full',
      preview: 'All {{payments}} payments are made. Nothing more is charged.',
      heading: '{{offerName}} is paid in full',
      body: ['Thank you. {{paidBy}}, and nothing more will be charged. {{access}}', '{{facts}}'],
    },
    facts: [
      ['Offer', 'offerName'],
      ['Last payment', 'paid'],
      ['Paid in full on', 'completedAt'],
    ],
  },
} as const satisfies Entries;
