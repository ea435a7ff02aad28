import { z } from 'zod';
import { v7 as uuid } from 'uuid';
import { fieldsOf } from '../../db/platform/audited-fields.ts';
import type { Scoped } from '../../db/account-scope.ts';
import { countBookedSeats, hostsOff } from '../../db/calls/office-dates.ts';
import { datesOf } from '../../db/credits/block-dates.ts';
import { listOfficeHours } from '../../db/credits/experts.ts';
import { BOOKABLE_DAYS } from '../../db/credits/open-slots.ts';
import { minutesOf } from '../../db/credits/working-hours.ts';
import { Expert } from '../../db/entities/expert.ts';
import { OfficeHours } from '../../db/entities/office-hours.ts';
import { NEWEST } from '../../db/page.ts';
import { addDays, fromMs, toMs, type Instant } from '../../workflows/domain/instant.ts';
import { BILLING, PEOPLE } from '../auth/roles.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { given } from '../../db/given.ts';
import { idParams, pageOf, pageQuery, truth } from '../http/fields.ts';
import { invalid, notFound } from '../http/problem.ts';
import { defineRoute, type AccountCall } from '../http/route.ts';
import { AFTER_FROM } from './expert-schema.ts';
import { newOfficeHours, officeHoursChange, officeHoursSchema } from './office-hours-schema.ts';

const shows = fieldsOf(OfficeHours);
const tag = 'Office hours';
const one = { path: '/v1/office-hours/{blockId}', tag, params: idParams('blockId') } as const;

const hostsOf = async (em: Scoped, blocks: readonly OfficeHours[]): Promise<Map<string, Expert>> => {
  const hosts = await em.find(Expert, { id: { $in: blocks.map(({ expertId }) => expertId) } });
  return new Map(hosts.map((host) => [host.id, host]));
};

/** What stands in the way of seats in the days ahead: those that are booked, and time off. */
type Ahead = {
  booked: Awaited<ReturnType<typeof countBookedSeats>>;
  isOff: Awaited<ReturnType<typeof hostsOff>>;
};

function toApiOfficeHours(block: OfficeHours, host: Expert | undefined, now: Instant, { booked, isOff }: Ahead) {
  const ahead = { startMs: toMs(now), endMs: toMs(addDays(now, BOOKABLE_DAYS)) };
  const dates = block.archivedAt === null ? datesOf(block, ahead).filter((day) => !isOff(block.expertId, day)) : [];
  return {
    id: block.id,
    weekday: block.weekday,
    from: block.from,
    to: block.to,
    timeZone: block.timeZone,
    expertId: block.expertId,
    expertName: host?.name ?? '',
    seats: block.seats,
    meetingUrl: block.meetingUrl ?? host?.meetingUrl ?? '',
    hasOwnMeetingUrl: block.meetingUrl !== null,
    dates: dates.map(({ date, startMs, endMs }) => {
      const free = Math.max(0, block.seats - booked(block.id, date));
      return { date, startsAt: fromMs(startMs), endsAt: fromMs(endMs), free };
    }),
    archivedAt: block.archivedAt,
    createdAt: block.createdAt,
  };
}

async function readAhead(em: Scoped, now: Instant): Promise<Ahead> {
  const range = { from: now, until: addDays(now, BOOKABLE_DAYS + 1) };
  return { booked: await countBookedSeats(em, range), isOff: await hostsOff(em, range) };
}

const withHost = async (em: Scoped, block: OfficeHours, now: Instant) =>
  toApiOfficeHours(block, (await hostsOf(em, [block])).get(block.expertId), now, await readAhead(em, now));

async function theBlock({ em, params }: AccountCall<{ blockId: string }, unknown, unknown>): Promise<OfficeHours> {
  const block = await em.findOne(OfficeHours, { id: params.blockId });
  if (!block) throw notFound('block of office hours');
  return block;
}

/** @throws Problem 422 */
async function checkBlock(em: Scoped, { from, to, expertId }: Pick<OfficeHours, 'from' | 'to' | 'expertId'>) {
  if (minutesOf(to) <= minutesOf(from)) throw invalid('to', AFTER_FROM);
  const host = await em.count(Expert, { id: expertId, archivedAt: null });
  if (host === 0) throw invalid('expertId', 'must name an expert who is there');
}

