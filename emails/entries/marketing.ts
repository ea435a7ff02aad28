import type { Entries } from './entry.ts';

/** About marketing email; what is itself marketing says so. */
export const MARKETING_ENTRIES = {
  /**
   * To an address that was typed into a form: nobody is subscribed before the button of its link is
   * pressed [R3.6, R3.8]. A name may be a stranger's words, so it greets nobody.
   */
  'double-opt-in': {
    name: 'Confirmation of a subscription',
    about: 'contact',
    to: 'contact',
    offBy: 'nobody',
    oneTimeLink: 'confirm_opt_in',
    isWelcome: false,
    variables: { wording: 'text', confirmUrl: 'url', expiresAt: 'instant' },
    text: {
      subject: 'Confirm your subscription to {{siteName}}',
      preview: 'One more step, and you are subscribed.',
      heading: 'Confirm your subscription',
      body: [
        'Somebody asked for news from {{siteName}} with this address. If it was you, confirm it:',
        '{{action}}',
        '{{facts}}',
        'If it was not you, you can ignore this email: without the confirmation you are not subscribed.',
      ],
    },
    facts: [
      ['You agree to', 'wording'],
      ['The link works once, until', 'expiresAt'],
    ],
    action: { label: 'Confirm', url: 'confirmUrl' },
  },
  /** Once after a checkout that was not paid, to those alone who subscribed [R3.4, R13.3]. */
  'checkout-recovery': {
    name: 'Recovery of a checkout',
    about: 'contact',
    to: 'contact',
    offBy: 'account',
    isMarketing: true,
    oneTimeLink: null,
    isWelcome: false,
    variables: { contactName: 'text?', offerName: 'text', recoverUrl: 'url', expiresAt: 'day' },
    text: {
      subject: '{{offerName}} is still waiting for you',
      preview: 'Go on where you stopped.',
      heading: 'You have not finished yet',
      body: [
        'You began to buy {{offerName}} and did not finish. If you would like to, go on where you stopped:',
        '{{action}}',
        '{{facts}}',
      ],
    },
    facts: [
      ['Offer', 'offerName'],
      ['The link works until', 'expiresAt'],
    ],
    action: { label: 'Go on', url: 'recoverUrl' },
  },
  /**
   * One email to a segment; each is in words of its own, which begin with these [R3.4]. Its button
   * leads where its writer says.
   */
  broadcast: {
    name: 'Broadcast',
    about: 'contact',
    to: 'contact',
    offBy: 'nobody',
    isMarketing: true,
    oneTimeLink: null,
    isWelcome: false,
    variables: { contactName: 'text?', buttonUrl: 'url?' },
    text: {
      subject: 'News from {{siteName}}',
      preview: 'What is new at {{siteName}}.',
      heading: 'News from {{siteName}}',
      body: ['Here is what is new:', '{{action}}'],
    },
    facts: [],
    action: { label: 'Read more', url: 'buttonUrl', mayBeMissing: true },
  },
} as const satisfies Entries;
