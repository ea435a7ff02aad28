import type { Instant } from '../../../../workflows/domain/instant.ts';
import { dateOf, type Here } from '../../words/instant.ts';
import type { Calendar } from '../../parts/calls/call-words.tsx';

export type DayEntry = { key: string; startsAt: Instant; endsAt: Instant } & (
  | { kind: 'call'; call: Calendar['calls'][number] }
  | { kind: 'officeHours'; hours: Calendar['officeHours'][number] }
  | { kind: 'timeOff'; off: Calendar['timeOff'][number] }
);

/** All of a calendar in order; what begins at one instant with who is away first. */
export function entriesOf({ calls, officeHours, timeOff }: Calendar): DayEntry[] {
  const entries: DayEntry[] = [
    ...timeOff.map((off) => ({ kind: 'timeOff' as const, key: off.id, ...timesOf(off), off })),
    ...officeHours.map((hours) => {
      return { kind: 'officeHours' as const, key: `${hours.blockId} ${hours.date}`, ...timesOf(hours), hours };
    }),
    ...calls.map((call) => ({ kind: 'call' as const, key: call.id, ...timesOf(call), call })),
  ];
  return entries.sort((a, b) => (a.startsAt === b.startsAt ? 0 : a.startsAt < b.startsAt ? -1 : 1));
}

const timesOf = ({ startsAt, endsAt }: { startsAt: Instant; endsAt: Instant }) => ({ startsAt, endsAt });

/** Whether something lies on a day of the zone's calendar; it may last over several. */
export function isOn(date: string, { startsAt, endsAt }: Pick<DayEntry, 'startsAt' | 'endsAt'>, here: Here): boolean {
  const lastMoment = new Date(Date.parse(endsAt) - 1).toISOString();
  return dateOf(startsAt, here) <= date && date <= dateOf(lastMoment, here);
}