const create = defineRoute({
  method: 'post',
  path: '/v1/office-hours',
  tag,
  operationId: 'createOfficeHours',
  audit: { kind: 'office_hours.created', shows },
  location: '/v1/office-hours/{id}',
  summary: 'Make a weekly block of office hours',
  roles: BILLING,
  body: newOfficeHours,
  example: {
    weekday: 'wednesday',
    from: '08:00',
    to: '12:00',
    timeZone: 'America/Los_Angeles',
    expertId: '018f2f6e-7d3a-7c4e-9d5b-1f2a3b4c5d6e',
    seats: 8,
  },
  answers: { 201: officeHoursSchema },
  async handle({ em, account, now, body }) {
    await checkBlock(em, body);
    const made = { ...body, id: uuid(), accountId: account.id, archivedAt: null, createdAt: now };
    await em.insert(OfficeHours, made);
    return { status: 201, body: await withHost(em, made, now) };
  },
});

const list = defineRoute({
  method: 'get',
  path: '/v1/office-hours',
  tag,
  operationId: 'listOfficeHours',
  summary: 'List the blocks of office hours with their coming dates, the newest first',
  roles: PEOPLE,
  query: z.strictObject({ ...pageQuery, archived: truth.optional() }),
  answers: { 200: pageOf(officeHoursSchema) },
  async handle({ em, now, query: { limit, cursor, ...filter } }) {
    const page = await listOfficeHours(em, filter, readPage({ limit, cursor }, NEWEST));
    const [hosts, ahead] = [await hostsOf(em, page.rows), await readAhead(em, now)];
    const toApi = (block: OfficeHours) => toApiOfficeHours(block, hosts.get(block.expertId), now, ahead);
    return { status: 200, body: toApiPage(page, toApi) };
  },
});

const read = defineRoute({
  ...one,
  method: 'get',
  operationId: 'getOfficeHours',
  summary: 'Read a block of office hours',
  roles: PEOPLE,
  answers: { 200: officeHoursSchema },
  handle: async (call) => ({ status: 200, body: await withHost(call.em, await theBlock(call), call.now) }),
});

const change = defineRoute({
  ...one,
  method: 'patch',
  operationId: 'updateOfficeHours',
  audit: { kind: 'office_hours.changed', about: 'blockId', shows },
  summary: 'Change a block of office hours; seats that are booked stay as they are',
  roles: BILLING,
  body: officeHoursChange,
  example: { seats: 12 },
  answers: { 200: officeHoursSchema },
  async handle(call) {
    const block = await theBlock(call);
    const hostBefore = block.expertId;
    Object.assign(block, given(call.body));
    // A host who has been archived since may stay.
    if (block.expertId !== hostBefore) await checkBlock(call.em, block);
    else if (minutesOf(block.to) <= minutesOf(block.from)) throw invalid('to', AFTER_FROM);
    await call.em.flush();
    return { status: 200, body: await withHost(call.em, block, call.now) };
  },
});

const archive = defineRoute({
  method: 'post',
  path: '/v1/office-hours/{blockId}/archive',
  tag,
  operationId: 'archiveOfficeHours',
  audit: { kind: 'office_hours.archived', about: 'blockId', shows },
  summary: 'Archive a block of office hours: it has no dates any more, and its host is free then',
  roles: BILLING,
  params: one.params,
  answers: { 200: officeHoursSchema },
  async handle(call) {
    const block = await theBlock(call);
    block.archivedAt ??= call.now;
    await call.em.flush();
    return { status: 200, body: await withHost(call.em, block, call.now) };
  },
});

const unarchive = defineRoute({
  method: 'post',
  path: '/v1/office-hours/{blockId}/unarchive',
  tag,
  operationId: 'unarchiveOfficeHours',
  audit: { kind: 'office_hours.unarchived', about: 'blockId', shows },
  summary: 'Bring an archived block of office hours back',
  roles: BILLING,
  params: one.params,
  answers: { 200: officeHoursSchema },
  async handle(call) {
    const block = await theBlock(call);
    block.archivedAt = null;
    await call.em.flush();
    return { status: 200, body: await withHost(call.em, block, call.now) };
  },
});

export const officeHoursRoutes = { create, list, read, change, archive, unarchive };
