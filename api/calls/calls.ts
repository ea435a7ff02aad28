import type { z } from 'zod';
import type { Scoped } from '../../db/account-scope.ts';
import { BY_START, listCalls, listSeats } from '../../db/calls/bookings.ts';
import { PEOPLE } from '../auth/roles.ts';
import { readPage, toShownPage } from '../http/cursor.ts';
import { boundAt } from '../http/day-or-instant.ts';
import { idParams, pageOf } from '../http/fields.ts';
import { leavesCommand } from '../http/audit.ts';
import { defineRoute, type AccountCall, type Served } from '../http/route.ts';
import { pendingCommandSchema, previewSchema } from '../inbox/command-schema.ts';
import type { RequestDeps } from '../verbs/ask-of-request.ts';
import { bookCall, bookSeat, callById, changeBooking, moveCall, seatById, type BookingCall } from './ask-booking.ts';
import {
  bookBody,
  callQuery,
  callSchema,
  cancelBody,
  endBody,
  moveBody,
  seatBody,
  seatQuery,
  seatSchema,
} from './call-schema.ts';
import { toApiCalls, toApiSeats } from './call-view.ts';

const callAnswers = { 200: callSchema.or(previewSchema), 202: pendingCommandSchema };
const seatAnswers = { 200: seatSchema.or(previewSchema), 202: pendingCommandSchema };
const common = { roles: PEOPLE, location: '/v1/commands/{id}', problems: [404, 409], writes: 'own' } as const;
const ofCall = { ...common, tag: 'Calls', method: 'post', params: idParams('callId'), answers: callAnswers } as const;

type Asks<Params, Body> = AccountCall<Params, unknown, Body>;

const callAnswer = async (em: Scoped, id: string): Promise<Served> => {
  const [body] = await toApiCalls(em, [await callById(em, id)]);
  return { status: 200, body };
};

const seatAnswer = async (em: Scoped, id: string): Promise<Served> => {
  const [body] = await toApiSeats(em, [await seatById(em, id)]);
  return { status: 200, body };
};

function bookingOf(call: Asks<unknown, unknown>, purchaseId: string, toAnswer: BookingCall['toAnswer']): BookingCall {
  const { em, account, now, keyed, requestId, caller } = call;
  return { em, account, now, keyed, requestId, actor: caller.actor, purchaseId, toAnswer, toPreview: (body) => body };
}

const book = defineRoute({
  ...common,
  tag: 'Calls',
  method: 'post',
  path: '/v1/calls',
  operationId: 'bookCall',
  audit: leavesCommand('book-call'),
  summary: 'Book a call, for which a credit of the purchase is held',
  body: bookBody,
  example: {
    purchaseId: '018f2f6e-7d3a-7c4e-9d5b-1f2a3b4c5d6e',
    expertId: null,
    startsAt: '2027-03-14T09:00:00.000Z',
    dryRun: true,
  },
  answers: callAnswers,
  handle: async (call: Asks<unknown, z.output<typeof bookBody>>, deps: RequestDeps) =>
    bookCall(bookingOf(call, call.body.purchaseId, callAnswer), call.body, deps),
});

const list = defineRoute({
  method: 'get',
  path: '/v1/calls',
  tag: 'Calls',
  operationId: 'listCalls',
  summary: 'List calls, by when they begin',
  roles: PEOPLE,
  query: callQuery,
  answers: { 200: pageOf(callSchema) },
  async handle({ em, account, query: { limit, cursor, from, to, ...filter } }) {
    const bounds = { from: boundAt(from, account.timeZone), to: boundAt(to, account.timeZone) };
    const page = await listCalls(em, { ...filter, ...bounds }, readPage({ limit, cursor }, BY_START));
    return { status: 200, body: toShownPage(page, await toApiCalls(em, page.rows)) };
  },
});

const read = defineRoute({
  method: 'get',
  path: '/v1/calls/{callId}',
  tag: 'Calls',
  operationId: 'getCall',
  summary: 'Read a call',
  roles: PEOPLE,
  params: idParams('callId'),
  answers: { 200: callSchema },
  async handle({ em, params }) {
    const [body] = await toApiCalls(em, [await callById(em, params.callId)]);
    return { status: 200, body: body! };
  },
});

type OneCall<Body> = Asks<{ callId: string }, Body>;

/** Of whose purchase a call is. */
async function ofOne(call: OneCall<unknown>): Promise<BookingCall & { callId: string }> {
  const { id, purchaseId } = await callById(call.em, call.params.callId);
  return { ...bookingOf(call, purchaseId, callAnswer), callId: id };
}

