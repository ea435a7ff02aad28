import { z } from 'zod';
import { BY_START, listCalls, listSeats } from '../../db/calls/bookings.ts';
import { readExpertToken } from '../../db/credits/expert-link.ts';
import { listTimeOff, TIME_OFF_ORDER } from '../../db/credits/experts.ts';
import { nowOf } from '../../db/clock/account-clock.ts';
import type { Scoped, Unscoped } from '../../db/account-scope.ts';
import { enterByExpert } from '../../db/platform/enter.ts';
import { addDays } from '../../workflows/domain/instant.ts';
import type { SecretKey } from '../../db/signature.ts';
import { timeOffSchema } from '../credits/expert-schema.ts';
import { toApiTimeOff } from '../credits/time-off.ts';
import { readPage } from '../http/cursor.ts';
import { instant } from '../http/fields.ts';
import { notFound } from '../http/problem.ts';
import { definePublicRoute } from '../http/route.ts';
import { toPublicSite } from '../people/public-site.ts';
import { siteSchema } from '../people/customer-schema.ts';
import { callSchema, seatSchema } from './call-schema.ts';
import { toApiCalls, toApiSeats } from './call-view.ts';

export type ExpertPageDeps = { secretKey: SecretKey; publicUrl: string };

export const tokenParams = z.object({ expertToken: z.string().max(200) });

/** What has ended since then can be put right on the page. */
const DAYS_BACK = 7;
const MOST = '200';

/** The expert of a link, and their account. @throws Problem 404 */
export async function enterPage(unscoped: Unscoped, expertToken: string, { secretKey }: { secretKey: SecretKey }) {
  const link = readExpertToken(expertToken, secretKey);
  const entered = link && (await enterByExpert(unscoped, link));
  if (!entered) throw notFound('page of an expert');
  const { em, account, expert } = entered;
  return { em, account, expert, now: nowOf(account), actor: { kind: 'expert' as const, id: expert.id } };
}

export const expertPageSchema = z
  .strictObject({
    site: siteSchema,
    expert: z.strictObject({ name: z.string(), timeZone: z.string(), meetingUrl: z.string() }),
    now: instant,
    calls: z.array(callSchema).describe(`Those of the last ${DAYS_BACK} days and those ahead.`),
    seats: z.array(seatSchema),
    timeOff: z.array(timeOffSchema),
  })
  .meta({ id: 'ExpertPage', description: "What an expert's own page shows." });

const read = definePublicRoute({
  method: 'get',
  path: '/v1/public/experts/{expertToken}',
  tag: 'Public',
  operationId: 'getExpertPage',
  summary: 'Read what an expert has ahead, by the link to their own page',
  params: tokenParams,
  answers: { 200: expertPageSchema },
  perMinute: 60,
  async handle({ unscoped, params: { expertToken } }, deps: ExpertPageDeps) {
    const { em, account, expert, now } = await enterPage(unscoped, expertToken, deps);
    const { name, timeZone, meetingUrl } = expert;
    const site = toPublicSite(account, deps.publicUrl);
    return {
      status: 200,
      body: { site, expert: { name, timeZone, meetingUrl }, now, ...(await shown(em, expert.id, now)) },
    };
  },
});

async function shown(em: Scoped, expertId: string, now: string) {
  const page = readPage({ limit: Number(MOST), cursor: undefined }, BY_START);
  const calls = await listCalls(em, { expertId, from: addDays(now, -DAYS_BACK) }, page);
  const seats = await listSeats(em, { expertId, from: addDays(now, -1), state: 'booked' }, page);
  const timeOff = await listTimeOff(em, expertId, readPage({ limit: Number(MOST), cursor: undefined }, TIME_OFF_ORDER));
  return {
    calls: await toApiCalls(em, calls.rows),
    seats: await toApiSeats(em, seats.rows),
    timeOff: timeOff.rows.filter(({ endsAt }) => endsAt > now).map(toApiTimeOff),
  };
}

export const expertPageRoutes = { read };
