import { CUSTOMER, OF_A_PURCHASE, type Entries } from './entry.ts';

/** Payments that did not go through, or will not. */
export const PAYMENT_TROUBLE_ENTRIES = {
  /** After each failed try that is not the last, with the link to update the card [R11.1]. */
  'payment-failed': {
    ...OF_A_PURCHASE,
    name: 'Payment failed',
    variables: {
      ...CUSTOMER,
      amount: 'money',
      failedAt: 'day',
      updateCardUrl: 'url',
      declineMessage: 'text?',
      attempt: 'number?',
      nextTryAt: { of: 'day?', orElse: 'none, this was the last attempt' },
      whatToDo: {
        when: 'This card cannot be charged any more. Please use another one, which is then tried at once:',
        otherwise: 'Please check your card, or use another one:',
      },
    },
    text: {
      subject: 'Payment failed for {{offerName}}: update your card',
      preview: 'We could not charge {{amount}} for {{offerName}}.',
      heading: 'Your payment did not go through',
      body: ['{{whatToDo}}', '{{action}}', '{{facts}}'],
    },
    facts: [
      ['Offer', 'offerName'],
      ['Amount due', 'amount'],
      ['Tried on', 'failedAt'],
      ['Why', 'declineMessage'],
      ['Attempt', 'attempt'],
      ['Next try', 'nextTryAt'],
    ],
    action: { label: 'Update your card', url: 'updateCardUrl' },
  },
  /** Once, before access ends for what is unpaid [R11.3]. */
  'payment-last-warning': {
    ...OF_A_PURCHASE,
    name: 'Last warning before access ends',
    variables: {
      ...CUSTOMER,
      amount: 'money',
      accessEndsAt: 'instant',
      updateCardUrl: 'url',
      end: {
        choose: {
          suspended: 'Unless it is paid before, your access closes then. It opens again as soon as it is paid.',
          canceled:
            'It is tried for the last time then. If that fails, {{offerName}} is canceled and your access ends.',
        },
      },
    },
    text: {
      subject: 'Your access to {{offerName}} ends on {{accessEndsAt}}',
      preview: '{{amount}} is still unpaid.',
      heading: 'Your access is about to end',
      body: ['A payment for {{offerName}} is still unpaid. {{end}}', '{{action}}', '{{facts}}'],
    },
    facts: [
      ['Offer', 'offerName'],
      ['Amount due', 'amount'],
      ['Access ends', 'accessEndsAt'],
    ],
    action: { label: 'Update your card', url: 'updateCardUrl' },
  },
  /** Once for a card and its month, however many purchases it pays for [R13.3]. */
  'card-expiring': {
    ...OF_A_PURCHASE,
    name: 'Card expires soon',
    variables: { ...CUSTOMER, expires: 'text', updateCardUrl: 'url', nextCharge: 'charge?' },
    text: {
      subject: 'Your card expires at the end of {{expires}}',
      preview: '{{offerName}} is paid with it.',
      heading: 'Your card is about to expire',
      body: [
        'The card with which you pay for {{offerName}} can be used until the end of {{expires}}. If your bank has sent you a new one, please add it, so that your payments go on without a break:',
        '{{action}}',
        '{{facts}}',
      ],
    },
    facts: [
      ['Offer', 'offerName'],
      ['Valid until the end of', 'expires'],
      ['Next payment', 'nextCharge'],
    ],
    action: { label: 'Update your card', url: 'updateCardUrl' },
  },
  /** The bank asks for authentication (3-D Secure), which is not a failure [R11.4]. */
  'payment-action-required': {
    ...OF_A_PURCHASE,
    name: 'Payment must be confirmed',
    variables: { ...CUSTOMER, amount: 'money', actionUrl: 'url' },
    text: {
      subject: 'Confirm your payment for {{offerName}}',
      preview: 'Your bank asks you to confirm a payment for {{offerName}}.',
      heading: 'Confirm your payment',
      body: [
        'Your bank wants to be sure that it is you. The payment goes through once you confirm it:',
        '{{action}}',
        '{{facts}}',
      ],
    },
    facts: [
      ['Offer', 'offerName'],
      ['Amount', 'amount'],
    ],
    action: { label: 'Confirm the payment', url: 'actionUrl' },
  },
} as const satisfies Entries;
