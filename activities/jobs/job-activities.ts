import { endJob, keepStuckReason, lookAtJob, type SeenJob } from '../../db/jobs/bulk-jobs.ts';
import type { BulkKind } from '../../db/entities/job.ts';
import { nextOfJob, type JobNext } from '../../workflows/domain/job.ts';
import { withoutWords } from '../mail/mail-failures.ts';
import type { JobWork, WorkDone } from './job-work.ts';
import { sendsBroadcast, type BroadcastDeps } from './send-broadcast.ts';

/** How a job stands: ids and counts only. `next`: what is to be done now. */
export type JobLook = Omit<SeenJob, 'accountId'> & { next: JobNext; open: number };

/** The activities of `bulkJob`: each reads how the job stands, so a wake says no more than that. */
export function createJobActivities(deps: BroadcastDeps) {
  const works: Record<BulkKind, JobWork> = { 'send-broadcast': sendsBroadcast(deps) };
  const em = () => deps.orm.em.fork();

  async function look(jobId: string): Promise<JobLook | null> {
    const seen = await lookAtJob(em(), jobId);
    if (!seen) return null;
    const { accountId: _account, ...job } = seen;
    const counted = await works[job.kind].count(seen);
    const next = nextOfJob({ ...job, ...counted, isPrepared: job.total !== null });
    if (next === 'end') await endJob(em(), job);
    const state = next === 'end' && job.state === 'running' ? 'done' : job.state;
    return { ...job, state, next, open: counted.open };
  }

  /** Of a job that is still to do it: the piece; what else it says, only the next look can tell. */
  async function piece(jobId: string, next: JobNext, run: (work: JobWork, job: SeenJob) => Promise<WorkDone | void>) {
    const job = await lookAtJob(em(), jobId);
    if (!job) return DONE;
    const counted = await works[job.kind].count(job);
    if (nextOfJob({ ...job, ...counted, isPrepared: job.total !== null }) !== next) return DONE;
    const done = (await run(works[job.kind], job)) ?? DONE;
    await keepStuckReason(em(), jobId, done.kind === 'later' ? done.reason : null);
    return done;
  }

  return {
    lookAtJob: (jobId: string): Promise<JobLook | null> => wordless(() => look(jobId)),
    /** All its rows, as far as they are made in the time of one activity. */
    prepareJob: (jobId: string): Promise<WorkDone> =>
      wordless(() => piece(jobId, 'prepare', async (work, job) => void (await untilPrepared(work, job)))),
    workOnJob: (jobId: string): Promise<WorkDone> =>
      wordless(() => piece(jobId, 'work', (work, job) => work.work(job))),
    withdrawJob: (jobId: string): Promise<WorkDone> =>
      wordless(() => piece(jobId, 'withdraw', (work, job) => work.withdraw(job))),
  };
}

export type JobActivities = ReturnType<typeof createJobActivities>;

const DONE: WorkDone = { kind: 'done' };

/** So many pieces in one activity: a pause is heard of after each activity. */
const PIECES = 10;

async function untilPrepared(work: JobWork, job: SeenJob): Promise<void> {
  for (let pieces = 0; pieces < PIECES; pieces += 1) if (!(await work.prepare(job))) return;
}

/** Failures end up in histories; those of a database contain its statement's values [R24.4]. */
async function wordless<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw withoutWords(error);
  }
}
