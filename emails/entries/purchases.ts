import { CUSTOMER, MANAGE, OWNER, OF_A_PURCHASE, RECEIPT, type Entries } from './entry.ts';
import { BEGINNING } from './beginning.ts';

/** What a purchase goes through, from its confirmation to its end. */
export const PURCHASE_ENTRIES = {
  /**
   * Congratulation, login link, and the first payment's receipt [R13.1, R13.3]; never credentials.
   */
  'purchase-confirmation': {
    ...OF_A_PURCHASE,
    name: 'Purchase Confirmation',
    isWelcome: true,
    file: RECEIPT,
    more: MANAGE,
    variables: {
      ...OWNER,
      products: 'list',
      loginUrl: 'url',
      lines: 'lines',
      paid: 'money?',
      paidAt: 'day?',
      period: 'period?',
      card: 'text?',
      receiptNumber: 'text?',
      receiptUrl: 'url?',
      trialEndsAt: 'day?',
      nextCharge: 'charge?',
      accessEndsAt: 'day?',
      isUnpaid: { when: 'Nothing was charged today.', otherwise: '' },
      ...BEGINNING,
      instalment: 'text?',
    },
    text: {
      subject: '{{begun}}',
      preview: '{{offerName}} is yours. Here is how to get in.',
      heading: '{{welcome}}',
      body: ['{{thanks}}', '{{action}}', '{{facts}}', '{{instalment}}', '{{isUnpaid}}'],
    },
    facts: [
      ['Included', 'products'],
      ['', 'lines'],
      ['Total paid', 'paid'],
      ['Paid on', 'paidAt'],
      ['Period', 'period'],
      ['Card', 'card'],
      ['Receipt number', 'receiptNumber'],
      ['Trial ends', 'trialEndsAt'],
      ['Next payment', 'nextCharge'],
      ['Access until', 'accessEndsAt'],
    ],
    total: 'paid',
    action: { label: 'Log in', url: 'loginUrl' },
  },
  /** To new and existing customers alike [R13.2]. */
  'offer-grant-confirmation': {
    ...OF_A_PURCHASE,
    name: 'Offer Grant Confirmation',
    isWelcome: true,
    variables: {
      ...CUSTOMER,
      products: 'list',
      loginUrl: 'url',
      accessStartsAt: 'day?',
      accessEndsAt: 'day?',
    },
    text: {
      subject: 'You have been given {{offerName}}',
      preview: '{{siteName}} has given you {{offerName}}.',
      heading: 'You have been given {{offerName}}',
      body: ['{{siteName}} has given you access, free of charge.', '{{facts}}', '{{action}}'],
    },
    facts: [
      ['Offer', 'offerName'],
      ['Included', 'products'],
      ['Access from', 'accessStartsAt'],
      ['Access until', 'accessEndsAt'],
    ],
    action: { label: 'Log in', url: 'loginUrl' },
  },
  /** However the pause came about [R7]. */
  'purchase-paused': {
    ...OF_A_PURCHASE,
    name: 'Paused',
    more: MANAGE,
    variables: {
      ...OWNER,
      pausedAt: 'day',
      resumeAt: { of: 'day', orElse: 'no date set' },
      accessSuspended: { when: 'Your access is on hold until it resumes.', otherwise: 'You keep your access.' },
    },
    text: {
      subject: '{{offerName}} is paused',
      preview: 'Payments for {{offerName}} are on hold.',
      heading: '{{offerName}} is paused',
      body: ['Nothing is charged while it is paused. {{accessSuspended}}', '{{facts}}'],
    },
    facts: [
      ['Offer', 'offerName'],
      ['Paused on', 'pausedAt'],
      ['Resumes', 'resumeAt'],
    ],
  },
  /** Payments go on at the next regular date, nothing back-charged [R6]. */
  'purchase-resumed': {
    ...OF_A_PURCHASE,
    name: 'Resumed',
    more: MANAGE,
    variables: { ...OWNER, resumedAt: 'day', nextCharge: { of: 'charge', orElse: 'none' } },
    text: {
      subject: '{{offerName}} has resumed',
      preview: '{{offerName}} continues.',
      heading: '{{offerName}} has resumed',
      body: ['Nothing is charged for the time it was paused.', '{{facts}}'],
    },
    facts: [
      ['Offer', 'offerName'],
      ['Resumed on', 'resumedAt'],
      ['Next payment', 'nextCharge'],
    ],
  },
  /** The end of a pause was moved or cleared [R7.3]. */
  'resume-date-changed': {
    ...OF_A_PURCHASE,
    name: 'Resume date changed',
    variables: {
      ...CUSTOMER,
      previousResumeAt: { of: 'day?', orElse: 'no date set' },
      resumeAt: { of: 'day', orElse: 'no date set' },
      hasDate: {
        when: '{{offerName}} stays paused until the new date, and then resumes by itself.',
        otherwise: '{{offerName}} stays paused until it is resumed.',
      },
    },
    text: {
      subject: 'New resume date for {{offerName}}',
      preview: 'The pause of {{offerName}} now ends on another date.',
      heading: 'Your resume date has changed',
      body: ['{{hasDate}}', '{{facts}}'],
    },
    facts: [
      ['Offer', 'offerName'],
      ['Before', 'previousResumeAt'],
      ['Resumes', 'resumeAt'],
    ],
  },
  /** At the request to cancel later; another email comes at the end [R6]. */
  'cancellation-scheduled': {
    ...OF_A_PURCHASE,
    name: 'Cancellation scheduled',
    variables: { ...CUSTOMER, cancelAt: 'day', nextCharge: { of: 'charge', orElse: 'none' } },
    text: {
      subject: '{{offerName}} will be canceled',
      preview: '{{offerName}} ends on {{cancelAt}}.',
      heading: '{{offerName}} will be canceled',
      body: ['You keep your access until then.', '{{facts}}'],
    },
    facts: [
      ['Offer', 'offerName'],
      ['Ends', 'cancelAt'],
      ['Next payment', 'nextCharge'],
    ],
  },
  /** It continues as before, and nothing is charged now [R6]. */
  'cancellation-undone': {
    ...OF_A_PURCHASE,
    name: 'Cancellation undone',
    more: MANAGE,
    variables: { ...OWNER, nextCharge: { of: 'charge', orElse: 'none' } },
    text: {
      subject: '{{offerName}} will not be canceled',
      preview: '{{offerName}} continues as before.',
      heading: '{{offerName}} continues',
      body: ['It will not be canceled after all. Nothing is charged now.', '{{facts}}'],
    },
    facts: [
      ['Offer', 'offerName'],
      ['Next payment', 'nextCharge'],
    ],
  },
  /** It has ended, at once or on its date [R8]; access may outlive billing [R11.3]. */
  'purchase-canceled': {
    ...OF_A_PURCHASE,
    name: 'Canceled',
    variables: {
      ...CUSTOMER,
      endedAt: 'day',
      endedOn: 'day',
      accessEndsOn: 'day?',
      isUnpaid: {
        when: 'The last attempt to collect your payment failed, and there will be no other.',
        otherwise: '',
      },
      requirementEnded: { when: 'It requires another purchase of yours, and that has ended.', otherwise: '' },
      access: {
        choose: {
          ended: 'Your access ended on {{endedOn}}.',
          limited: 'You keep your access until {{accessEndsOn}}.',
          kept: 'You keep your access.',
        },
      },
      declineMessage: 'text?',
    },
    text: {
      subject: '{{offerName}} is canceled',
      preview: '{{offerName}} has ended.',
      heading: '{{offerName}} is canceled',
      body: [
        '{{isUnpaid}} {{requirementEnded}} Nothing more will be charged. {{access}}',
        '{{facts}}',
        'Your progress is kept. To come back, buy the offer again.',
      ],
    },
    facts: [
      ['Offer', 'offerName'],
      ['Ended on', 'endedAt'],
      ['Why', 'declineMessage'],
    ],
  },
} as const satisfies Entries;
