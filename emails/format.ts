import type { Instant } from '../workflows/domain/instant.ts';
import type { Money } from '../workflows/domain/money.ts';
import type { Charge, PaidAmount, Period } from './entries/variable.ts';
import type { LanguageCode } from './languages/codes.ts';
import { LANGUAGES } from './languages/index.ts';
import type { Language } from './languages/language.ts';
import { fill } from './words/fill.ts';

/** The IANA zone in which instants are shown [R1.3], and the language; absent = English. */
type Reader = { timeZone: string; language?: LanguageCode | undefined };

const languageOf = ({ language = 'en' }: Pick<Reader, 'language'>): Language => LANGUAGES[language];

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

/** The amount in its currency's unit, as a number is written for programs: `-1234.50`. */
export const decimalMoney = ({ amountMinor, currency }: Money): string =>
  decimalOf(amountMinor, minorDigits(currency.toUpperCase()));

/** `$1,234.50`, `−¥5,000`, `KWD 1.234`: exact, with a true minus [R1.4]. */
export function formatMoney(money: Money, reader: Pick<Reader, 'language'> = {}): string {
  const currency = money.currency.toUpperCase();
  const numeral = decimalOf(money.amountMinor, minorDigits(currency));
  return moneyFormat(languageOf(reader).locale, currency)
    .format(numeral as Intl.StringNumericLiteral)
    .replace('-', '−');
}

/**
 * Making a format takes far longer than using it, so each is made once for its locale and its
 * currency or time zone.
 */
function madeOnce<Format>(make: (locale: string, of: string) => Format) {
  const made = new Map<string, Format>();
  return (locale: string, of: string): Format => {
    const name = `${locale} ${of}`;
    const format = made.get(name) ?? make(locale, of);
    made.set(name, format);
    return format;
  };
}

const moneyFormat = madeOnce((locale, currency) => {
  const digits = minorDigits(currency);
  const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(locale, { style: 'currency', currency, ...fraction });
});

const DATE = { month: 'long', day: 'numeric' } as const;
const dated = (more: Intl.DateTimeFormatOptions) =>
  madeOnce((locale, timeZone) => new Intl.DateTimeFormat(locale, { timeZone, ...more }));

const instantFormat = dated({ ...DATE, year: 'numeric', hour: 'numeric', minute: '2-digit' });
const dayFormat = dated({ dateStyle: 'long' });
const dayOfYearFormat = dated(DATE);
const yearFormat = dated({ year: 'numeric' });
const zoneFormat = dated({ timeZoneName: 'longGeneric' });

type Dated = typeof dayFormat;
const show = (format: Dated, at: Instant, reader: Reader): string =>
  format(languageOf(reader).locale, reader.timeZone).format(new Date(at));

/** `March 31, 2026 at 5:00 PM`: in the site's zone, which the email names once (R1.3). */
export function formatInstant(at: Instant, site: Reader): string {
  // ICU writes a narrow no-break space before PM, which some mail clients show as a box.
  return show(instantFormat, at, site).replaceAll('\u202f', ' ');
}

/** `$49.00 on April 30, 2026`. */
export const formatCharge = (charge: Charge, site: Reader): string =>
  fill(languageOf(site).forms.charge, { amount: formatMoney(charge.amount, site), day: formatDay(charge.at, site) });

/** `$49.00, April 30, 2026`. */
export const formatPayment = ({ amount, paidAt }: PaidAmount, site: Reader): string =>
  fill(languageOf(site).forms.payment, { amount: formatMoney(amount, site), day: formatDay(paidAt, site) });

/** `March 31, 2026`: the day in the site's zone. */
export const formatDay = (at: Instant, site: Reader): string => show(dayFormat, at, site);

/** `May 5 to June 5, 2027`; the first year only if it is another. */
export function formatPeriod({ from, to }: Period, site: Reader): string {
  const isOneYear = show(yearFormat, from, site) === show(yearFormat, to, site);
  const first = isOneYear ? show(dayOfYearFormat, from, site) : formatDay(from, site);
  return fill(languageOf(site).forms.period, { from: first, to: formatDay(to, site) });
}

/** In 1970 many zones had no summer, and are called by their winter's name then. */
const OF_TODAYS_RULES = Date.UTC(2026, 0);

/** `Pacific Time`, winter and summer. */
export function zoneName(site: Reader): string {
  const part = zoneFormat(languageOf(site).locale, site.timeZone)
    .formatToParts(OF_TODAYS_RULES)
    .find(({ type }) => type === 'timeZoneName');
  return part?.value === 'GMT+00:00' ? 'UTC' : (part?.value ?? site.timeZone);
}
