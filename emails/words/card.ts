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
