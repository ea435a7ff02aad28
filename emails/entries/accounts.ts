import type { Entries } from './entry.ts';

/** What is said to people about the account that they run. */
export const ACCOUNT_ENTRIES = {
  /** To the owner, once for each crossing of a limit that refuses nothing [R17.3]. */
  'admin-plan-limit': {
    name: 'Limit of the plan',
    about: 'account',
    to: 'admin',
    offBy: 'nobody',
    oneTimeLink: null,
    isWelcome: false,
    variables: {
      quota: { choose: { contacts: 'contacts', activeCustomers: 'active customers' } },
      used: 'number',
      limit: 'number',
      level: {
        choose: {
          near: 'That is 80 % or more of what the plan has.',
          over: 'That is more than the plan has, and we will get in touch about a larger one.',
        },
      },
      signInUrl: 'url',
    },
    text: {
      subject: '{{siteName}}: {{used}} of {{limit}} {{quota}}',
      preview: 'Nothing is blocked.',
      heading: '{{used}} of {{limit}} {{quota}}',
      body: [
        '{{siteName}} has {{used}} {{quota}}; its plan has {{limit}}. {{level}}',
        'Nothing is blocked by it: people go on buying and signing up as before.',
        '{{action}}',
        '{{facts}}',
      ],
    },
    facts: [],
    action: { label: 'See the plans', url: 'signInUrl' },
  },
  /** To somebody who is to help run an account: confirmed within 24 hours [R15.1]. */
  'admin-invitation': {
    name: 'Invitation of an admin',
    about: 'account',
    to: 'admin',
    offBy: 'nobody',
    oneTimeLink: 'confirm_admin',
    isWelcome: false,
    variables: {
      invitedBy: 'text?',
      role: {
        choose: {
          owner: 'Everything.',
          administrator: 'Everything but the connection to Stripe and API keys.',
          assistant: 'Products, offers, and what people have access to.',
          support: 'People and their access.',
          operator: 'Every account of the platform.',
        },
      },
      confirmUrl: 'url',
      expiresAt: 'instant',
      signInUrl: 'url',
    },
    text: {
      subject: 'You are invited to help run {{siteName}}',
      preview: 'Confirm your address and choose a password.',
      heading: 'Help run {{siteName}}',
      body: [
        'You have been invited to help run {{siteName}}. Confirm that this is your address, and choose a password:',
        '{{action}}',
        '{{facts}}',
        'If you do not know what this is about, you can ignore this email: nothing happens without you.',
      ],
    },
    facts: [
      ['Invited by', 'invitedBy'],
      ['You will see to', 'role'],
      ['The link works once, until', 'expiresAt'],
      ['Afterwards, sign in at', 'signInUrl'],
    ],
    action: { label: 'Confirm and choose a password', url: 'confirmUrl' },
  },
  /** To the owner of an account that was signed up for and is paid: confirmed within 24 hours. */
  'admin-confirmation': {
    name: 'Confirmation of an owner',
    about: 'account',
    to: 'admin',
    offBy: 'nobody',
    oneTimeLink: 'confirm_admin',
    isWelcome: false,
    variables: { planName: 'text?', confirmUrl: 'url', expiresAt: 'instant', signInUrl: 'url' },
    text: {
      subject: '{{siteName}} is ready: confirm your address',
      preview: 'Confirm your address and choose a password.',
      heading: '{{siteName}} is ready',
      body: [
        'Your account {{siteName}} is made. Confirm that this is your address, and choose a password:',
        '{{action}}',
        '{{facts}}',
      ],
    },
    facts: [
      ['Your plan', 'planName'],
      ['The link works once, until', 'expiresAt'],
      ['Afterwards, sign in at', 'signInUrl'],
    ],
    action: { label: 'Confirm and choose a password', url: 'confirmUrl' },
  },
  /** To an admin who has forgotten the password: within six hours, once [R15.2]. */
  'admin-password-reset': {
    name: 'Another password of an admin',
    about: 'account',
    to: 'admin',
    offBy: 'nobody',
    oneTimeLink: 'reset_admin',
    isWelcome: false,
    variables: { resetUrl: 'url', expiresAt: 'instant' },
    text: {
      subject: 'Choose another password for {{siteName}}',
      preview: 'The link works once.',
      heading: 'Choose another password',
      body: [
        'Somebody, most likely you, has asked for another password to sign in at {{siteName}}:',
        '{{action}}',
        '{{facts}}',
        'If it was not you, you can ignore this email: your password stays as it is.',
      ],
    },
    facts: [['The link works once, until', 'expiresAt']],
    action: { label: 'Choose another password', url: 'resetUrl' },
  },
  /** To an admin, whenever something has changed in how they sign in [R14.3]. */
  'admin-security-changed': {
    name: 'Changed sign-in of an admin',
    about: 'account',
    to: 'admin',
    offBy: 'nobody',
    oneTimeLink: null,
    isWelcome: false,
    variables: {
      change: {
        choose: {
          password_changed: 'Your password was changed.',
          app_added: 'An app that shows codes was set up as your second factor.',
          app_removed: 'The app that shows codes is no longer your second factor.',
          recovery_codes_made: 'New recovery codes were made. Those from before work no more.',
          recovery_code_used: 'A recovery code was used to sign in. It works no more.',
          passkey_added: 'A passkey was added, by which you sign in.',
          passkey_removed: 'A passkey was removed. It works no more.',
          second_factor_reset: 'Your second factor was taken away. You sign in with your password, and set up another.',
        },
      },
      passkeyName: 'text?',
      at: 'instant',
      by: 'text?',
      reason: 'text?',
      signInUrl: 'url',
    },
    text: {
      subject: 'How you sign in at {{siteName}} has changed',
      preview: '{{change}}',
      heading: 'How you sign in has changed',
      body: [
        '{{change}}',
        '{{facts}}',
        'If it was neither you nor the owner of your account, choose another password at once, and tell the owner.',
        '{{action}}',
      ],
    },
    facts: [
      ['Passkey', 'passkeyName'],
      ['When', 'at'],
      ['By', 'by'],
      ['Reason', 'reason'],
    ],
    action: { label: 'Sign in', url: 'signInUrl' },
  },
  /** To the owner, where the card that paid for the plan did not pay for the add-on [R19.1]. */
  'admin-access-not-begun': {
    name: 'Access has not begun',
    about: 'account',
    to: 'admin',
    offBy: 'nobody',
    oneTimeLink: null,
    isWelcome: false,
    variables: { accessUrl: 'url' },
    text: {
      subject: 'Access for {{siteName}} has not begun',
      preview: 'Your plan runs. Access was not paid.',
      heading: 'Access has not begun',
      body: [
        'You signed up for Access with your plan. The plan runs, but the card was not charged for Access, so it has not begun. You can add it now:',
        '{{action}}',
        '{{facts}}',
      ],
    },
    facts: [],
    action: { label: 'Add Access', url: 'accessUrl' },
  },
} as const satisfies Entries;
