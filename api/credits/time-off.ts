import { z } from 'zod';
import { Temporal } from 'temporal-polyfill';
import { v7 as uuid } from 'uuid';
import { listTimeOff, TIME_OFF_ORDER } from '../../db/credits/experts.ts';
import type { Scoped } from '../../db/account-scope.ts';
import type { Expert } from '../../db/entities/expert.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { ExpertTimeOff } from '../../db/entities/expert-time-off.ts';
import { PEOPLE } from '../auth/roles.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { boundAt, isDay } from '../http/day-or-instant.ts';
import { givenId, pageOf, pageQuery } from '../http/fields.ts';
import { invalid, notFound } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { newTimeOff, timeOffSchema } from './expert-schema.ts';
import { theExpert } from './experts.ts';

const tag = 'Experts';
const params = z.object({ expertId: givenId });
const all = { path: '/v1/experts/{expertId}/time-off', tag, params } as const;

export const toApiTimeOff = ({ id, startsAt, endsAt }: ExpertTimeOff) => ({ id, startsAt, endsAt });

/** The last whole day is part of it. */
const dayAfter = (given: string): string =>
  isDay(given) ? Temporal.PlainDate.from(given).add({ days: 1 }).toString() : given;

/** When time off begins and ends, in the expert's zone. @throws Problem 422 */
export function readTimeOff({ from, to }: z.output<typeof newTimeOff>, timeZone: string) {
  const [startsAt, endsAt] = [boundAt(from, timeZone), boundAt(dayAfter(to), timeZone)];
  if (startsAt < endsAt) return { startsAt, endsAt };
  throw invalid('to', 'must be after the beginning');
}

/** @throws Problem 422 */
export async function addTimeOff(em: Scoped, expert: Expert, asked: z.output<typeof newTimeOff>, createdAt: Instant) {
  const { accountId, id: expertId, timeZone } = expert;
  const made = { id: uuid(), accountId, expertId, ...readTimeOff(asked, timeZone), createdAt };
  await em.insert(ExpertTimeOff, made);
  return toApiTimeOff(made);
}

/** @throws Problem 404 */
export async function removeTimeOff(em: Scoped, { id: expertId }: Expert, id: string): Promise<void> {
  if ((await em.nativeDelete(ExpertTimeOff, { id, expertId })) === 0) throw notFound('time off');
}

const list = defineRoute({
  ...all,
  method: 'get',
  operationId: 'listTimeOff',
  summary: "List an expert's time off, the earliest first",
  roles: PEOPLE,
  query: z.strictObject(pageQuery),
  answers: { 200: pageOf(timeOffSchema) },
  async handle(call) {
    const { id } = await theExpert(call);
    return {
      status: 200,
      body: toApiPage(await listTimeOff(call.em, id, readPage(call.query, TIME_OFF_ORDER)), toApiTimeOff),
    };
  },
});

const add = defineRoute({
  ...all,
  method: 'post',
  operationId: 'addTimeOff',
  audit: { kind: 'expert.time_off_added', says: ['startsAt', 'endsAt'] },
  location: '/v1/experts/{expertId}/time-off',
  summary: 'Add time off to an expert: no slots then; calls that are booked stay as they are',
  roles: PEOPLE,
  body: newTimeOff,
  example: { from: '2027-08-02', to: '2027-08-13' },
  answers: { 201: timeOffSchema },
  async handle(call) {
    return { status: 201, body: await addTimeOff(call.em, await theExpert(call), call.body, call.now) };
  },
});

const remove = defineRoute({
  method: 'delete',
  path: '/v1/experts/{expertId}/time-off/{timeOffId}',
  tag,
  operationId: 'removeTimeOff',
  audit: { kind: 'expert.time_off_removed' },
  summary: "Remove an expert's time off",
  roles: PEOPLE,
  params: params.extend({ timeOffId: givenId }),
  answers: { 204: null },
  async handle(call) {
    await removeTimeOff(call.em, await theExpert(call), call.params.timeOffId);
    return { status: 204 };
  },
});

export const timeOffRoutes = { list, add, remove };
