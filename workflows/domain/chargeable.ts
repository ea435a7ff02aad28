/** The least that Stripe charges, in minor units. https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts */
const LEAST: Record<string, number> = {
  usd: 50,
  aed: 200,
  aud: 50,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17500,
  inr: 50,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
};

/** Three decimals of which Stripe takes two, and two decimals of which it takes none. https://docs.stripe.com/currencies#special-cases */
const MULTIPLES: Record<string, number> = { bhd: 10, jod: 10, kwd: 10, omr: 10, tnd: 10, isk: 100, ugx: 100 };

/** What every amount of a currency is a multiple of. */
export const stepOf = (currency: string): number => MULTIPLES[currency] ?? 1;

/**
 * Why Stripe would not take an amount of this currency in any line of an invoice, in words; null =
 * it would.
 */
export function unevenAmount(amountMinor: number, currency: string): string | null {
  const multiple = stepOf(currency);
  if (amountMinor % multiple === 0) return null;
  return `must end in ${String(multiple).slice(1)}, as Stripe takes ${currency.toUpperCase()}`;
}

/** Why Stripe would not charge an amount by itself, in words; null = it would [R4.2]. */
export function unchargeable(amountMinor: number, currency: string): string | null {
  const least = LEAST[currency] ?? 1;
  if (amountMinor < least) return `must be ${least} or more, which is the least that Stripe charges`;
  return unevenAmount(amountMinor, currency);
}
