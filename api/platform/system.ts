import { z } from 'zod';
import { JOB_LIMIT, LAG_NAMES, readLags } from '../../db/jobs/lags.ts';
import { status } from '../../db/jobs/status.ts';
import type { HealthDeps } from '../health.ts';
import { instant } from '../http/fields.ts';
import { definePlatformRoute } from '../http/route.ts';

const seconds = z.number().nonnegative();
const count = z.int().nonnegative();

const lagSchema = z
  .strictObject({
    name: z.enum(LAG_NAMES),
    waiting: count.nullable().describe('How many wait; null where they are not counted.'),
    since: instant.nullable().describe('Since when the first of them waits.'),
    seconds: seconds.describe('For how long that is.'),
    limitSeconds: seconds.describe('From when on somebody should look.'),
    isLate: z.boolean(),
  })
  .meta({ id: 'Lag', description: 'How far behind one thing is that the workers do by themselves.' });

const jobSchema = z
  .strictObject({
    name: z.string(),
    dueAt: instant.describe('When it is begun next, or given to another worker where one is at it.'),
    seconds: seconds.describe('How late it is.'),
    isLate: z.boolean().describe(`By more than ${JOB_LIMIT} seconds.`),
  })
  .meta({ id: 'WorkerJob', description: 'Something that one worker at a time does every few minutes.' });

export const systemSchema = z
  .strictObject({
    temporal: z.enum(['reachable', 'unreachable']),
    lags: z.array(lagSchema),
    jobs: z.array(jobSchema),
    counts: z
      .strictObject({
        purchases: count,
        pending: count,
        needAttention: count,
        openRows: count,
        unmatchedEvents: count,
        deadRows: count,
        queuedEmails: count,
        movingClocks: count,
      })
      .describe('What is open, stuck or waiting, as `ops status` counts it.'),
  })
  .meta({ id: 'System', description: 'How the whole service runs, over all accounts.' });

const show = definePlatformRoute({
  method: 'get',
  path: '/v1/operator/system',
  tag: 'Operators',
  operationId: 'showSystem',
  summary: 'Show how far behind the service is',
  description:
    'Lags are of real time; what is due by the clock of a test account is none. The worker’s `/metrics` tells Prometheus the same.',
  answers: { 200: systemSchema },
  async handle({ unscoped }, { wakes }: Pick<HealthDeps, 'wakes'>) {
    const temporal = (await wakes.isReachable()) ? ('reachable' as const) : ('unreachable' as const);
    const lags = await readLags(unscoped);
    const counts = await status(unscoped);
    return { status: 200, body: { ...lags, temporal, counts } };
  },
});

export const systemRoutes = { show };
