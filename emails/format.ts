import type { Instant } from '../workflows/domain/instant.ts';
import type { Money } from '../workflows/domain/money.ts';
import type { Charge, Period } from './entries/variable.ts';

const LOCALE = 'en-US';

/** The IANA zone in which instants are shown [R1.3]. */
type Zone = { timeZone: string };

/**
 * Currencies whose minor unit, as Stripe counts it, is not a hundredth. Intl's own digits are for
 * display and differ (HUF 0, IDR 0, ISK 0): used to divide, they would show amounts a hundredfold.
 * https://docs.stripe.com/currencies#zero-decimal
 */
const ZERO_DECIMAL = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ');
const THREE_DECIMAL = 'BHD JOD KWD OMR TND'.split(' ');

export function minorDigits(currency: string): number {
  if (ZERO_DECIMAL.includes(currency)) return 0;
  return THREE_DECIMAL.includes(currency) ? 3 : 2;
}

/**
 * The amount as a decimal numeral, made from the integer's own digits: `-5` in cents is `-0.05`.
 */
function decimalOf(amountMinor: number, digits: number): string {
  if (!Number.isSafeInteger(amountMinor)) throw new RangeError(`not an integer of minor units: ${amountMinor}`);
  const sign = amountMinor < 0 ? '-' : '';
  const padded = String(Math.abs(amountMinor)).padStart(digits + 1, '0');
  const whole = padded.slice(0, padded.length - digits);
  return digits === 0 ? `${sign}${whole}` : `${sign}${whole}.${padded.slice(-digits)}`;
}

/** `$1,234.50`, `−¥5,000`, `KWD 1.234`: exact, with a true minus [R1.4]. */
export function formatMoney(money: Money): string {
  const currency = money.currency.toUpperCase();
  const numeral = decimalOf(money.amountMinor, minorDigits(currency));
  return moneyFormat(currency)
    .format(numeral as Intl.StringNumericLiteral)
    .replace('-', '−');
}

/**
 * Making a format takes far longer than using it, so each is made once for its currency or time
 * zone.
 */
function madeOnce<Format>(make: (of: string) => Format) {
  const made = new Map<string, Format>();
  return (of: string): Format => {
    const format = made.get(of) ?? make(of);
    made.set(of, format);
    return format;
  };
}

const moneyFormat = madeOnce((currency) => {
  const digits = minorDigits(currency);
  const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(LOCALE, { style: 'currency', currency, ...fraction });
});

const instantFormat = madeOnce(
  (timeZone) =>
    new Intl.DateTimeFormat(LOCALE, {
      timeZone,
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
    }),
);

const dayFormat = madeOnce((timeZone) => new Intl.DateTimeFormat(LOCALE, { timeZone, dateStyle: 'long' }));

/** `March 31, 2026 at 5:00 PM`: in the site's zone, which the email names once (R1.3). */
export function formatInstant(at: Instant, site: Zone): string {
  // ICU writes a narrow no-break space before PM, which some mail clients show as a box.
  return instantFormat(site.timeZone).format(new Date(at)).replaceAll('\u202f', ' ');
}

/** `$49.00 on April 30, 2026`. */
export function formatCharge(charge: Charge, site: Zone): string {
  return `${formatMoney(charge.amount)} on ${formatDay(charge.at, site)}`;
}

/** `March 31, 2026`: the day in the site's zone. */
export function formatDay(at: Instant, site: Zone): string {
  return dayFormat(site.timeZone).format(new Date(at));
}

/** `May 5 to June 5, 2027`; the first year only if it is another. */
export function formatPeriod({ from, to }: Period, site: Zone): string {
  const [first, last] = [formatDay(from, site), formatDay(to, site)];
  const year = last.slice(-', 2027'.length);
  return `${first.endsWith(year) ? first.slice(0, -year.length) : first} to ${last}`;
}

const zoneFormat = madeOnce((timeZone) => new Intl.DateTimeFormat(LOCALE, { timeZone, timeZoneName: 'longGeneric' }));

/** `Pacific Time`, winter and summer. */
export function zoneName({ timeZone }: Zone): string {
  const part = zoneFormat(timeZone)
    .formatToParts(0)
    .find(({ type }) => type === 'timeZoneName');
  return part?.value === 'GMT+00:00' ? 'UTC' : (part?.value ?? timeZone);
}
