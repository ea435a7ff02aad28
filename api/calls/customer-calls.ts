import type { z } from 'zod';
import type { Scoped } from '../../db/account-scope.ts';
import { BY_START, listCalls, listSeats } from '../../db/calls/bookings.ts';
import type { Contact } from '../../db/entities/contact.ts';
import { readPage, toShownPage } from '../http/cursor.ts';
import { boundAt } from '../http/day-or-instant.ts';
import { idParams, pageOf } from '../http/fields.ts';
import { notFound } from '../http/problem.ts';
import { ownPurchase } from '../../db/people/customer.ts';
import { leavesCommand } from '../http/audit.ts';
import { defineCustomerRoute, type CustomerCall, type Served, type Team } from '../http/route.ts';
import { theirPurchase } from '../people/customer-purchases.ts';
import { acceptedSchema } from '../people/customer-verb-schema.ts';
import type { RequestDeps } from '../verbs/ask-of-request.ts';
import { bookCall, bookSeat, callById, changeBooking, moveCall, seatById, type BookingCall } from './ask-booking.ts';
import {
  bookBody,
  moveBody,
  myCallQuery,
  myCallSchema,
  myCancelBody,
  myPreview,
  mySeatQuery,
  mySeatSchema,
  seatBody,
} from './call-schema.ts';
import { toBookersPreview, toMyCalls, toMySeats } from './call-view.ts';

const callAnswers = { 200: myCallSchema.or(myPreview), 202: acceptedSchema };
const seatAnswers = { 200: mySeatSchema.or(myPreview), 202: acceptedSchema };
const common = { tag: 'Customer', problems: [404, 409], writes: 'own' } as const;

type Asks<Params, Body> = CustomerCall<Params, unknown, Body>;

const callAnswer = async (em: Scoped, id: string): Promise<Served> => {
  const [body] = await toMyCalls(em, [await callById(em, id)]);
  return { status: 200, body };
};

const seatAnswer = async (em: Scoped, id: string): Promise<Served> => {
  const [body] = await toMySeats(em, [await seatById(em, id)]);
  return { status: 200, body };
};

/** A customer's own purchase alone. */
async function bookingOf(
  call: Asks<unknown, unknown>,
  purchaseId: string,
  toAnswer: BookingCall['toAnswer'],
): Promise<BookingCall> {
  const { em, account, now, keyed, requestId, contact, team } = call;
  await theirPurchase(em, contact, purchaseId, team);
  const actor = team?.actor ?? ({ kind: 'customer', id: contact.id } as const);
  return { em, account, now, keyed, requestId, actor, purchaseId, toAnswer, toPreview: toBookersPreview };
}

const book = defineCustomerRoute({
  ...common,
  method: 'post',
  path: '/v1/me/calls',
  location: '/v1/me/calls',
  operationId: 'bookMyCall',
  audit: leavesCommand('book-call'),
  summary: 'Book a call, for which a credit is held',
  body: bookBody,
  example: { purchaseId: '018f2f6e-7d3a-7c4e-9d5b-1f2a3b4c5d6e', startsAt: '2027-03-14T09:00:00.000Z', dryRun: true },
  answers: callAnswers,
  handle: async (call: Asks<unknown, z.output<typeof bookBody>>, deps: RequestDeps) =>
    bookCall(await bookingOf(call, call.body.purchaseId, callAnswer), call.body, deps),
});

const list = defineCustomerRoute({
  method: 'get',
  path: '/v1/me/calls',
  tag: 'Customer',
  operationId: 'listMyCalls',
  summary: 'List their calls, by when they begin',
  query: myCallQuery,
  answers: { 200: pageOf(myCallSchema) },
  async handle({ em, account, contact, team, query: { limit, cursor, from, to, ...filter } }) {
    const bounds = { from: boundAt(from, account.timeZone), to: boundAt(to, account.timeZone) };
    const where = { ...filter, ...bounds, ...ofWhom(contact, team) };
    const page = await listCalls(em, where, readPage({ limit, cursor }, BY_START));
    return { status: 200, body: toShownPage(page, await toMyCalls(em, page.rows, team)) };
  },
});

type OneCall<Body> = Asks<{ callId: string }, Body>;

const ofWhom = ({ id }: Contact, team: Team | undefined) =>
  team ? { forAccountId: team.forAccountId } : { contactId: id };

/** @throws Problem 404 for somebody else's */
async function own<Booking extends { contactId: string; purchaseId: string }>(
  booking: Booking,
  { em, contact, team }: Asks<unknown, unknown>,
  what: 'call' | 'seat',
): Promise<Booking> {
  const isTheirs = team
    ? (await ownPurchase(em, contact, booking.purchaseId, team.forAccountId)) !== null
    : booking.contactId === contact.id;
  if (!isTheirs) throw notFound(what);
  return booking;
}

async function ofOne(call: OneCall<unknown>): Promise<BookingCall & { callId: string }> {
  const { id, purchaseId } = await own(await callById(call.em, call.params.callId), call, 'call');
  return { ...(await bookingOf(call, purchaseId, callAnswer)), callId: id };
}

