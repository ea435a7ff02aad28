import { fill } from './fill.ts';
import { capital } from './sentence.ts';

export type CardNamed = { brand: string; last4: string };

/** Where Stripe's own word is not the name with a capital. */
const BRANDS: Record<string, string> = {
  amex: 'American Express',
  diners: 'Diners Club',
  eftpos_au: 'Eftpos',
  jcb: 'JCB',
  unionpay: 'UnionPay',
};

/** `Visa ending in 4242`. */
export const cardInWords = ({ brand, last4 }: CardNamed, { ending, unknown }: CardWords = CARD_WORDS): string =>
  fill(ending, { name: brand === 'unknown' ? unknown : (BRANDS[brand] ?? named(brand)), last4 });

export type MethodNamed = { kind: string; brand: string | null; last4: string | null; wallet: string | null };

/** Where the word with a capital is not the name. */
export const METHODS = {
  acss_debit: 'Bank account (Canada)',
  au_becs_debit: 'BECS direct debit',
  bacs_debit: 'Bacs direct debit',
  cashapp: 'Cash App',
  paypal: 'PayPal',
  sepa_debit: 'SEPA direct debit',
  us_bank_account: 'Bank account',
};

/** `ending`: with `{{name}}` and `{{last4}}`. */
export type CardWords = { ending: string; unknown: string; methods: Readonly<Record<string, string>> };

export const CARD_WORDS = { ending: '{{name}} ending in {{last4}}', unknown: 'Card', methods: METHODS };

const WALLETS: Record<string, string> = {
  apple_pay: 'Apple Pay',
  google_pay: 'Google Pay',
  samsung_pay: 'Samsung Pay',
};

/** `SEPA direct debit ending in 3000`, `Visa ending in 4242 (Apple Pay)`, `PayPal`. */
export function methodInWords(method: MethodNamed, words: CardWords = CARD_WORDS): string {
  const { kind, brand, last4, wallet } = method;
  const called = words.methods[kind] ?? named(kind);
  const name =
    brand !== null && last4 !== null
      ? cardInWords({ brand, last4 }, words)
      : last4 === null
        ? called
        : fill(words.ending, { name: called, last4 });
  return wallet === null ? name : `${name} (${WALLETS[wallet] ?? named(wallet)})`;
}

/** Until when a card is valid, by the instant at which its month is over: `March 2027`. */
export const cardMonth = (endsAt: string, locale = 'en-US'): string =>
  new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.parse(endsAt) - 1);

const named = (word: string): string => capital(word.replaceAll('_', ' '));
