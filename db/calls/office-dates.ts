import { addDays, toMs, type Instant } from '../../workflows/domain/instant.ts';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import { datesOf, type BlockDate } from '../credits/block-dates.ts';
import { timeOffBetween } from './calendar.ts';
import { OfficeHours } from '../entities/office-hours.ts';
import { query, sql } from '../sql.ts';

/**
 * One day's office hours; `seatIds`: of the seats that are booked, by whose they are. `isOff`: the
 * host has time off then, so nobody can book it.
 */
export type OfficeDate = BlockDate & {
  block: OfficeHours;
  booked: number;
  seatIds: Map<string, string>;
  isOff: boolean;
};

type Asked = { from: Instant; until: Instant; expertId?: string | undefined };

/**
 * The office hours that overlap `[from, until)`, the earliest first, with the seats that are
 * booked. Of archived blocks, the days alone on which somebody has a seat.
 */
export async function findOfficeDates(em: Scoped, { from, until, expertId }: Asked): Promise<OfficeDate[]> {
  const blocks = await em.find(OfficeHours, expertId === undefined ? {} : { expertId }, { orderBy: { id: 'asc' } });
  const within = { startMs: toMs(from), endMs: toMs(until) };
  const [seats, isOff] = [await bookedSeats(em, { from, until }), await hostsOff(em, { from, until })];
  return blocks
    .flatMap((block) =>
      datesOf(block, within).map((day): OfficeDate => {
        const taken = seats.get(keyOf(block.id, day.date)) ?? [];
        const seatIds = new Map(taken.map(({ contactId, id }) => [contactId, id]));
        return { ...day, block, booked: taken.length, seatIds, isOff: isOff(block.expertId, day) };
      }),
    )
    .filter(({ block, booked }) => block.archivedAt === null || booked > 0)
    .sort((a, b) => a.startMs - b.startMs || (a.block.id < b.block.id ? -1 : 1));
}

/** How many seats of each block and date are booked. */
export async function countBookedSeats(em: Scoped, range: Asked): Promise<(blockId: string, date: string) => number> {
  const seats = await bookedSeats(em, range);
  return (blockId, date) => seats.get(keyOf(blockId, date))?.length ?? 0;
}

/** Whether a host has time off in some of these hours, which lie within the range. */
export async function hostsOff(em: Scoped, range: Asked): Promise<(expertId: string, hours: BlockDate) => boolean> {
  const off = Map.groupBy(await timeOffBetween(em, range), ({ expertId }) => expertId);
  return (expertId, { startMs, endMs }) =>
    (off.get(expertId) ?? []).some(({ startsAt, endsAt }) => toMs(startsAt) < endMs && toMs(endsAt) > startMs);
}

type BookedSeat = { id: string; blockId: string; date: string; contactId: string };

const keyOf = (blockId: string, date: string): string => `${blockId} ${date}`;

async function bookedSeats(em: Scoped, { from, until }: Asked): Promise<Map<string, BookedSeat[]>> {
  const seats = await query<BookedSeat>(
    em,
    sql`select id, block_id as "blockId", date::text, contact_id as "contactId" from seats
      where account_id = ${accountIdOf(em)} and state = 'booked' and starts_at > ${addDays(from, -2)} and starts_at < ${until} and ends_at > ${from}`,
  );
  return Map.groupBy(seats, ({ blockId, date }) => keyOf(blockId, date));
}
