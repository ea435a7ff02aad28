import { v7 as uuid } from 'uuid';
import type { Scoped } from '../../db/account-scope.ts';
import { findCall, findSeat } from '../../db/calls/bookings.ts';
import { findOpenSlots } from '../../db/credits/open-slots.ts';
import { datesOf } from '../../db/credits/block-dates.ts';
import { shutSlots } from '../../db/calls/shut-slots.ts';
import { slotsOfCommand } from '../../db/calls/asked-slots.ts';
import { Expert } from '../../db/entities/expert.ts';
import { OfficeHours } from '../../db/entities/office-hours.ts';
import type { Purchase } from '../../db/entities/purchase.ts';
import { findPurchase } from '../../db/purchase/purchases.ts';
import { addDays, DAY_MS, fromMs, MINUTE_MS, toMs, type Instant } from '../../workflows/domain/instant.ts';
import type { BookCallInput } from '../../workflows/verbs/book-call.ts';
import type { MoveCallInput } from '../../workflows/verbs/move-call.ts';
import type { BookSeatInput } from '../../workflows/verbs/office-seats.ts';
import { invalid, notFound } from '../http/problem.ts';
import type { Served } from '../http/route.ts';
import { askOfRequest, type Asked, type RequestCall, type RequestDeps } from '../verbs/ask-of-request.ts';

/** What a body may say besides what it asks. */
type Around = { dryRun: boolean; planHash?: string | undefined; reason?: string | undefined };

/** Who asks, and of whose purchase; `toAnswer`: what it is answered with, once it is done. */
export type BookingCall = Omit<RequestCall, 'params' | 'view'> & {
  purchaseId: string;
  toAnswer: (em: Scoped, id: string) => Promise<Served>;
  toPreview: (body: object) => object;
};

/** Books a call: with one expert, or with whoever is free then. */
export async function bookCall(
  call: BookingCall,
  body: Around & { expertId: string | null; startsAt: Instant },
  deps: RequestDeps,
): Promise<Served> {
  const purchase = await thePurchase(call);
  const callId = uuid();
  const callMinutes = purchase.snapshot.terms.credits?.callMinutes ?? 0;
  const endsAt = plusMinutes(body.startsAt, callMinutes);
  const expertIds = await expertsFor(call, { ...body, callMinutes, first: callId });
  const input: BookCallInput = { callId, startsAt: body.startsAt, endsAt, expertIds };
  return ask(call, purchase, { ...askedOf(body), name: 'book-call', commandId: callId, input, id: null }, deps);
}

export async function moveCall(
  call: BookingCall & { callId: string },
  body: Around & { expertId?: string | undefined; startsAt: Instant },
  deps: RequestDeps,
): Promise<Served> {
  const purchase = await thePurchase(call);
  const { callId } = call;
  const booked = await findCall(call.em, callId);
  if (!booked) throw notFound('call');
  const expertId = body.expertId ?? booked.expertId;
  const callMinutes = (toMs(booked.endsAt) - toMs(booked.startsAt)) / MINUTE_MS;
  const endsAt = plusMinutes(body.startsAt, callMinutes);
  const expertIds = await expertsFor(call, { expertId, startsAt: body.startsAt, callMinutes, first: callId });
  const input: MoveCallInput = { callId, startsAt: body.startsAt, endsAt, expertIds };
  return ask(call, purchase, { ...askedOf(body), name: 'move-call', commandId: uuid(), input, id: callId }, deps);
}

