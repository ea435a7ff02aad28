import { MANAGE, OF_A_PURCHASE, OWNER, type Entries } from './entry.ts';

const UPDATE_CARD = { label: 'Update your card', url: 'updateCardUrl' } as const;

/** What is about to be charged. */
export const CHARGE_AHEAD_ENTRIES = {
  /** Before each regular charge; off until an account switches it on [R13.3]. */
  'upcoming-payment': {
    ...OF_A_PURCHASE,
    name: 'Upcoming payment',
    more: MANAGE,
    variables: { ...OWNER, amount: 'money', chargeAt: 'day', card: 'text?', updateCardUrl: 'url' },
    text: {
      subject: 'Your next payment for {{offerName}} is on {{chargeAt}}',
      preview: '{{amount}} will be charged.',
      heading: 'Your next payment',
      body: [
        'On {{chargeAt}} we will charge {{amount}} for {{offerName}}. You do not need to do anything, unless your card has changed:',
        '{{action}}',
        '{{facts}}',
      ],
    },
    facts: [
      ['Offer', 'offerName'],
      ['Amount', 'amount'],
      ['Charged on', 'chargeAt'],
      ['Card', 'card'],
    ],
    action: UPDATE_CARD,
  },
  /** Three days before, once for a trial [R13.3]. */
  'trial-ending': {
    ...OF_A_PURCHASE,
    name: 'Trial ends soon',
    more: MANAGE,
    variables: {
      ...OWNER,
      trialEndsAt: 'instant',
      amount: 'money?',
      card: 'text?',
      updateCardUrl: 'url',
      whatComes: {
        when: 'Unless it is canceled before, {{offerName}} goes on and we will charge {{amount}} then.',
        otherwise: '{{offerName}} then goes on, and nothing is charged for its first period.',
      },
    },
    text: {
      subject: 'Your trial of {{offerName}} ends on {{trialEndsAt}}',
      preview: '{{whatComes}}',
      heading: 'Your trial ends soon',
      body: ['Your trial ends on {{trialEndsAt}}. {{whatComes}}', '{{facts}}', '{{action}}'],
    },
    facts: [
      ['Offer', 'offerName'],
      ['Trial ends', 'trialEndsAt'],
      ['First payment', 'amount'],
      ['Card', 'card'],
    ],
    action: UPDATE_CARD,
  },
} as const satisfies Entries;
