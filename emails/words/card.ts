import { capital } from './sentence.ts';

export type CardNamed = { brand: string; last4: string };

/** Where Stripe's own word is not the name with a capital. */
const BRANDS: Record<string, string> = {
  amex: 'American Express',
  diners: 'Diners Club',
  eftpos_au: 'Eftpos',
  jcb: 'JCB',
  unionpay: 'UnionPay',
  unknown: 'Card',
};

/** `Visa ending in 4242`. */
export const cardInWords = ({ brand, last4 }: CardNamed): string =>
  `${BRANDS[brand] ?? capital(brand.replaceAll('_', ' '))} ending in ${last4}`;

export type MethodNamed = { kind: string; brand: string | null; last4: string | null; wallet: string | null };

/** Where the word with a capital is not the name. */
const KINDS: Record<string, string> = {
  acss_debit: 'Bank account (Canada)',
  au_becs_debit: 'BECS direct debit',
  bacs_debit: 'Bacs direct debit',
  cashapp: 'Cash App',
  paypal: 'PayPal',
  sepa_debit: 'SEPA direct debit',
  us_bank_account: 'Bank account',
};

const WALLETS: Record<string, string> = {
  apple_pay: 'Apple Pay',
  google_pay: 'Google Pay',
  samsung_pay: 'Samsung Pay',
};

/** `SEPA direct debit ending in 3000`, `Visa ending in 4242 (Apple Pay)`, `PayPal`. */
export function methodInWords({ kind, brand, last4, wallet }: MethodNamed): string {
  const ending = last4 === null ? '' : ` ending in ${last4}`;
  const name =
    brand !== null && last4 !== null ? cardInWords({ brand, last4 }) : `${KINDS[kind] ?? named(kind)}${ending}`;
  return wallet === null ? name : `${name} (${WALLETS[wallet] ?? named(wallet)})`;
}

const MONTH = new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** Until when a card is valid, by the instant at which its month is over: `March 2027`. */
export const cardMonth = (endsAt: string): string => MONTH.format(Date.parse(endsAt) - 1);

const named = (word: string): string => capital(word.replaceAll('_', ' '));
