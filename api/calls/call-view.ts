import type { z } from 'zod';
import type { Scoped } from '../../db/account-scope.ts';
import { whoIsBooked, type Booked } from '../../db/calls/bookings.ts';
import type { Call } from '../../db/entities/call.ts';
import { InboxRow } from '../../db/entities/inbox-row.ts';
import type { Seat } from '../../db/entities/seat.ts';
import { actorEmails } from '../../db/people/actor-emails.ts';
import type { Team } from '../http/route.ts';
import { noticeEndsAt } from '../../workflows/domain/calls/bookings.ts';
import {
  CREDIT_FATES,
  type callSchema,
  type myCallSchema,
  type mySeatSchema,
  type myPreview,
  type seatSchema,
} from './call-schema.ts';

type ApiCall = z.input<typeof callSchema>;
type ApiSeat = z.input<typeof seatSchema>;

/** Calls as their booker sees them, and whoever of the same team. */
export async function toMyCalls(
  em: Scoped,
  calls: readonly Call[],
  team?: Team,
): Promise<z.input<typeof myCallSchema>[]> {
  const booked = await whoIsBooked(em, calls);
  const bookers = await bookersOf(em, calls, team);
  return calls.map((call) => ({ ...ofCall(call, booked), bookedBy: bookers.get(call.id) ?? null }));
}

/** The addresses of those of a team who booked, by call or seat, whose id is their command's. */
async function bookersOf(em: Scoped, booked: readonly { id: string }[], team?: Team): Promise<Map<string, string>> {
  if (!team || booked.length === 0) return new Map();
  const commands = await em.find(InboxRow, { id: { $in: booked.map(({ id }) => id) } });
  const emails = await actorEmails(
    team.em,
    commands.flatMap(({ actor }) => actor ?? []),
  );
  return new Map(commands.map(({ id, actor }) => [id, emails.get(actor?.id ?? '') ?? '']));
}

export async function toApiCalls(em: Scoped, calls: readonly Call[]): Promise<ApiCall[]> {
  const booked = await whoIsBooked(em, calls);
  return calls.map((call) => ({ ...ofCall(call, booked), contact: contactOf(call, booked) }));
}

export async function toMySeats(
  em: Scoped,
  seats: readonly Seat[],
  team?: Team,
): Promise<z.input<typeof mySeatSchema>[]> {
  const booked = await whoIsBooked(em, seats);
  const bookers = await bookersOf(em, seats, team);
  return seats.map((seat) => ({ ...ofSeat(seat, booked), bookedBy: bookers.get(seat.id) ?? null }));
}

export async function toApiSeats(em: Scoped, seats: readonly Seat[]): Promise<ApiSeat[]> {
  const booked = await whoIsBooked(em, seats);
  return seats.map((seat) => ({ ...ofSeat(seat, booked), contact: contactOf(seat, booked) }));
}

function ofCall(call: Call, booked: Booked): Omit<z.input<typeof myCallSchema>, 'bookedBy'> {
  const { id, purchaseId, state, startsAt, endsAt, bookedAt, endedAt } = call;
  return {
    id,
    purchaseId,
    expert: expertOf(call, booked),
    state,
    startsAt,
    endsAt,
    meetingUrl: booked.experts.get(call.expertId)?.meetingUrl ?? '',
    credit: CREDIT_FATES.find((fate) => fate === call.credit) ?? null,
    movableUntil: state === 'booked' ? noticeEndsAt(call) : null,
    bookedAt,
    endedAt,
  };
}

function ofSeat(seat: Seat, booked: Booked): Omit<z.input<typeof mySeatSchema>, 'bookedBy'> {
  const { id, purchaseId, blockId, date, state, startsAt, endsAt, bookedAt, endedAt } = seat;
  return {
    id,
    purchaseId,
    blockId,
    date,
    seat: seat.seat,
    expert: expertOf(seat, booked),
    state,
    startsAt,
    endsAt,
    meetingUrl: booked.blocks.get(blockId)?.meetingUrl ?? booked.experts.get(seat.expertId)?.meetingUrl ?? '',
    bookedAt,
    endedAt,
  };
}

function expertOf({ expertId: id }: { expertId: string }, { experts }: Booked) {
  const expert = experts.get(id);
  return { id, name: expert?.name ?? '', timeZone: expert?.timeZone ?? 'UTC' };
}

function contactOf({ contactId: id }: { contactId: string }, { contacts }: Booked) {
  const contact = contacts.get(id);
  return { id, name: contact?.name ?? null, email: contact?.email ?? null };
}

/** What bookers and experts are told of a preview: which call, and what becomes of the credit. */
export function toBookersPreview(body: object): z.input<typeof myPreview> {
  const { planHash, calls, credits } = body as Omit<z.input<typeof myPreview>, 'status'>;
  return { status: 'preview', planHash, calls, credits };
}
