import type { OfficeHours } from '../entities/office-hours.ts';
import { dayAt, hoursOn, toDate, weekdayOf } from './working-hours.ts';
import { offsetsOf, type Range } from './zone-offsets.ts';

/** One date of a block, by its own zone's calendar: `date` names it. */
export type BlockDate = Range & { date: string };

/** The dates of a block that overlap `[startMs, endMs)`, the earliest first [R19.6]. */
export function datesOf(block: Pick<OfficeHours, 'weekday' | 'from' | 'to' | 'timeZone'>, within: Range): BlockDate[] {
  const offsets = offsetsOf(block.timeZone, within);
  const dates: BlockDate[] = [];
  const lastDay = dayAt(within.endMs, offsets);
  for (let day = dayAt(within.startMs, offsets); day <= lastDay; day += 1) {
    const hours = weekdayOf(day) === block.weekday ? hoursOn(day, block, offsets) : null;
    if (hours && hours.endMs > within.startMs && hours.startMs < within.endMs)
      dates.push({ date: toDate(day), startMs: hours.startMs, endMs: hours.endMs });
  }
  return dates;
}
