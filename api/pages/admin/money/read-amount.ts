import { readForm } from '../../form.ts';

/** An amount or a range in minor units of its currency, both ends included; or what it lacks. */
export type ReadAmount =
  { error: null; currency: string; from: number | undefined; to: number | undefined } | { error: string };

const FORMS = 'must be an amount, such as 29.00, or a range, such as 20 to 50, from 20 or up to 50';

/** What people write an amount beside. */
const SIGNS = /[^\d\s.,-]/u;

/**
 * Reads `29`, `$1,290.00`, `29 eur`, `20 to 50`, `from 20` and `up to 50`. `currencies`: those that
 * may be meant; one that is named counts before the one that is chosen beside it [R1.4].
 */
export function readAmount(text: string, chosen: string | undefined, currencies: readonly string[]): ReadAmount {
  const { named, rest } = withoutCurrency(text.trim().toLowerCase(), currencies);
  const currency = named ?? chosen ?? (currencies.length === 1 ? currencies[0] : undefined);
  const ends = endsOf(rest);
  if (ends === null) return { error: FORMS };
  if (currency === undefined) return { error: 'needs a currency beside it' };
  const [from, to] = ends.map((end) => (end === undefined ? undefined : toMinor(end, currency)));
  if (from === null || to === null) return { error: FORMS };
  if (from !== undefined && to !== undefined && from > to) return { error: 'must begin with the smaller amount' };
  return { error: null, currency, from, to };
}

/** The text without codes and signs of currencies, and which one they name. */
function withoutCurrency(text: string, currencies: readonly string[]) {
  const named = currencies.find((code) => text.includes(code) || signOf(code).some((sign) => text.includes(sign)));
  if (named === undefined) return { named, rest: text };
  const rest = [named, ...signOf(named)].reduce((left, name) => left.replaceAll(name, ' '), text);
  return { named, rest: rest.replaceAll(/\s+/g, ' ').trim() };
}

/** `us$` and `$`; none where a currency has its code alone. */
function signOf(currency: string): string[] {
  const signs = (['symbol', 'narrowSymbol'] as const).flatMap((currencyDisplay) => {
    const format = new Intl.NumberFormat('en-US', { style: 'currency', currency, currencyDisplay });
    const sign = format.formatToParts(0).find(({ type }) => type === 'currency');
    return sign ? [sign.value.toLowerCase()] : [];
  });
  return signs.filter((sign) => SIGNS.test(sign) && sign !== currency);
}

const AMOUNT = String.raw`(\d[\d.,]*)`;
const EXACTLY = new RegExp(`^${AMOUNT}$`);
const BETWEEN = new RegExp(`^${AMOUNT} ?(?:to|-|–) ?${AMOUNT}$`);
const FROM = new RegExp(`^from ${AMOUNT}$`);
const UP_TO = new RegExp(`^up to ${AMOUNT}$`);

type Ends = [from: string | undefined, to: string | undefined];

function endsOf(text: string): Ends | null {
  const [, exactly] = EXACTLY.exec(text) ?? [];
  if (exactly !== undefined) return [exactly, exactly];
  const [, first, last] = BETWEEN.exec(text) ?? [];
  if (first !== undefined) return [first, last];
  const [, from] = FROM.exec(text) ?? [];
  const [, to] = UP_TO.exec(text) ?? [];
  return from === undefined && to === undefined ? null : [from, to];
}

const THOUSANDS = /^\d{1,3}(,\d{3})+(\.\d+)?$/;

function toMinor(amount: string, currency: string): number | null {
  const plain = THOUSANDS.test(amount) ? amount.replaceAll(',', '') : amount;
  const { body } = readForm({ 'amountMinor@minor:currency': [plain], currency: [currency] }, 'UTC');
  return typeof body.amountMinor === 'number' ? body.amountMinor : null;
}
