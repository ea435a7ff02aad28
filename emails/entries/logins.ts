import { OF_A_PURCHASE, type Entries } from './entry.ts';

/** How people get in. */
export const LOGIN_ENTRIES = {
  'member-welcome': {
    name: 'Member Welcome',
    about: 'contact',
    to: 'contact',
    offBy: 'offer',
    oneTimeLink: 'set_password',
    isWelcome: true,
  },
  'login-link': {
    name: 'Login link',
    about: 'contact',
    to: 'contact',
    offBy: 'nobody',
    oneTimeLink: 'login',
    isWelcome: false,
  },
  'already-live': {
    name: 'You have this already',
    ...OF_A_PURCHASE,
    offBy: 'nobody',
    oneTimeLink: 'login',
  },
} as const satisfies Entries;
