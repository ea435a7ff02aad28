import {
  condition,
  continueAsNew,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { JobActivities, JobLook } from '../../activities/jobs/job-activities.ts';
import type { WorkDone } from '../../activities/jobs/job-work.ts';
import { localFirst, WORKER_GONE } from '../activity-proxies.ts';
import { toMs } from '../domain/instant.ts';
import { backOffMs } from '../domain/job.ts';
import { BULK_EMAIL_QUEUE } from '../ids.ts';
import { wake, type JobArgs } from '../messages.ts';
import { describeJob } from './describe-job.ts';

const RETRY = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' } as const;

const local = proxyLocalActivities<Pick<JobActivities, 'lookAtJob'>>({
  scheduleToCloseTimeout: '8s',
  localRetryThreshold: '8s',
  summary: 'Look how the job stands',
});
const normal = proxyActivities<Omit<JobActivities, 'workOnJob'>>({
  startToCloseTimeout: '1 minute',
  heartbeatTimeout: WORKER_GONE,
  retry: RETRY,
});
/** Where each kind of job works, at which pace. */
const works = {
  'send-broadcast': proxyActivities<Pick<JobActivities, 'workOnJob'>>({
    taskQueue: BULK_EMAIL_QUEUE,
    startToCloseTimeout: '1 minute',
    heartbeatTimeout: WORKER_GONE,
    retry: RETRY,
    summary: 'Send some of the emails',
  }),
};

/** A run of more events goes on as a new one. */
const MOST_EVENTS = 1_000;

/**
 * Carries out what was asked for many at once, piece by piece. Whether it goes on is in Postgres,
 * and changed there: a wake means nothing but "look". So it may be started again at any time.
 * @returns how the job ended
 */
export async function bulkJob({ jobId }: JobArgs): Promise<string> {
  let isWoken = false;
  let failures = 0;
  setHandler(wake, () => void (isWoken = true), { description: 'Look how the job stands. Safe at any time.' });
  for (;;) {
    isWoken = false;
    const job = await look(jobId);
    if (!job) return 'missing';
    setCurrentDetails(describeJob(job));
    if (job.next === 'end') return job.state;
    const done = job.next === 'wait' ? await waitFor(job, () => isWoken) : await carryOut(job);
    failures = done.kind === 'later' ? failures + 1 : 0;
    if (done.kind === 'later') await condition(() => isWoken, done.afterMs ?? backOffMs(failures));
    if (workflowInfo().historyLength > MOST_EVENTS) await continueAsNew<typeof bulkJob>({ jobId });
  }
}

const look = (jobId: string): Promise<JobLook | null> =>
  localFirst(
    () => local.lookAtJob(jobId),
    () => normal.lookAtJob.executeWithOptions({ summary: 'Look how the job stands, once Postgres is back' }, [jobId]),
  );

const DONE: WorkDone = { kind: 'done' };

/** Until its time, by real time; for everything else, and for a test clock, until it is woken. */
async function waitFor(job: JobLook, isWoken: () => boolean): Promise<WorkDone> {
  const { state, startsAt, now, hasClock, isHalted } = job;
  if (state === 'scheduled' && !hasClock && !isHalted)
    await condition(isWoken, Math.max(0, toMs(startsAt) - toMs(now)));
  else await condition(isWoken);
  return DONE;
}

function carryOut({ id, kind, next }: JobLook): Promise<WorkDone> {
  if (next === 'prepare') return normal.prepareJob.executeWithOptions({ summary: 'Find what is to be done' }, [id]);
  if (next === 'work') return works[kind].workOnJob(id);
  return normal.withdrawJob.executeWithOptions({ summary: 'End what was not begun' }, [id]);
}
