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
} as const satisfies Entries;
