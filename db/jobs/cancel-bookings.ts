import { v7 as uuid } from 'uuid';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import type { CancelCallInput } from '../../workflows/verbs/cancel-call.ts';
import type { CancelSeatInput } from '../../workflows/verbs/office-seats.ts';
import type { Scoped } from '../account-scope.ts';
import { lockExpert } from '../calls/shut-slots.ts';
import { Call } from '../entities/call.ts';
import { ExpertTimeOff } from '../entities/expert-time-off.ts';
import { Job } from '../entities/job.ts';
import { Seat } from '../entities/seat.ts';
import { intoInboxes, type JobCommand } from './into-inboxes.ts';

/** Everything of an expert in `[startsAt, endsAt)`. */
export type Absence = { expertId: string; startsAt: Instant; endsAt: Instant };

/** What is booked with an expert in a time, and has not ended at `now`. */
export async function bookedIn(em: Scoped, { expertId, startsAt, endsAt }: Absence, now: Instant) {
  const where = {
    expertId,
    state: 'booked',
    startsAt: { $lt: endsAt },
    endsAt: { $gt: startsAt > now ? startsAt : now },
  };
  const order = { orderBy: { startsAt: 'asc', id: 'asc' }, disableIdentityMap: true } as const;
  return { calls: await em.find(Call, where as object, order), seats: await em.find(Seat, where as object, order) };
}

export type Booked = Awaited<ReturnType<typeof bookedIn>>;

type Asked = Absence & { accountId: string; actor: Actor; reason: string | null; now: Instant };
type BookingCommand = JobCommand<CancelCallInput | CancelSeatInput>;

/**
 * Takes the expert away for a time, and puts the cancellation of all that is booked then into the
 * inboxes, in the one transaction of `tx`: bookings that come later find the expert away.
 */
export async function cancelBookings(
  tx: Scoped,
  { accountId, actor, reason, now, ...absence }: Asked,
): Promise<{ job: Job; commands: JobCommand[] }> {
  const { expertId, startsAt, endsAt } = absence;
  await lockExpert(tx, expertId);
  const covers = { expertId, startsAt: { $lte: startsAt }, endsAt: { $gte: endsAt } };
  if ((await tx.count(ExpertTimeOff, covers)) === 0)
    await tx.insert(ExpertTimeOff, { id: uuid(), accountId, ...absence, createdAt: now });
  const job = {
    id: uuid(),
    accountId,
    kind: 'cancel-bookings' as const,
    input: absence,
    actor,
    reason,
    createdAt: now,
  };
  await tx.insert(Job, job);
  const commands = commandsFor(await bookedIn(tx, absence, now));
  await intoInboxes(tx, job, commands);
  return { job, commands };
}

/** The cancellations of what is booked, as the site's own. */
export function commandsFor({ calls, seats }: Booked): BookingCommand[] {
  const by = 'site' as const;
  const ofCalls = calls.map(({ id: callId, purchaseId, expertId, startsAt }): BookingCommand => {
    const input = { callId, by, only: { expertId, startsAt } };
    return { commandId: uuid(), purchaseId, name: 'cancel-call', input };
  });
  const ofSeats = seats.map(({ id: seatId, purchaseId }): BookingCommand => {
    return { commandId: uuid(), purchaseId, name: 'cancel-seat', input: { seatId, by } };
  });
  return [...ofCalls, ...ofSeats];
}
