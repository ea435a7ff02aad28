import type { Charge, Instant, Money, Site } from './catalogue.ts';

/**
 * Currencies whose minor unit, as Stripe counts it, is not a hundredth.
 * Intl's own digits are for display and differ (HUF 0, IDR 0, ISK 0): used to divide, they would show amounts a
 * hundredfold. https://docs.stripe.com/currencies#zero-decimal
 */
const ZERO_DECIMAL = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ');
const THREE_DECIMAL = 'BHD JOD KWD OMR TND'.split(' ');

export function minorDigits(currency: string): number {
  if (ZERO_DECIMAL.includes(currency)) return 0;
  return THREE_DECIMAL.includes(currency) ? 3 : 2;
}

/** The amount as a decimal numeral, made from the integer's own digits: `-5` in cents is `-0.05`. */
function decimalOf(amountMinor: number, digits: number): string {
  if (!Number.isSafeInteger(amountMinor)) throw new RangeError(`not an integer of minor units: ${amountMinor}`);
  const sign = amountMinor < 0 ? '-' : '';
  const padded = String(Math.abs(amountMinor)).padStart(digits + 1, '0');
  const whole = padded.slice(0, padded.length - digits);
  return digits === 0 ? `${sign}${whole}` : `${sign}${whole}.${padded.slice(-digits)}`;
}

/** `$1,234.50`, `¥5,000`, `KWD 1.234`: exact, in the site's locale (R1.4). */
export function formatMoney(money: Money, site: Pick<Site, 'locale'>): string {
  const currency = money.currency.toUpperCase();
  const numeral = decimalOf(money.amountMinor, minorDigits(currency));
  return moneyFormat(site.locale, currency).format(numeral as Intl.StringNumericLiteral);
}

/** Making a format takes far longer than using it: each is made once for a locale and what it is of (a currency, a time zone). */
function madeOnce<Format>(make: (locale: string, of: string) => Format) {
  const made = new Map<string, Format>();
  return (locale = 'en-US', of: string): Format => {
    const key = `${locale} ${of}`;
    const format = made.get(key) ?? make(locale, of);
    made.set(key, format);
    return format;
  };
}

const moneyFormat = madeOnce((locale, currency) => {
  const digits = minorDigits(currency);
  const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(locale, { style: 'currency', currency, ...fraction });
});

const instantFormat = madeOnce(
  (locale, timeZone) =>
    new Intl.DateTimeFormat(locale, {
      timeZone,
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
      timeZoneName: 'short',
    }),
);

const dayFormat = madeOnce((locale, timeZone) => new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium' }));

/** `March 31, 2026 at 5:00 PM PDT`: in the site's zone, which is named (R1.3). */
export function formatInstant(at: Instant, site: Pick<Site, 'locale' | 'timeZone'>): string {
  // ICU writes a narrow no-break space before PM, which some mail clients show as a box.
  return instantFormat(site.locale, site.timeZone).format(new Date(at)).replaceAll('\u202f', ' ');
}

/** `$49.00 on April 30, 2026 at 9:00 AM PDT`. */
export function formatCharge(charge: Charge, site: Site): string {
  return `${formatMoney(charge.amount, site)} on ${formatInstant(charge.at, site)}`;
}

/** An instant that may be none: `no date set`; left out where it is not known. */
export function formatDate(at: Instant | null | undefined, site: Site): string | undefined {
  if (at === undefined) return undefined;
  return at === null ? 'no date set' : formatInstant(at, site);
}

/** `Mar 31, 2026`: the day in the site's zone. */
export function formatDay(at: Instant, site: Pick<Site, 'locale' | 'timeZone'>): string {
  return dayFormat(site.locale, site.timeZone).format(new Date(at));
}
