/** Currencies without a minor unit (https://docs.stripe.com/currencies#zero-decimal). */
const ZERO_DECIMAL = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '));

/** https://docs.stripe.com/currencies#special-cases */
const STEPS = new Map(Object.entries({ bhd: 10, jod: 10, kwd: 10, omr: 10, tnd: 10, isk: 100, ugx: 100 }));

/** What every amount of a currency is a multiple of. */
export const stepOf = (currency: string): number => STEPS.get(currency.toLowerCase()) ?? 1;

/**
 * Whether Stripe takes an amount: three decimals are rounded to two, and ISK and UGX have none in
 * truth.
 */
export const isEven = (amountMinor: number, currency: string): boolean => amountMinor % stepOf(currency) === 0;

export const sum = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0);

/** https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts */
const LEAST = new Map(
  Object.entries({
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
  }),
);

export const leastCharge = (currency: string): number => LEAST.get(currency.toLowerCase()) ?? 1;

/** `1250`, `usd` -> `$12.50`; for people's eyes only. */
export function formatMoney(amountMinor: number, currency: string): string {
  const digits = ZERO_DECIMAL.has(currency) ? 0 : 2;
  const format = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return format.format(amountMinor / 10 ** digits);
}
