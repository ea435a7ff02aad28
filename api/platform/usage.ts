import { z } from 'zod';
import { usageAt, usageOfDays } from '../../db/platform/account-usage.ts';
import { addDays } from '../../workflows/domain/instant.ts';
import { ACTIVE_DAYS } from '../../workflows/domain/activity.ts';
import { EVERYBODY } from '../auth/roles.ts';
import { instant } from '../http/fields.ts';
import { invalid } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';

const usageSchema = z
  .strictObject({
    activeCustomers: z
      .int()
      .describe(`Customers who logged in and did something else, both within the last ${ACTIVE_DAYS} days; exact.`),
    limit: z.int().nullable().describe('What the plan allows; null: there is no limit. Nothing is blocked above it.'),
    asOf: instant,
  })
  .meta({ id: 'Usage' });

const read = defineRoute({
  method: 'get',
  path: '/v1/account/usage',
  tag: 'Account',
  operationId: 'getUsage',
  summary: 'Count the active customers of the account, as of now',
  roles: EVERYBODY,
  answers: { 200: usageSchema },
  async handle({ em, account, now }) {
    return { status: 200, body: { ...(await usageAt(em, account.id, now)), asOf: now } };
  },
});

/** So many days are answered at once. */
const MOST_DAYS = 400;
const day = z.iso.date('must be a day, such as 2027-01-31');

const days = defineRoute({
  method: 'get',
  path: '/v1/account/usage/days',
  tag: 'Account',
  operationId: 'listUsage',
  summary: 'List how many active customers the account had, day by day, the oldest first',
  description: `One figure is kept for each day of the account's zone, since people began to do something; at most ${MOST_DAYS} days, the last 90 where nobody says.`,
  roles: EVERYBODY,
  query: z.strictObject({ from: day.optional(), to: day.optional() }),
  answers: {
    200: z.strictObject({
      data: z.array(z.strictObject({ day, activeCustomers: z.int(), limit: z.int().nullable(), asOf: instant })),
    }),
  },
  async handle({ em, now, query }) {
    const to = query.to ?? now.slice(0, 10);
    const from = query.from ?? addDays(`${to}T00:00:00.000Z`, -90).slice(0, 10);
    if (from < addDays(`${to}T00:00:00.000Z`, -MOST_DAYS).slice(0, 10))
      throw invalid('from', `must be at most ${MOST_DAYS} days before the last day`);
    const kept = await usageOfDays(em, { from, to });
    const toApi = ({ day: its, activeCustomers, activeLimit, at }: (typeof kept)[number]) => ({
      day: its,
      activeCustomers,
      limit: activeLimit,
      asOf: at,
    });
    return { status: 200, body: { data: kept.map(toApi) } };
  },
});

export const usageRoutes = { read, days };
