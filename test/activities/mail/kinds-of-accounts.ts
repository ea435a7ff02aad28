import { kindsWhere, type EmailKind } from '../../../emails/catalogue.ts';

/** What is said to people who run an account: of it, and of the platform's add-on. */
export const OF_ACCOUNTS: readonly EmailKind[] = [
  ...kindsWhere({ about: 'account' }),
  'add-on-welcome',
  'add-on-removal-received',
  'add-on-removed',
];