const reschedule = defineRoute({
  ...ofCall,
  path: '/v1/calls/{callId}/reschedule',
  operationId: 'rescheduleCall',
  audit: leavesCommand('move-call'),
  summary: 'Move a call to another open slot, 24 hours or more before it',
  body: moveBody,
  example: { startsAt: '2027-03-15T09:00:00.000Z', dryRun: true },
  handle: async (call: OneCall<z.output<typeof moveBody>>, deps: RequestDeps) =>
    moveCall(await ofOne(call), call.body, deps),
});

const cancel = defineRoute({
  ...ofCall,
  path: '/v1/calls/{callId}/cancel',
  operationId: 'cancelCall',
  audit: leavesCommand('cancel-call'),
  summary: 'Cancel a call; whose cancellation it is and how long before decides what becomes of the credit',
  body: cancelBody,
  example: { by: 'site', reason: 'The expert is ill.' },
  async handle(call: OneCall<z.output<typeof cancelBody>>, deps: RequestDeps) {
    const input = { callId: call.params.callId, by: call.body.by };
    return changeBooking(await ofOne(call), { id: input.callId, name: 'cancel-call', input, body: call.body }, deps);
  },
});

const marks = (
  outcome: 'held' | 'no_show',
  path: `/v1/calls/{callId}/${string}`,
  operationId: string,
  summary: string,
) =>
  defineRoute({
    ...ofCall,
    path,
    operationId,
    audit: leavesCommand('end-call'),
    summary,
    body: endBody,
    example: {},
    async handle(call: OneCall<z.output<typeof endBody>>, deps: RequestDeps) {
      const input = { callId: call.params.callId, outcome };
      return changeBooking(await ofOne(call), { id: input.callId, name: 'end-call', input, body: call.body }, deps);
    },
  });

const held = marks('held', '/v1/calls/{callId}/held', 'markCallHeld', 'Mark a call as held; its credit is spent');
const noShow = marks(
  'no_show',
  '/v1/calls/{callId}/no-show',
  'markCallMissed',
  'Mark that the booker did not come; the credit is spent',
);

export const callRoutes = { book, list, read, reschedule, cancel, held, noShow };

const takeSeat = defineRoute({
  ...common,
  tag: 'Office hours',
  method: 'post',
  path: '/v1/office-hours/{blockId}/seats',
  operationId: 'bookSeat',
  audit: leavesCommand('book-seat'),
  summary: "Book a seat in one day's office hours, which costs no credit",
  params: idParams('blockId'),
  body: seatBody,
  example: { purchaseId: '018f2f6e-7d3a-7c4e-9d5b-1f2a3b4c5d6e', date: '2027-03-17', dryRun: true },
  answers: seatAnswers,
  handle: async (call: Asks<{ blockId: string }, z.output<typeof seatBody>>, deps: RequestDeps) =>
    bookSeat({ ...bookingOf(call, call.body.purchaseId, seatAnswer), blockId: call.params.blockId }, call.body, deps),
});

const listOfSeats = defineRoute({
  method: 'get',
  path: '/v1/seats',
  tag: 'Office hours',
  operationId: 'listSeats',
  summary: 'List seats in office hours, by when they begin',
  roles: PEOPLE,
  query: seatQuery,
  answers: { 200: pageOf(seatSchema) },
  async handle({ em, account, query: { limit, cursor, from, to, ...filter } }) {
    const bounds = { from: boundAt(from, account.timeZone), to: boundAt(to, account.timeZone) };
    const page = await listSeats(em, { ...filter, ...bounds }, readPage({ limit, cursor }, BY_START));
    return { status: 200, body: toShownPage(page, await toApiSeats(em, page.rows)) };
  },
});

const readSeat = defineRoute({
  method: 'get',
  path: '/v1/seats/{seatId}',
  tag: 'Office hours',
  operationId: 'getSeat',
  summary: 'Read a seat',
  roles: PEOPLE,
  params: idParams('seatId'),
  answers: { 200: seatSchema },
  async handle({ em, params }) {
    const [body] = await toApiSeats(em, [await seatById(em, params.seatId)]);
    return { status: 200, body: body! };
  },
});

const cancelSeat = defineRoute({
  ...common,
  tag: 'Office hours',
  method: 'post',
  path: '/v1/seats/{seatId}/cancel',
  operationId: 'cancelSeat',
  audit: leavesCommand('cancel-seat'),
  summary: 'Give a seat up',
  params: idParams('seatId'),
  body: cancelBody,
  example: { by: 'site' },
  answers: seatAnswers,
  async handle(call: Asks<{ seatId: string }, z.output<typeof cancelBody>>, deps: RequestDeps) {
    const { id, purchaseId } = await seatById(call.em, call.params.seatId);
    const booking = bookingOf(call, purchaseId, seatAnswer);
    const input = { seatId: id, by: call.body.by };
    return changeBooking(booking, { id, name: 'cancel-seat', input, body: call.body }, deps);
  },
});

export const seatRoutes = { takeSeat, listOfSeats, read: readSeat, cancelSeat };