const read = defineCustomerRoute({
  method: 'get',
  path: '/v1/me/calls/{callId}',
  tag: 'Customer',
  operationId: 'getMyCall',
  summary: 'Read one of their calls',
  params: idParams('callId'),
  answers: { 200: myCallSchema },
  async handle(call) {
    const { em, params } = call;
    const [body] = await toMyCalls(em, [await own(await callById(em, params.callId), call, 'call')]);
    return { status: 200, body: body! };
  },
});

const reschedule = defineCustomerRoute({
  ...common,
  method: 'post',
  path: '/v1/me/calls/{callId}/reschedule',
  location: '/v1/me/calls',
  operationId: 'rescheduleMyCall',
  audit: leavesCommand('move-call'),
  summary: 'Move a call to another open slot, 24 hours or more before it',
  params: idParams('callId'),
  body: moveBody,
  example: { startsAt: '2027-03-15T09:00:00.000Z', dryRun: true },
  answers: callAnswers,
  handle: async (call: OneCall<z.output<typeof moveBody>>, deps: RequestDeps) =>
    moveCall(await ofOne(call), call.body, deps),
});

const cancel = defineCustomerRoute({
  ...common,
  method: 'post',
  path: '/v1/me/calls/{callId}/cancel',
  location: '/v1/me/calls',
  operationId: 'cancelMyCall',
  audit: leavesCommand('cancel-call'),
  summary: 'Cancel a call: 24 hours or more before it, its credit returns; later it is spent',
  params: idParams('callId'),
  body: myCancelBody,
  example: { dryRun: true },
  answers: callAnswers,
  async handle(call: OneCall<z.output<typeof myCancelBody>>, deps: RequestDeps) {
    const input = { callId: call.params.callId, by: 'booker' };
    return changeBooking(await ofOne(call), { id: input.callId, name: 'cancel-call', input, body: call.body }, deps);
  },
});

const takeSeat = defineCustomerRoute({
  ...common,
  method: 'post',
  path: '/v1/me/office-hours/{blockId}/seats',
  location: '/v1/me/seats',
  operationId: 'bookMySeat',
  audit: leavesCommand('book-seat'),
  summary: "Book a seat in one day's office hours, which costs no credit",
  params: idParams('blockId'),
  body: seatBody,
  example: { purchaseId: '018f2f6e-7d3a-7c4e-9d5b-1f2a3b4c5d6e', date: '2027-03-17', dryRun: true },
  answers: seatAnswers,
  async handle(call: Asks<{ blockId: string }, z.output<typeof seatBody>>, deps: RequestDeps) {
    const booking = await bookingOf(call, call.body.purchaseId, seatAnswer);
    return bookSeat({ ...booking, blockId: call.params.blockId }, call.body, deps);
  },
});

const listOfSeats = defineCustomerRoute({
  method: 'get',
  path: '/v1/me/seats',
  tag: 'Customer',
  operationId: 'listMySeats',
  summary: 'List their seats in office hours, by when they begin',
  query: mySeatQuery,
  answers: { 200: pageOf(mySeatSchema) },
  async handle({ em, account, contact, team, query: { limit, cursor, from, to, ...filter } }) {
    const bounds = { from: boundAt(from, account.timeZone), to: boundAt(to, account.timeZone) };
    const where = { ...filter, ...bounds, ...ofWhom(contact, team) };
    const page = await listSeats(em, where, readPage({ limit, cursor }, BY_START));
    return { status: 200, body: toShownPage(page, await toMySeats(em, page.rows, team)) };
  },
});

const readSeat = defineCustomerRoute({
  method: 'get',
  path: '/v1/me/seats/{seatId}',
  tag: 'Customer',
  operationId: 'getMySeat',
  summary: 'Read one of their seats',
  params: idParams('seatId'),
  answers: { 200: mySeatSchema },
  async handle(call) {
    const { em, params } = call;
    const [body] = await toMySeats(em, [await own(await seatById(em, params.seatId), call, 'seat')]);
    return { status: 200, body: body! };
  },
});

const cancelSeat = defineCustomerRoute({
  ...common,
  method: 'post',
  path: '/v1/me/seats/{seatId}/cancel',
  location: '/v1/me/seats',
  operationId: 'cancelMySeat',
  audit: leavesCommand('cancel-seat'),
  summary: 'Give a seat up',
  params: idParams('seatId'),
  body: myCancelBody,
  example: { dryRun: true },
  answers: seatAnswers,
  async handle(call: Asks<{ seatId: string }, z.output<typeof myCancelBody>>, deps: RequestDeps) {
    const { id, purchaseId } = await own(await seatById(call.em, call.params.seatId), call, 'seat');
    const booking = await bookingOf(call, purchaseId, seatAnswer);
    const input = { seatId: id, by: 'booker' };
    return changeBooking(booking, { id, name: 'cancel-seat', input, body: call.body }, deps);
  },
});

export const customerCallRoutes = { book, list, read, reschedule, cancel, takeSeat, listOfSeats, readSeat, cancelSeat };
