import { z } from 'zod';
import { v7 as uuid } from 'uuid';
import type { Scoped } from '../../db/account-scope.ts';
import { calendarsOf, listExperts } from '../../db/credits/experts.ts';
import { faultOfAddress, type Reach } from '../../activities/gateways/outside-address.ts';
import { fetchSoon, placeCalendar } from '../../db/credits/calendars.ts';
import type { ExpertCalendar } from '../../db/entities/expert-calendar.ts';
import { Call } from '../../db/entities/call.ts';
import { Expert } from '../../db/entities/expert.ts';
import { OfficeHours } from '../../db/entities/office-hours.ts';
import { NEWEST } from '../../db/page.ts';
import { BILLING, PEOPLE } from '../auth/roles.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { given } from '../../db/given.ts';
import { idParams, pageOf, pageQuery, truth } from '../http/fields.ts';
import { invalid, notFound } from '../http/problem.ts';
import { toFields } from '../../db/platform/audited-fields.ts';
import { defineRoute, type AccountCall } from '../http/route.ts';
import { archivedExpert, expertChange, expertGoesOn, expertSchema, newExpert } from './expert-schema.ts';

const tag = 'Experts';
const one = { path: '/v1/experts/{expertId}', tag, params: idParams('expertId') } as const;

const toApiExpert = (expert: Expert, calendar: ExpertCalendar | undefined) => ({
  id: expert.id,
  name: expert.name,
  email: expert.email,
  timeZone: expert.timeZone,
  meetingUrl: expert.meetingUrl,
  workingHours: expert.workingHours,
  bufferMinutes: expert.bufferMinutes,
  noticeMinutes: expert.noticeMinutes,
  maxCallsPerDay: expert.maxCallsPerDay,
  calendarUrl: calendar?.url ?? null,
  calendar: calendar ? { fetchedAt: calendar.fetchedAt, failedAt: calendar.failedAt, failure: calendar.failure } : null,
  archivedAt: expert.archivedAt,
  createdAt: expert.createdAt,
});

const shownExpert = async (em: Scoped, id: string) => {
  const expert = await em.findOne(Expert, { id });
  if (!expert) return null;
  const { url } = (await calendarsOf(em, [expert])).get(id) ?? {};
  return toFields({ ...expert, ...(url !== undefined && { calendarUrl: url }) });
};

const withCalendar = async (em: Scoped, expert: Expert) =>
  toApiExpert(expert, (await calendarsOf(em, [expert])).get(expert.id));

/** @throws Problem 404 */
export async function theExpert({ em, params }: AccountCall<{ expertId: string }, unknown, unknown>): Promise<Expert> {
  const expert = await em.findOne(Expert, { id: params.expertId });
  if (!expert) throw notFound('expert');
  return expert;
}

export type ExpertDeps = { outsideReach: Reach };

/** @throws Problem 422 */
function checkCalendar(url: string | null | undefined, { outsideReach }: ExpertDeps): void {
  const fault = url ? faultOfAddress(url, outsideReach) : null;
  if (fault) throw invalid('calendarUrl', fault);
}

const create = defineRoute({
  method: 'post',
  path: '/v1/experts',
  tag,
  operationId: 'createExpert',
  audit: { kind: 'expert.created', shows: shownExpert },
  location: '/v1/experts/{id}',
  summary: 'Make an expert: who gives calls and hosts office hours',
  roles: BILLING,
  body: newExpert,
  example: {
    name: 'Ines Kolar',
    email: 'ines@example.com',
    timeZone: 'Europe/Vienna',
    meetingUrl: 'https://meet.example.com/ines',
    workingHours: {
      monday: [
        { from: '09:00', to: '12:00' },
        { from: '13:00', to: '17:00' },
      ],
    },
  },
  answers: { 201: expertSchema },
  async handle({ em, account, now, body: { calendarUrl, ...body } }, deps: ExpertDeps) {
    checkCalendar(calendarUrl, deps);
    const made = { ...body, id: uuid(), accountId: account.id, linkNumber: 1, archivedAt: null, createdAt: now };
    await em.insert(Expert, made);
    await placeCalendar(em, made.id, calendarUrl);
    return { status: 201, body: await withCalendar(em, made) };
  },
});

const list = defineRoute({
  method: 'get',
  path: '/v1/experts',
  tag,
  operationId: 'listExperts',
  summary: 'List experts, the newest first',
  roles: PEOPLE,
  query: z.strictObject({ ...pageQuery, archived: truth.optional() }),
  answers: { 200: pageOf(expertSchema) },
  async handle({ em, query: { limit, cursor, ...filter } }) {
    const page = await listExperts(em, filter, readPage({ limit, cursor }, NEWEST));
    const calendars = await calendarsOf(em, page.rows);
    return { status: 200, body: toApiPage(page, (expert) => toApiExpert(expert, calendars.get(expert.id))) };
  },
});

