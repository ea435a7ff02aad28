/**
 * An instant in UTC, ISO-8601 with milliseconds: `2026-01-31T09:00:00.000Z` [R1.1]. Such strings
 * sort by time.
 */
export type Instant = string;

export const MINUTE_MS = 60 * 1000;
export const DAY_MS = 24 * 60 * MINUTE_MS;

export const toMs = (at: Instant): number => Date.parse(at);

export const fromMs = (ms: number): Instant => new Date(ms).toISOString();

/** `n` days of exactly 24 hours each [R1.1]. */
export const addDays = (at: Instant, n: number): Instant => fromMs(toMs(at) + n * DAY_MS);

export const earliest = (...instants: (Instant | null | undefined)[]): Instant | null =>
  instants.filter((at): at is Instant => at != null).sort()[0] ?? null;

export const latest = (a: Instant, b: Instant): Instant => (a > b ? a : b);

/** Instants that Stripe keeps too are whole seconds [R1.1]. */
export const isWholeSecond = (at: Instant): boolean => toMs(at) % 1000 === 0;

/** The whole second that an instant is in. */
export const toWholeSecond = (at: Instant): Instant => fromMs(Math.floor(toMs(at) / 1000) * 1000);

const WITH_ZONE = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/**
 * Reads an instant that carries a zone; `null` for a bare date, a local time, or no date at all
 * [R1.1].
 */
export function parseInstant(text: string): Instant | null {
  if (!WITH_ZONE.test(text)) return null;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return null;
  const day = Number(text.slice(8, 10));
  const daysInMonth = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate();
  return day <= daysInMonth && ms >= 0 && ms < Date.UTC(10_000, 0) ? fromMs(ms) : null;
}
