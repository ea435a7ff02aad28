/** A thread of its own: what strangers wrote into a calendar holds no other work up [R24.5]. */
import { parentPort, workerData } from 'node:worker_threads';
import ical, { type VEvent } from 'node-ical';
import { Temporal } from 'temporal-polyfill';
import type { Range } from '../../db/credits/zone-offsets.ts';
import { DAY_MS } from '../../workflows/domain/instant.ts';

/** What is asked: a calendar's text, and the busy times of it in `[startMs, endMs)`. */
export type Asked = { text: string; timeZone: string; startMs: number; endMs: number };

type Moment = Date & { tz?: string | undefined };

/** A time without a zone, and a whole day, are by the clock of whose calendar it is. */
function toMs(at: Moment, timeZone: string): number {
  if (at.tz !== undefined) return at.getTime();
  const shown = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(Temporal.Now.timeZoneId());
  return shown.toPlainDateTime().toZonedDateTime(timeZone).epochMilliseconds;
}

/** Outlook says of an event in a property of its own that it is no appointment. */
function isFree(event: VEvent): boolean {
  const { transparency, status } = event as { transparency?: unknown; status?: unknown };
  const outlook = (event as unknown as Record<string, unknown>)['MICROSOFT-CDO-BUSYSTATUS'];
  return transparency === 'TRANSPARENT' || status === 'CANCELLED' || outlook === 'FREE';
}

function busyTimes({ text, timeZone, startMs, endMs }: Asked): Range[] {
  const busy: Range[] = [];
  const add = (from: Moment, to: Moment) => {
    const range = { startMs: toMs(from, timeZone), endMs: toMs(to, timeZone) };
    if (range.startMs < range.endMs && range.startMs < endMs && range.endMs > startMs) busy.push(range);
  };
  // A day around it, for what has no zone of its own.
  const within = { from: new Date(startMs - DAY_MS), to: new Date(endMs + DAY_MS), expandOngoing: true };
  for (const part of Object.values(ical.sync.parseICS(text))) {
    if (part?.type === 'VEVENT') {
      for (const one of ical.expandRecurringEvent(part, within)) if (!isFree(one.event)) add(one.start, one.end);
    } else if (part?.type === 'VFREEBUSY') {
      for (const { type, start, end } of part.freebusy ?? []) if (type.startsWith('BUSY')) add(start, end);
    }
  }
  return busy;
}

parentPort?.postMessage(busyTimes(workerData as Asked));
