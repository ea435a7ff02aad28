import type { EntityManager } from '@mikro-orm/postgresql';
import type { ShutSlot } from '../../workflows/domain/calls/bookings.ts';
import { MINUTE_MS, toMs, type Instant } from '../../workflows/domain/instant.ts';
import { scopeTo } from '../account-scope.ts';
import { datesOf } from '../credits/block-dates.ts';
import { shutAt } from '../credits/open-slots.ts';
import { ExpertTimeOff } from '../entities/expert-time-off.ts';
import { OfficeHours } from '../entities/office-hours.ts';
import { query, sql } from '../sql.ts';

/**
 * Slots that somebody asks for: one call with the first of some experts, or one seat. `id`: what it
 * is booked as, whose own time is not in its way.
 */
export type SlotsAsked = { id: string; accountId: string; startsAt: Instant; endsAt: Instant; askedAt: Instant } & (
  { kind: 'call'; expertIds: readonly string[] } | { kind: 'seat'; blockId: string; date: string; contactId: string }
);

/**
 * Which of the asked slots cannot be had as things stand in this transaction: taken by others, or
 * closed by working hours, time off and whatever else the expert has.
 */
export async function shutSlots(em: EntityManager, asked: SlotsAsked): Promise<ShutSlot[]> {
  return asked.kind === 'call' ? shutForCall(em, asked) : shutForSeat(em, asked);
}

type CallAsked = Extract<SlotsAsked, { kind: 'call' }>;
type SeatAsked = Extract<SlotsAsked, { kind: 'seat' }>;

function shutForCall(em: EntityManager, asked: CallAsked): Promise<ShutSlot[]> {
  const { id: movedCallId, accountId, startsAt, endsAt, askedAt, expertIds } = asked;
  const scoped = scopeTo(em.fork({ keepTransactionContext: true }), accountId);
  const callMinutes = (toMs(endsAt) - toMs(startsAt)) / MINUTE_MS;
  return shutAt(scoped, askedAt, { expertIds, startsAt, callMinutes, movedCallId });
}

async function shutForSeat(em: EntityManager, asked: SeatAsked): Promise<ShutSlot[]> {
  const { id, accountId, blockId, date, contactId, startsAt, endsAt } = asked;
  const scoped = scopeTo(em.fork({ keepTransactionContext: true }), accountId);
  const block = await scoped.findOne(OfficeHours, { id: blockId, archivedAt: null });
  const dates = block ? datesOf(block, { startMs: toMs(startsAt), endMs: toMs(endsAt) }) : [];
  if (!block || !dates.some((one) => one.date === date && one.startMs === toMs(startsAt)))
    return [{ id: blockId, why: 'closed' }];
  const isAway = { expertId: block.expertId, startsAt: { $lt: endsAt }, endsAt: { $gt: startsAt } };
  if ((await scoped.count(ExpertTimeOff, isAway)) > 0) return [{ id: blockId, why: 'closed' }];
  const [count] = await query<{ booked: number; own: number }>(
    em,
    sql`select count(*)::int as booked, (count(*) filter (where contact_id = ${contactId}))::int as own
    from seats where block_id = ${blockId} and date = ${date}::date and state = 'booked' and id <> ${id}`,
  );
  if (count && count.own > 0) return [{ id: blockId, why: 'yours' }];
  return count && count.booked >= block.seats ? [{ id: blockId, why: 'taken' }] : [];
}

/**
 * Locks the experts and blocks of the asked slots, so that what is tested holds until it is
 * recorded: other bookings of theirs wait, and so do changes of their hours.
 */
export async function lockSlots(tx: EntityManager, asked: readonly SlotsAsked[]): Promise<void> {
  const experts = asked.flatMap((one) => (one.kind === 'call' ? one.expertIds : []));
  const blocks = asked.flatMap((one) => (one.kind === 'seat' ? one.blockId : []));
  if (experts.length > 0)
    await query(tx, sql`select from experts where id = any(${experts}::uuid[]) order by id for no key update`);
  if (blocks.length > 0)
    await query(tx, sql`select from office_hours where id = any(${blocks}::uuid[]) order by id for no key update`);
}

/** The same of one expert and all blocks that they host: nothing is booked with them meanwhile. */
export async function lockExpert(tx: EntityManager, expertId: string): Promise<void> {
  await query(tx, sql`select from experts where id = ${expertId} for no key update`);
  await query(tx, sql`select from office_hours where expert_id = ${expertId} order by id for no key update`);
}
