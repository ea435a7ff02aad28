import { kindsWhere, type EmailKind } from '../../../emails/catalogue.ts';

/** What is said to people who run an account: of it, and of the platform's add-on. */
export const OF_ACCOUNTS: readonly EmailKind[] = [
  ...kindsWhere({ about: 'account' }),
  'add-on-welcome',
  'add-on-removal-received',
  'add-on-removed',
];

/** Emails to whoever has an address that somebody typed. */
export const OF_ADDRESSES: readonly EmailKind[] = [
  'requirement-missing',
  'promotion-code-refused',
  'double-opt-in',
  'checkout-recovery',
  'broadcast',
];
