import { keepBusyTimes, noteCalendarFailure, type DueCalendar } from '../../db/credits/calendars.ts';
import type { Orm } from '../../db/orm.ts';
import { log } from '../../log.ts';
import { DAY_MS, toMs } from '../../workflows/domain/instant.ts';
import { fetchOutside, OutsideFault } from '../gateways/fetch-outside.ts';
import type { Reach } from '../gateways/outside-address.ts';
import { readBusyTimes } from './busy-times.ts';

const LIMITS = { mostBytes: 5_000_000, timeoutMs: 15_000 };
const READ_MS = 20_000;
/** Far beyond what can be booked, so that a test account's clock may move on for a while. */
const DAYS_AHEAD = 400;

/** Fetches an expert's outside calendar and keeps when it is busy, or why it could not be read. */
export async function readCalendar({ orm, reach }: { orm: Orm; reach: Reach }, calendar: DueCalendar): Promise<void> {
  const { url, timeZone, expertId } = calendar;
  const now = toMs(calendar.now);
  try {
    const text = await fetchOutside(url, { ...LIMITS, reach });
    const within = { startMs: now - DAY_MS, endMs: now + DAYS_AHEAD * DAY_MS };
    await keepBusyTimes(orm.em.fork(), calendar, await readBusyTimes({ text, timeZone, ...within }, READ_MS));
  } catch (error) {
    if (!(error instanceof OutsideFault)) throw error;
    log.info({ expertId }, 'calendar.not_read');
    await noteCalendarFailure(orm.em.fork(), calendar, error.message);
  }
}