export async function bookSeat(
  call: BookingCall & { blockId: string },
  body: Around & { date: string },
  deps: RequestDeps,
): Promise<Served> {
  const purchase = await thePurchase(call);
  const block = await call.em.findOne(OfficeHours, { id: call.blockId });
  if (!block) throw notFound('block of office hours');
  const noon = toMs(`${body.date}T12:00:00.000Z`);
  const day = datesOf(block, { startMs: noon - 2 * DAY_MS, endMs: noon + 2 * DAY_MS }).find(
    ({ date }) => date === body.date,
  );
  if (!day) throw invalid('date', 'is no day of this block');
  const id = uuid();
  const [startsAt, endsAt] = [fromMs(day.startMs), fromMs(day.endMs)];
  const input: BookSeatInput = { id, blockId: block.id, expertId: block.expertId, date: body.date, startsAt, endsAt };
  return ask(call, purchase, { ...askedOf(body), name: 'book-seat', commandId: id, input, id: null }, deps);
}

/** Cancels or marks what is booked: `name` and `input` say how; `id`: of the call or seat. */
export async function changeBooking(
  call: BookingCall,
  { id, name, input, body }: { id: string; name: Asked['name']; input: object; body: Around },
  deps: RequestDeps,
): Promise<Served> {
  const purchase = await thePurchase(call);
  return ask(call, purchase, { ...askedOf(body), name, commandId: uuid(), input, id }, deps);
}

const plusMinutes = (at: Instant, minutes: number): Instant => fromMs(toMs(at) + minutes * MINUTE_MS);

const askedOf = ({ dryRun, planHash = undefined, reason = undefined }: Around) => ({
  dryRun,
  planHash: planHash ?? null,
  reason: reason ?? null,
});

async function thePurchase({ em, purchaseId }: BookingCall): Promise<Purchase> {
  const purchase = await findPurchase(em, purchaseId);
  if (!purchase) throw notFound('purchase');
  return purchase;
}

type Wanted = { expertId: string | null; startsAt: Instant; callMinutes: number; first: string };

/** One expert as asked; for anyone those who are free, in an order of each booking's own. */
async function expertsFor({ em, now }: BookingCall, { expertId, startsAt, callMinutes, first }: Wanted) {
  if (expertId !== null) {
    if ((await em.count(Expert, { id: expertId })) === 0) throw notFound('expert');
    return [expertId];
  }
  const until = fromMs(toMs(startsAt) + 1);
  const isSoon = startsAt > now && startsAt <= addDays(now, 61) && callMinutes > 0;
  const { slots } = isSoon ? await findOpenSlots(em, now, { from: startsAt, until, callMinutes }) : { slots: [] };
  const free = slots.map((slot) => slot.expertId);
  // Those who book at once ask different experts first, so that few of them have to ask again.
  const turn = free.length === 0 ? 0 : parseInt(first.slice(-6), 16) % free.length;
  return [...free.slice(turn), ...free.slice(0, turn)];
}

/** `id`: what is changed; null = what the command makes, which has its id. */
type AskedOf = Asked & { id: string | null };

async function ask(call: BookingCall, purchase: Purchase, { id, ...asked }: AskedOf, deps: RequestDeps) {
  const { em, account, now, actor, toAnswer, toPreview } = call;
  const { commandId, name, input } = asked;
  const command = { commandId, name, input, actor, askedAt: now, planHash: null, expectedVersion: null };
  const slots = slotsOfCommand(command, { accountId: account.id, contactId: purchase.contactId });
  const shut = slots ? await shutSlots(em, slots) : [];
  const view = async (served: Served): Promise<Served> => {
    if (served.status !== 200) return served;
    const body = served.body as { status: 'preview' } | { status: 'applied'; command: { id: string } };
    if (body.status === 'preview') return { status: 200, body: toPreview(body) };
    return { ...(await toAnswer(em.fork(), id ?? body.command.id)), headers: served.headers };
  };
  return askOfRequest({ ...call, params: { purchaseId: purchase.id }, view }, { ...asked, shut }, deps);
}

export const callById = async (em: Scoped, id: string) => {
  const call = await findCall(em, id);
  if (!call) throw notFound('call');
  return call;
};

export const seatById = async (em: Scoped, id: string) => {
  const seat = await findSeat(em, id);
  if (!seat) throw notFound('seat');
  return seat;
};
