import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConfig } from '../../config.ts';
import type { StoredEmail } from '../../sandbox/mailbox/email.ts';
import { build } from '../../scripts/build.ts';
import { revive } from '../../worker/revive.ts';
import { aSentBroadcast, people } from '../builders/broadcasts.ts';
import { anAccount, T0 } from '../builders/rows.ts';
import { scopeTo } from '../../db/account-scope.ts';
import { changeJob } from '../../db/jobs/bulk-jobs.ts';
import { SYSTEM } from '../../workflows/domain/verb.ts';
import { eventually } from '../ground/eventually.ts';
import { startOwnProcess } from '../ground/own-process.ts';
import { ownTemporal, type OwnTemporal } from '../ground/own-temporal.ts';
import { freePorts } from '../ground/ports.ts';
import { aStack, type Stack } from '../ground/stack.ts';

/** Where the worker dies: the recipients are rows, a batch is kept, the provider has taken it. */
const POINTS = ['recipients:fixed', 'batch:before', 'batch:after'] as const;
/** What people ask of a broadcast of which nobody knows how far the provider is. */
const CHANGES = ['pause', 'cancel'] as const;
const RECIPIENTS = 150;
const FIRST_BATCH = 100;

type Case = { point: string; jobId: string; accountId: string };

let temporal: OwnTemporal;
let stack: Stack;
let cases: Case[];
let changed: Case[];
/** What had become of them once all others were done. */
let meanwhile: unknown[];
let signal: string | null;

const em = () => stack.deps.orm.em.fork();

async function aCase(point: string): Promise<Case> {
  const { accountId } = await anAccount(em(), { now: T0 });
  await people(em(), accountId, RECIPIENTS);
  const { jobId } = await aSentBroadcast(em(), accountId, { segment: 'subscribed' });
  await stack.deps.wakes.wakeJob(jobId);
  return { point, jobId, accountId };
}

const stateOf = async ({ jobId }: Case) => {
  const [job] = await em().execute<{ state: string }[]>('select state from bulk_jobs where job_id = ?', [jobId]);
  return job?.state;
};

/** Its worker dies once the provider has taken a batch, and before anybody heard so. */
async function diesAt(points: string[]): Promise<string | null> {
  const [WORKER_PORT = '', WORKER_METRICS_PORT = ''] = (await freePorts(2)).map(String);
  const environment = { ...stack.environment, WORKER_PORT, WORKER_METRICS_PORT };
  return startOwnProcess('worker', environment, points).diesWithin(60_000);
}

async function change({ jobId, accountId }: Case, asked: 'pause' | 'resume' | 'cancel'): Promise<void> {
  await changeJob(scopeTo(em(), accountId), jobId, { change: asked, actor: SYSTEM });
  await stack.deps.wakes.wakeJob(jobId);
}

async function aChangedCase(asked: (typeof CHANGES)[number]): Promise<Case> {
  const one = await aCase(asked);
  await diesAt([`batch:after@${one.jobId}`]);
  await change(one, asked);
  return one;
}

const emailsOf = ({ jobId }: Case) =>
  em().execute('select state, reason, count(*)::int from emails where job_id = ? group by 1, 2 order by 1', [jobId]);

async function recipientsOf({ accountId }: Case): Promise<string[]> {
  const { data } = (await stack.mailbox.control('GET', '/emails?limit=1000')) as { data: StoredEmail[] };
  return data.flatMap((email) => email.to).filter((address) => address.includes(accountId.slice(-6)));
}

beforeAll(async () => {
  const { CACHE_DIR } = readConfig('test');
  [temporal] = await Promise.all([ownTemporal(), build({ cacheDir: CACHE_DIR, say: () => undefined })]);
  stack = await aStack({ temporal: temporal.place, workers: 0 });
  changed = [];
  for (const asked of CHANGES) changed.push(await aChangedCase(asked));
  cases = [];
  for (const point of POINTS) cases.push(await aCase(point));
  signal = await diesAt(cases.map(({ point, jobId }) => `${point}@${jobId}`));
  await temporal.kill();
  await temporal.loseStore();
  await temporal.start();
  await eventually(() => stack.deps.wakes.isReachable());
  await stack.startWorker();
  await revive(stack.deps);
  for (const one of cases) await eventually(async () => (await stateOf(one)) === 'done', 60_000);
  meanwhile = await Promise.all(changed.map(async (one) => [await stateOf(one), (await recipientsOf(one)).length]));
  await change(changed[0]!, 'resume');
  await eventually(async () => (await stateOf(changed[0]!)) === 'done', 60_000);
}, 240_000);

afterAll(async () => {
  await stack.close();
  await temporal.close();
});

test.each(POINTS)('worker killed at %s, and Temporal with its store: each gets it once', async (point) => {
  const one = cases.find((killed) => killed.point === point)!;

  const to = await recipientsOf(one);

  expect(signal).toBe('SIGKILL');
  expect(to).toHaveLength(RECIPIENTS);
  expect(new Set(to).size).toBe(RECIPIENTS);
  expect(await emailsOf(one)).toEqual([{ state: 'sent', reason: null, count: RECIPIENTS }]);
});

test('paused while no worker lived, it stays so through a kill, and resumed each gets it once', async () => {
  const [paused] = changed;

  const to = await recipientsOf(paused!);

  expect(meanwhile[0]).toEqual(['paused', FIRST_BATCH]);
  expect(new Set(to).size).toBe(to.length);
  expect(await emailsOf(paused!)).toEqual([{ state: 'sent', reason: null, count: RECIPIENTS }]);
});

test('canceled while no worker lived, nobody else gets it, and of the batch under way it is said', async () => {
  const [, canceled] = changed;

  expect(meanwhile[1]).toEqual(['canceled', FIRST_BATCH]);
  expect(await recipientsOf(canceled!)).toHaveLength(FIRST_BATCH);
  expect(await emailsOf(canceled!)).toEqual([
    { state: 'sent', reason: null, count: FIRST_BATCH },
    { state: 'suppressed', reason: 'canceled', count: RECIPIENTS - FIRST_BATCH },
  ]);
});
