import { CUSTOMER, OF_A_PURCHASE, type Entries } from './entry.ts';

/** Call credits come and go [R19.3]; `credits` is so many of them in words. */
export const CREDIT_ENTRIES = {
  'credit-issued': {
    ...OF_A_PURCHASE,
    name: 'Call credit issued',
    variables: { ...CUSTOMER, credits: 'text', expiresAt: 'instant', available: 'number', loginUrl: 'url' },
    text: {
      subject: 'New for you in {{offerName}}: {{credits}}',
      preview: 'Book your next call by {{expiresAt}}.',
      heading: 'New for you: {{credits}}',
      body: ['Book a call whenever it suits you.', '{{facts}}', '{{action}}'],
    },
    facts: [
      ['Offer', 'offerName'],
      ['Valid until', 'expiresAt'],
      ['Credits available', 'available'],
    ],
    action: { label: 'Log in', url: 'loginUrl' },
  },
  /** 30, 7 and 1 days before. */
  'credits-expiring': {
    ...OF_A_PURCHASE,
    name: 'Call credits expiring',
    variables: { ...CUSTOMER, credits: 'text', expiresAt: 'instant', days: 'text', loginUrl: 'url' },
    text: {
      subject: 'Expires in {{days}}: {{credits}} of {{offerName}}',
      preview: 'Book a call before {{expiresAt}}.',
      heading: 'Expires in {{days}}: {{credits}}',
      body: ['Credits that are not used by then are lost.', '{{facts}}', '{{action}}'],
    },
    facts: [
      ['Offer', 'offerName'],
      ['Expires', 'expiresAt'],
    ],
    action: { label: 'Log in', url: 'loginUrl' },
  },
  /** With the end of billing, or another offer that gives none [R27.1, R27.3]. */
  'credits-forfeited': {
    ...OF_A_PURCHASE,
    name: 'Call credits forfeited',
    variables: { ...CUSTOMER, credits: 'text', forfeitedAt: 'instant' },
    text: {
      subject: 'No longer valid: {{credits}} of {{offerName}}',
      preview: 'They could not be kept.',
      heading: 'No longer valid: {{credits}}',
      body: ['Your unused credits can no longer be used to book calls.', '{{facts}}'],
    },
    facts: [
      ['Offer', 'offerName'],
      ['Since', 'forfeitedAt'],
    ],
  },
} as const satisfies Entries;