const read = defineRoute({
  ...one,
  method: 'get',
  operationId: 'getExpert',
  summary: 'Read an expert',
  roles: PEOPLE,
  answers: { 200: expertSchema },
  handle: async (call) => ({ status: 200, body: await withCalendar(call.em, await theExpert(call)) }),
});

const change = defineRoute({
  ...one,
  method: 'patch',
  operationId: 'updateExpert',
  audit: { kind: 'expert.changed', shows: shownExpert },
  summary: 'Change an expert; calls that are booked stay as they are',
  roles: BILLING,
  body: expertChange,
  example: { noticeMinutes: 120, maxCallsPerDay: 4 },
  answers: { 200: expertSchema },
  async handle(call, deps: ExpertDeps) {
    const expert = await theExpert(call);
    const { calendarUrl, ...body } = call.body;
    checkCalendar(calendarUrl, deps);
    Object.assign(expert, given(body));
    await call.em.flush();
    if (calendarUrl !== undefined) await placeCalendar(call.em, expert.id, calendarUrl);
    return { status: 200, body: await withCalendar(call.em, expert) };
  },
});

type GoesOn = z.output<typeof expertGoesOn>;

/** What archiving an expert leaves as it is. */
const goingOnOf = async (em: Scoped, expertId: string): Promise<GoesOn> => ({
  calls: await em.count(Call, { expertId, state: 'booked' }),
  officeHours: await em.count(OfficeHours, { expertId, archivedAt: null }),
});

const goingOn = defineRoute({
  method: 'get',
  path: '/v1/experts/{expertId}/going-on',
  tag,
  operationId: 'countGoingOnOfExpert',
  summary: 'Count what archiving an expert would leave as it is',
  roles: PEOPLE,
  params: one.params,
  answers: { 200: expertGoesOn },
  handle: async (call) => ({ status: 200, body: await goingOnOf(call.em, (await theExpert(call)).id) }),
});

const fetchCalendar = defineRoute({
  method: 'post',
  path: '/v1/experts/{expertId}/calendar/fetch',
  tag,
  operationId: 'fetchCalendar',
  audit: { kind: 'expert.calendar_fetched' },
  summary: "Have an expert's outside calendar read again within seconds; it is read by itself every quarter of an hour",
  roles: PEOPLE,
  params: one.params,
  answers: { 202: expertSchema },
  location: '/v1/experts/{id}',
  async handle(call) {
    const expert = await theExpert(call);
    if (!(await fetchSoon(call.em, expert.id))) throw notFound('calendar');
    return { status: 202, body: await withCalendar(call.em, expert) };
  },
});

const archive = defineRoute({
  method: 'post',
  path: '/v1/experts/{expertId}/archive',
  tag,
  operationId: 'archiveExpert',
  audit: { kind: 'expert.archived', shows: shownExpert },
  summary: 'Archive an expert: no slots any more; what is booked goes on',
  description: 'Cancels nothing: calls that are booked and office hours stand as before, and the answer says how many.',
  roles: BILLING,
  params: one.params,
  answers: { 200: archivedExpert },
  async handle(call) {
    const expert = await theExpert(call);
    expert.archivedAt ??= call.now;
    await call.em.flush();
    const goesOn = await goingOnOf(call.em, expert.id);
    return { status: 200, body: { expert: await withCalendar(call.em, expert), warning: warningOf(goesOn), goesOn } };
  },
});

const warningOf = ({ calls, officeHours }: GoesOn): string =>
  `Archiving cancels nothing: booked calls (${calls}) and blocks of office hours (${officeHours}) go on as before.`;

const unarchive = defineRoute({
  method: 'post',
  path: '/v1/experts/{expertId}/unarchive',
  tag,
  operationId: 'unarchiveExpert',
  audit: { kind: 'expert.unarchived', shows: shownExpert },
  summary: 'Bring an archived expert back: they can be called again',
  roles: BILLING,
  params: one.params,
  answers: { 200: expertSchema },
  async handle(call) {
    const expert = await theExpert(call);
    expert.archivedAt = null;
    await call.em.flush();
    return { status: 200, body: await withCalendar(call.em, expert) };
  },
});

export const expertRoutes = { create, list, read, change, goingOn, fetchCalendar, archive, unarchive };
