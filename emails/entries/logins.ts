import { CUSTOMER, OF_A_PURCHASE, type EmailEntry, type Entries } from './entry.ts';

/** To the owner of an address; nobody may do without it. */
const OF_AN_ADDRESS = {
  about: 'contact',
  to: 'contact',
  offBy: 'nobody',
  oneTimeLink: null,
  isWelcome: false,
} as const satisfies Partial<EmailEntry>;

const NOT_ASKED_FOR = 'If you did not ask for it, you can ignore this email.';
const NOTHING_BOUGHT = 'If it was not you, you can ignore this email: nothing was bought.';

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
    ...OF_AN_ADDRESS,
    name: 'Login link',
    oneTimeLink: 'login',
    variables: { contactName: 'text?', loginLinkUrl: 'url', expiresAt: 'instant' },
    text: {
      subject: 'Your link to log in to {{siteName}}',
      preview: 'Your link to log in.',
      heading: 'Log in to {{siteName}}',
      body: ['You asked for a link to log in. Do not share it with anybody.', '{{action}}', '{{facts}}', NOT_ASKED_FOR],
    },
    facts: [['The link works once, until', 'expiresAt']],
    action: { label: 'Log in', url: 'loginLinkUrl' },
  },
  /** To a customer who has forgotten the password: once, within 6 hours [R14.1]. */
  'password-reset': {
    ...OF_AN_ADDRESS,
    name: 'Password reset',
    oneTimeLink: 'reset_password',
    variables: { contactName: 'text?', resetUrl: 'url', expiresAt: 'instant' },
    text: {
      subject: 'Set a new password for {{siteName}}',
      preview: 'Your link to set a new password.',
      heading: 'Set a new password',
      body: [
        'You asked for a link to set a new password. Your old one holds until you do.',
        '{{action}}',
        '{{facts}}',
        NOT_ASKED_FOR,
      ],
    },
    facts: [['The link works once, until', 'expiresAt']],
    action: { label: 'Set a new password', url: 'resetUrl' },
  },
  /** To whoever asks for a free offer: it is theirs when they open the link [R27.7]. */
  'free-offer-link': {
    ...OF_A_PURCHASE,
    name: 'Link to a free offer',
    offBy: 'nobody',
    oneTimeLink: 'take_free',
    variables: { ...CUSTOMER, takeUrl: 'url', expiresAt: 'instant' },
    text: {
      subject: 'Confirm that you want {{offerName}}',
      preview: 'One more step, and {{offerName}} is yours.',
      heading: 'Get {{offerName}}',
      body: [
        'Somebody asked for {{offerName}} with this address. It is free; confirm that it was you, and it is yours.',
        '{{action}}',
        '{{facts}}',
        NOT_ASKED_FOR,
      ],
    },
    facts: [['The link works once, until', 'expiresAt']],
    action: { label: 'Get it', url: 'takeUrl' },
  },
  /**
   * To a customer whose address was used, most likely by themselves, to buy what they already have
   * [R5.7].
   */
  'already-live': {
    ...OF_A_PURCHASE,
    name: 'You already have this',
    offBy: 'nobody',
    oneTimeLink: 'login',
    variables: {
      ...CUSTOMER,
      loginLinkUrl: 'url',
      expiresAt: 'instant',
      standing: {
        choose: {
          running: 'It is running, so there is nothing to buy. Log in to use it.',
          yours: 'It is yours, so there is nothing to buy. Log in to use it.',
          paused: 'It is paused, so there is nothing to buy. Log in to see until when.',
          past_due: 'It is yours, but a payment is overdue. Update your card to pay it; you do not need to buy again.',
        },
      },
      instead: 'text?',
      isInstead: {
        when: 'You can have one of these at a time: change it to {{instead}} instead of buying that.',
        otherwise: '',
      },
      isOverdue: { when: 'Log in and update your card', otherwise: 'Log in' },
      updateCardUrl: 'url?',
    },
    text: {
      subject: 'You already have {{offerName}}',
      preview: 'You already have {{offerName}}.',
      heading: 'You already have {{offerName}}',
      body: [
        'Somebody tried to buy {{offerName}} with this address. {{standing}}',
        '{{isInstead}}',
        '{{action}}',
        '{{facts}}',
        NOTHING_BOUGHT,
      ],
    },
    facts: [
      ['The link works once, until', 'expiresAt'],
      ['Afterwards, update your card at', 'updateCardUrl'],
    ],
    action: { label: '{{isOverdue}}', url: 'loginLinkUrl' },
  },
  /** To an address with which somebody tried to buy what requires something else [R4.7]. */
  'requirement-missing': {
    ...OF_AN_ADDRESS,
    name: 'Something else is required',
    variables: {
      contactName: 'text?',
      offerName: 'text',
      required: 'list',
      isHalting: {
        when: 'Yours is past due, paused or about to end. Log in to put it in order, then buy {{offerName}}.',
        otherwise: 'Once you have one of these, you can buy {{offerName}}.',
      },
      loginUrl: 'url',
    },
    text: {
      subject: '{{offerName}} requires something else',
      preview: 'What you need before you can buy {{offerName}}.',
      heading: '{{offerName}} requires something else',
      body: [
        'Somebody tried to buy {{offerName}} with this address. {{isHalting}}',
        '{{facts}}',
        '{{action}}',
        NOTHING_BOUGHT,
      ],
    },
    facts: [['It requires', 'required']],
    action: { label: 'Log in', url: 'loginUrl' },
  },
  /** To an address that was typed together with a code that its owner cannot use [R5.7]. */
  'promotion-code-refused': {
    ...OF_AN_ADDRESS,
    name: 'Code cannot be used',
    variables: {
      contactName: 'text?',
      offerName: 'text',
      code: 'text',
      why: {
        choose: {
          promotion_code_used_by_contact: 'Each person can use this code once, and you have used it.',
          promotion_code_first_purchase_only: 'This code is for a first purchase, and you have bought here before.',
          promotion_code_refused: 'This code cannot be used with this address.',
        },
      },
      offerUrl: 'url',
    },
    text: {
      subject: 'The code {{code}} cannot be used',
      preview: 'You can buy {{offerName}} without it.',
      heading: 'The code {{code}} cannot be used',
      body: [
        'Somebody tried to buy {{offerName}} with this address and the code {{code}}. {{why}}',
        '{{facts}}',
        '{{action}}',
        NOTHING_BOUGHT,
      ],
    },
    facts: [['Without the code, buy it at', 'offerUrl']],
    action: { label: 'Go on without the code', url: 'offerUrl' },
  },
} as const satisfies Entries;
