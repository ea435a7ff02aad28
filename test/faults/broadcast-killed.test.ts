import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConfig } from '../../config.ts';
import type { StoredEmail } from '../../sandbox/mailbox/email.ts';
import { build } from '../../scripts/build.ts';
import { revive } from '../../worker/revive.ts';
import { aSentBroadcast, people } from '../builders/broadcasts.ts';
import { anAccount, T0 } from '../builders/rows.ts';
import { eventually } from '../ground/eventually.ts';
import { startOwnProcess } from '../ground/own-process.ts';
import { ownTemporal, type OwnTemporal } from '../ground/own-temporal.ts';
import { freePorts } from '../ground/ports.ts';
import { aStack, type Stack } from '../ground/stack.ts';

/** Where the worker dies: the recipients are rows, a batch is kept, the provider has taken it. */
const POINTS = ['recipients:fixed', 'batch:before', 'batch:after'] as const;
const RECIPIENTS = 150;

type Case = { point: string; jobId: string; accountId: string };

let temporal: OwnTemporal;
let stack: Stack;
let cases: Case[];
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

beforeAll(async () => {
  const { CACHE_DIR } = readConfig('test');
  [temporal] = await Promise.all([ownTemporal(), build({ cacheDir: CACHE_DIR, say: () => undefined })]);
  stack = await aStack({ temporal: temporal.place, workers: 0 });
  cases = [];
  for (const point of POINTS) cases.push(await aCase(point));
  const [WORKER_PORT = '', WORKER_METRICS_PORT = ''] = (await freePorts(2)).map(String);
  const points = cases.map(({ point, jobId }) => `${point}@${jobId}`);
  const environment = { ...stack.environment, WORKER_PORT, WORKER_METRICS_PORT };
  signal = await startOwnProcess('worker', environment, points).diesWithin(60_000);
  await temporal.kill();
  await temporal.loseStore();
  await temporal.start();
  await eventually(() => stack.deps.wakes.isReachable());
  await stack.startWorker();
  await revive(stack.deps);
  for (const one of cases) await eventually(async () => (await stateOf(one)) === 'done', 60_000);
}, 180_000);

afterAll(async () => {
  await stack.close();
  await temporal.close();
});

test.each(POINTS)('worker killed at %s, and Temporal with its store: each gets it once', async (point) => {
  const { accountId, jobId } = cases.find((one) => one.point === point)!;

  const { data } = (await stack.mailbox.control('GET', '/emails?limit=1000')) as { data: StoredEmail[] };
  const to = data.flatMap((email) => email.to).filter((address) => address.includes(accountId.slice(-6)));

  expect(signal).toBe('SIGKILL');
  expect(to).toHaveLength(RECIPIENTS);
  expect(new Set(to).size).toBe(RECIPIENTS);
  expect(await em().execute('select state, count(*)::int from emails where job_id = ? group by 1', [jobId])).toEqual([
    { state: 'sent', count: RECIPIENTS },
  ]);
});
