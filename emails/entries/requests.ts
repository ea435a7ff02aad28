import { CUSTOMER, OF_A_PURCHASE, type Entries } from './entry.ts';

/** What becomes of a customer's request to be canceled [R9.5]. */
export const REQUEST_ENTRIES = {
  /** That the request was received; it changes nothing yet [R9.5]. */
  'cancellation-requested': {
    ...OF_A_PURCHASE,
    name: 'Cancellation requested',
    variables: {
      ...CUSTOMER,
      refundWanted: { when: 'You asked for your money back as well.', otherwise: '' },
      billingUrl: 'url',
    },
    text: {
      subject: 'Your request to cancel {{offerName}}',
      preview: '{{siteName}} has received your request.',
      heading: 'We have received your request',
      body: [
        'You asked to cancel {{offerName}}. {{refundWanted}}',
        'Nothing changes until {{siteName}} has decided; you will get another email then. Until then, you can withdraw the request.',
        '{{facts}}',
        '{{action}}',
      ],
    },
    facts: [['Offer', 'offerName']],
    action: { label: 'See your request', url: 'billingUrl' },
  },
  /** An admin has decided against it, and says why if they like. */
  'cancellation-request-declined': {
    ...OF_A_PURCHASE,
    name: 'Cancellation request declined',
    variables: { ...CUSTOMER, reason: 'text?', nextCharge: { of: 'charge', orElse: 'none' } },
    text: {
      subject: 'Your request to cancel {{offerName}} was declined',
      preview: '{{offerName}} goes on.',
      heading: 'Your request was declined',
      body: ['{{siteName}} has declined your request to cancel {{offerName}}, which goes on as before.', '{{facts}}'],
    },
    facts: [
      ['Reason', 'reason'],
      ['Next payment', 'nextCharge'],
    ],
  },
} as const satisfies Entries;
