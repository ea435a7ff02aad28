import { CUSTOMER, type Entries } from './entry.ts';

/** How people get in. */
export const LOGIN_ENTRIES = {
  /**
   * To a new customer by grant: login name and a link to set a password, once, within 7 days
   * [R13.2].
   */
  'member-welcome': {
    name: 'Member Welcome',
    about: 'contact',
    to: 'contact',
    offBy: 'offer',
    oneTimeLink: 'set_password',
    isWelcome: true,
    variables: {
      contactName: 'text?',
      loginEmail: 'text',
      setPasswordUrl: 'url',
      expiresAt: 'instant',
      loginUrl: 'url',
    },
    text: {
      subject: 'Welcome to {{siteName}}: set your password',
      preview: 'Set your password to get in.',
      heading: 'Welcome to {{siteName}}',
      body: ['Your login is ready. Choose a password to begin:', '{{action}}', '{{facts}}'],
    },
    facts: [
      ['Login name', 'loginEmail'],
      ['The link works once, until', 'expiresAt'],
      ['Afterwards, log in at', 'loginUrl'],
    ],
    action: { label: 'Set your password', url: 'setPasswordUrl' },
  },
  /** To a customer who asked to log in without a password: once, within 15 minutes [R13.2]. */
  'login-link': {
    name: 'Login link',
    about: 'contact',
    to: 'contact',
    offBy: 'nobody',
    oneTimeLink: 'login',
    isWelcome: false,
    variables: { contactName: 'text?', loginLinkUrl: 'url', expiresAt: 'instant' },
    text: {
      subject: 'Your link to log in to {{siteName}}',
      preview: 'Your link to log in.',
      heading: 'Log in to {{siteName}}',
      body: [
        'You asked for a link to log in. Nobody else should have it.',
        '{{action}}',
        '{{facts}}',
        'If you did not ask for it, leave this email alone: nothing happens.',
      ],
    },
    facts: [['The link works once, until', 'expiresAt']],
    action: { label: 'Log in', url: 'loginLinkUrl' },
  },
  /**
   * To a customer with whose address somebody, most likely they, wanted to buy what they have
   * already [R5.7].
   */
  'already-live': {
    name: 'You have this already',
    about: 'purchase',
    to: 'contact',
    offBy: 'nobody',
    oneTimeLink: 'login',
    isWelcome: false,
    variables: {
      ...CUSTOMER,
      loginLinkUrl: 'url',
      expiresAt: 'instant',
      standing: {
        choose: {
          running: 'It is running, so there is nothing to buy: log in to use it.',
          paused: 'It is paused, so there is nothing to buy: log in to see until when.',
          past_due:
            'It is yours, but a payment is overdue: another card puts that right, and nothing has to be bought anew.',
        },
      },
      isOverdue: { when: 'Log in and update your card', otherwise: 'Log in' },
      updateCardUrl: 'url?',
    },
    text: {
      subject: 'You have {{offerName}} already',
      preview: 'You have {{offerName}} already.',
      heading: 'You have {{offerName}} already',
      body: [
        'Somebody wanted to buy {{offerName}} with this address. {{standing}}',
        '{{action}}',
        '{{facts}}',
        'If it was not you, leave this email alone: nothing was bought, and nothing happens.',
      ],
    },
    facts: [
      ['The link works once, until', 'expiresAt'],
      ['Afterwards, update your card at', 'updateCardUrl'],
    ],
    action: { label: '{{isOverdue}}', url: 'loginLinkUrl' },
  },
} as const satisfies Entries;
