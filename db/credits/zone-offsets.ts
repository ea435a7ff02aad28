import { Temporal } from 'temporal-polyfill';
import { DAY_MS } from '../../workflows/domain/instant.ts';

/** From this instant on, clocks of a zone are so far ahead of UTC; the first holds from ever. */
export type OffsetSpan = { fromMs: number; offsetMs: number };

/** `[startMs, endMs)` */
export type Range = { startMs: number; endMs: number };

/** What is known of a zone, and for when; asking the calendar takes milliseconds a zone. */
const KNOWN = new Map<string, Range & { offsets: OffsetSpan[] }>();

const MARGIN_MS = 200 * DAY_MS;

/** How far a zone's clocks are ahead of UTC, correct for `[startMs, endMs)`. */
export function offsetsOf(timeZone: string, { startMs, endMs }: Range): OffsetSpan[] {
  const known = KNOWN.get(timeZone);
  if (known && known.startMs <= startMs && endMs <= known.endMs) return known.offsets;
  const read = { startMs: startMs - MARGIN_MS, endMs: endMs + MARGIN_MS };
  const offsets = readOffsets(timeZone, read);
  KNOWN.set(timeZone, { startMs: read.startMs, endMs: read.endMs, offsets });
  return offsets;
}

function readOffsets(timeZone: string, { startMs, endMs }: Range): OffsetSpan[] {
  const spans: OffsetSpan[] = [];
  let at: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO(timeZone);
  while (at && at.epochMilliseconds < endMs) {
    const fromMs = spans.length === 0 ? -Infinity : at.epochMilliseconds;
    spans.push({ fromMs, offsetMs: at.offsetNanoseconds / 1_000_000 });
    at = at.getTimeZoneTransition('next');
  }
  return spans;
}
