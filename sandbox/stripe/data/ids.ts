import { createHash, randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

const PREFIXES = {
  product: 'prod',
  price: 'price',
  customer: 'cus',
  customer_balance_transaction: 'cbtxn',
  coupon: 'coupon',
  promotion_code: 'promo',
  discount: 'di',
  payment_method: 'pm',
  'checkout.session': 'cs_test',
  subscription: 'sub',
  subscription_item: 'si',
  subscription_schedule: 'sub_sched',
  invoice: 'in',
  invoiceitem: 'ii',
  line_item: 'il',
  item: 'li',
  invoice_payment: 'inpay',
  payment_intent: 'pi',
  setup_intent: 'seti',
  charge: 'ch',
  refund: 're',
  dispute: 'dp',
  event: 'evt',
  webhook_endpoint: 'we',
  'test_helpers.test_clock': 'clock',
  request: 'req',
} as const;

export type IdKind = keyof typeof PREFIXES;

function randomText(length: number): string {
  return Array.from(randomBytes(length), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/** A fresh id with Stripe's prefix for the kind, e.g. `sub_1AbC...`. */
export function newId(kind: IdKind): string {
  return `${PREFIXES[kind]}_${randomText(kind === 'checkout.session' ? 40 : 24)}`;
}

/** A secret with the given prefix, e.g. `whsec_...`. */
export function newSecret(prefix: string): string {
  return `${prefix}_${randomText(32)}`;
}

/** Another account at Stripe, which nobody has opened yet. */
export const newAccountId = (): string => `acct_${randomText(16)}`;

/** The account that a secret key opens: the same key is always the same account. */
export function accountOfKey(key: string): string {
  return `acct_${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
}

/**
 * The platform of a connected account's books (`acct_platform/acct_connected`); null for an account
 * of its own.
 */
export function platformOf(account: string): string | null {
  return account.includes('/') ? (account.split('/')[0] ?? null) : null;
}

/** The account's id as the API shows it. */
export function publicAccountId(account: string): string {
  return account.split('/').at(-1) ?? account;
}
