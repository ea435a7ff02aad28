import { CUSTOMER, OF_A_PURCHASE, type Entries } from './entry.ts';

/** To the owner of an account, of the platform's add-on [R19.2, R20]. */
export const ADD_ON_ENTRIES = {
  /** Beside the purchase confirmation: what the account has from now on. */
  'add-on-welcome': {
    ...OF_A_PURCHASE,
    name: 'Add-on welcome',
    variables: { ...CUSTOMER, creditsPerYear: 'number', addOnUrl: 'url' },
    text: {
      subject: 'Welcome to {{offerName}}',
      preview: 'Your account has it from now on.',
      heading: 'Welcome to {{offerName}}',
      body: [
        'Your account has it from now on: larger quotas, more features, office hours and calls with our experts. Everybody of your team can book them.',
        '{{facts}}',
        '{{action}}',
      ],
    },
    facts: [
      ['Offer', 'offerName'],
      ['Call credits a year', 'creditsPerYear'],
    ],
    action: { label: 'See what you have', url: 'addOnUrl' },
  },
  'add-on-removal-received': {
    ...OF_A_PURCHASE,
    name: 'Add-on removal received',
    variables: {
      ...CUSTOMER,
      refundWanted: { when: 'You asked for your money back as well.', otherwise: '' },
      addOnUrl: 'url',
    },
    text: {
      subject: 'Your request to remove {{offerName}}',
      preview: '{{siteName}} has received your request.',
      heading: 'We have received your request',
      body: [
        'You asked to remove {{offerName}} from your account. {{refundWanted}}',
        'Nothing changes until we have removed it; you will get another email then. Until then you can use your credits, and withdraw the request.',
        '{{facts}}',
        '{{action}}',
      ],
    },
    facts: [['Offer', 'offerName']],
    action: { label: 'See your request', url: 'addOnUrl' },
  },
  /** Without money back, of which there is an email of its own. */
  'add-on-removed': {
    ...OF_A_PURCHASE,
    name: 'Add-on removed',
    variables: { ...CUSTOMER, endedAt: 'instant', addOnUrl: 'url' },
    text: {
      subject: '{{offerName}} is removed from your account',
      preview: 'Your plan goes on without it.',
      heading: '{{offerName}} is removed',
      body: [
        'Your plan goes on without it. Unused call credits are gone, and booked calls are canceled. What was archived comes back when you add it again.',
        '{{facts}}',
        '{{action}}',
      ],
    },
    facts: [
      ['Offer', 'offerName'],
      ['Removed', 'endedAt'],
    ],
    action: { label: 'See your account', url: 'addOnUrl' },
  },
} as const satisfies Entries;
