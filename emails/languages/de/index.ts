import { ACCOUNTS } from './accounts.ts';
import { CALLS } from './calls.ts';
import { LOGINS } from './logins.ts';
import { MONEY } from './money.ts';
import { NOTICES } from './notices.ts';
import { OFFER_CHANGES } from './offer-changes.ts';
import { PAYMENT_TROUBLE } from './payment-trouble.ts';
import { PURCHASES } from './purchases.ts';

/** Every email of the catalogue in German. */
export const GERMAN_EMAILS = {
  ...PURCHASES,
  ...OFFER_CHANGES,
  ...ACCOUNTS,
  ...MONEY,
  ...PAYMENT_TROUBLE,
  ...LOGINS,
  ...CALLS,
  ...NOTICES,
};
