import { CUSTOMER, MANAGE, OWNER, OF_A_PURCHASE, RECEIPT, type Entries } from './entry.ts';

/** Payments, and money that goes back. */
export const MONEY_ENTRIES = {
  /** The first payment's receipt is part of the purchase confirmation [R13.3]. */
  'payment-receipt': {
    ...OF_A_PURCHASE,
    name: 'Payment receipt',
    file: RECEIPT,
    more: MANAGE,
    variables: {
      ...OWNER,
      lines: 'lines',
      amount: 'money',
      paidAt: 'day',
      period: 'period?',
      card: 'text?',
      receiptNumber: 'text?',
      receiptUrl: 'url?',
      nextCharge: 'charge?',
      instalment: 'text?',
      isLast: { when: 'No further payment is due.', otherwise: '' },
    },
    text: {
      subject: 'Receipt for {{offerName}}',
      preview: 'We received {{amount}} for {{offerName}}.',
      heading: '{{amount}}',
      body: ['Paid on {{paidAt}}. Thank you.', '{{instalment}}', '{{facts}}', '{{isLast}}'],
    },
    facts: [
      ['', 'lines'],
      ['Total paid', 'amount'],
      ['Period', 'period'],
      ['Card', 'card'],
      ['Receipt number', 'receiptNumber'],
      ['Next payment', 'nextCharge'],
    ],
    total: 'amount',
  },
  /** Says nothing of access or billing, which a refund alone leaves as they are [R10.2]. */
  'refund-receipt': {
    ...OF_A_PURCHASE,
    name: 'Refund receipt',
    file: { label: 'Credit note as a PDF', url: 'creditNoteUrl' },
    variables: {
      ...CUSTOMER,
      amount: 'money',
      refundedAt: 'day',
      payment: 'payment?',
      creditNoteUrl: 'url?',
      status: {
        choose: {
          succeeded: 'We have refunded you. Banks take 5 to 10 days to show it.',
          pending: 'Your refund is under way. Your bank has yet to confirm it.',
        },
      },
    },
    text: {
      subject: 'Refund for {{offerName}}',
      preview: '{{amount}} is on its way back to you.',
      heading: 'Your refund',
      body: ['{{status}}', '{{facts}}'],
    },
    facts: [
      ['Offer', 'offerName'],
      ['Refunded', 'amount'],
      ['Refunded on', 'refundedAt'],
      ['Of your payment', 'payment'],
    ],
  },
  /** After a refund for which a receipt was sent, and which the bank returned [R10.3]. */
  'refund-failed': {
    ...OF_A_PURCHASE,
    name: 'Refund failed',
    variables: { ...CUSTOMER, amount: 'money', failedAt: 'day', payment: 'payment?' },
    text: {
      subject: 'Your refund for {{offerName}} did not arrive',
      preview: '{{amount}} could not be paid back to you.',
      heading: 'Your refund did not arrive',
      body: [
        'Your bank did not accept the refund that we told you about, for example because the card has been closed. ' +
          'We know about it, and will get in touch or try again. You do not need to do anything.',
        '{{facts}}',
      ],
    },
    facts: [
      ['Offer', 'offerName'],
      ['Not refunded', 'amount'],
      ['Failed on', 'failedAt'],
      ['Of your payment', 'payment'],
    ],
  },
  /** Inside the refund window [R10.6]; the only email that money-back sends [R13.3]. */
  'money-back': {
    ...OF_A_PURCHASE,
    name: 'Money back',
    variables: { ...CUSTOMER, totalRefunded: 'money', refundedPayments: 'payments', endedAt: 'day' },
    text: {
      subject: 'Your money back for {{offerName}}',
      preview: '{{totalRefunded}} is on its way back to you.',
      heading: 'Your money back',
      body: [
        'We have refunded your payments. {{offerName}} has ended, and nothing more will be charged. ' +
          'Banks take 5 to 10 days to show a refund.',
        '{{facts}}',
      ],
    },
    facts: [
      ['Offer', 'offerName'],
      ['Refunded in total', 'totalRefunded'],
      ['Paid', 'refundedPayments'],
      ['Ended on', 'endedAt'],
    ],
  },
  /**
   * What slipped through was canceled and refunded in full: a second purchase of what was live, or
   * one whose requirement had ended [R5.7, R27.6].
   */
  'duplicate-purchase-refunded': {
    ...OF_A_PURCHASE,
    name: 'Second purchase refunded',
    variables: {
      ...CUSTOMER,
      amountRefunded: 'money',
      refundedAt: 'day',
      loginUrl: 'url',
      why: {
        choose: {
          second:
            'You paid for it a second time. We have canceled the second purchase and refunded it in full. ' +
            'Your first one continues as before.',
          requirement_ended:
            'It requires another offer, which you no longer had when you paid. We have canceled this purchase ' +
            'and refunded it in full.',
        },
      },
    },
    text: {
      subject: 'Your purchase of {{offerName}} was refunded',
      preview: '{{amountRefunded}} is on its way back to you.',
      heading: 'Your purchase of {{offerName}} was refunded',
      body: ['{{why}}', '{{facts}}', '{{action}}'],
    },
    facts: [
      ['Offer', 'offerName'],
      ['Refunded', 'amountRefunded'],
      ['Refunded on', 'refundedAt'],
    ],
    action: { label: 'Log in', url: 'loginUrl' },
  },
} as const satisfies Entries;
