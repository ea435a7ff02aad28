import { dayAt, hoursOn, weekdayOf, type WorkingHours } from './working-hours.ts';
import type { OffsetSpan, Range } from './zone-offsets.ts';

/** What says when an expert can be called. */
export type Diary = {
  workingHours: WorkingHours;
  /** Of the expert's zone, around all that is asked for. */
  offsets: readonly OffsetSpan[];
  /** Between a call and whatever else the expert has. */
  bufferMs: number;
  /** By the expert's calendar; null: as many as fit. */
  maxCallsPerDay: number | null;
  /** Time off: a call may end when it begins, and begin when it ends. */
  off: readonly Range[];
  /** Office hours and what the outside calendar has, each with the buffer behind it. */
  taken: readonly Range[];
  /** The calls that are booked, each with the buffer behind it. */
  calls: readonly Range[];
};

/** Slots that begin in `[startMs, endMs)`, of one length. */
export type SlotsAsked = Range & { callMs: number };

/**
 * An expert's open slots, the earliest first. From the beginning of each part of the working hours
 * slot follows slot with the buffer between them, whatever is taken: so a slot is open or not, and
 * never moves.
 */
export function slotsOf(diary: Diary, { startMs, endMs, callMs }: SlotsAsked): Range[] {
  const { workingHours, offsets, bufferMs } = diary;
  const [off, taken] = [merged(diary.off), merged([...diary.taken, ...diary.calls])];
  const full = fullDays(diary);
  const slots: Range[] = [];
  const lastDay = dayAt(endMs, offsets);
  for (let day = dayAt(startMs, offsets); day <= lastDay; day += 1) {
    if (full.has(day)) continue;
    for (const hours of workingHours[weekdayOf(day)] ?? []) {
      const open = hoursOn(day, hours, offsets);
      if (!open) continue;
      for (let at = open.startMs; at + callMs <= open.endMs && at < endMs; at += callMs + bufferMs) {
        const end = at + callMs;
        const isOpen = at >= startMs && !overlaps(off, at, end) && !overlaps(taken, at, end + bufferMs);
        if (isOpen) slots.push({ startMs: at, endMs: end });
      }
    }
  }
  return slots;
}

/** Whether the very slot that begins at `startMs` is open, as `slotsOf` says it. */
export const isSlotOpen = (diary: Diary, startMs: number, callMs: number): boolean =>
  slotsOf(diary, { startMs, endMs: startMs + 1, callMs }).length > 0;

/** Whether another call is in the way of one that begins at `startMs`. */
export const isCalled = ({ calls, bufferMs }: Diary, startMs: number, callMs: number): boolean =>
  overlaps(merged(calls), startMs, startMs + callMs + bufferMs);

/** What keeps others away: until it has ended, and the buffer is over. */
export const withBuffer = ({ startMs, endMs }: Range, bufferMs: number): Range => ({
  startMs,
  endMs: endMs + bufferMs,
});

/** Days on which no further call fits; the least of `maxCallsPerDay` is 1. */
function fullDays({ maxCallsPerDay, calls, offsets }: Diary): ReadonlySet<number> {
  const full = new Set<number>();
  if (maxCallsPerDay === null) return full;
  const counts = new Map<number, number>();
  for (const { startMs } of calls) {
    const day = dayAt(startMs, offsets);
    const count = (counts.get(day) ?? 0) + 1;
    counts.set(day, count);
    if (count >= maxCallsPerDay) full.add(day);
  }
  return full;
}

/** In order, and none overlaps another. */
export function merged(ranges: readonly Range[]): Range[] {
  const apart: Range[] = [];
  for (const { startMs, endMs } of [...ranges].sort((a, b) => a.startMs - b.startMs)) {
    const last = apart.at(-1);
    if (last && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
    else apart.push({ startMs, endMs });
  }
  return apart;
}

/** Bisects: only the first range that ends after the slot's beginning can overlap it. */
function overlaps(ranges: readonly Range[], startMs: number, endMs: number): boolean {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle]!.endMs > startMs) high = middle;
    else low = middle + 1;
  }
  return low < ranges.length && ranges[low]!.startMs < endMs;
}
