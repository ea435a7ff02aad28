import type { z } from 'zod';
import type { Scoped } from '../../db/account-scope.ts';
import type { Job } from '../../db/entities/job.ts';
import { linesOfJob, progressOf, type Line, type Progress } from '../../db/jobs/jobs.ts';
import { actorEmails } from '../../db/people/actor-emails.ts';
import { STATUS } from '../inbox/command-view.ts';
import { toApiActor } from '../purchase/purchase-view.ts';
import type { fullJobSchema, jobSchema } from './job-schema.ts';

type ApiJob = z.input<typeof jobSchema>;

/** Jobs with their progress as it is now. */
export async function jobViews(em: Scoped, jobs: readonly Job[]): Promise<ApiJob[]> {
  const emails = await actorEmails(
    em,
    jobs.map(({ actor }) => actor),
  );
  const progress = await progressOf(em, jobs);
  return jobs.map((job) => {
    const { id, kind, input, reason, createdAt } = job;
    return { id, kind, input, ...toApiProgress(progress(job)), by: toApiActor(job.actor, emails), reason, createdAt };
  });
}

export const jobView = async (em: Scoped, job: Job): Promise<ApiJob> => (await jobViews(em, [job]))[0]!;

export async function fullJobView(em: Scoped, job: Job): Promise<z.input<typeof fullJobSchema>> {
  const lines = await linesOfJob(em, job);
  return { ...(await jobView(em, job)), results: lines.map(toApiLine) };
}

function toApiProgress({ total, applied, refused, failed }: Progress) {
  const done = applied + refused + failed;
  return { state: done === total ? ('done' as const) : ('running' as const), total, done, applied, refused, failed };
}

const toApiLine = ({ commandId, purchaseId, name: verb, state, refusal }: Line) => ({
  commandId,
  purchaseId,
  verb,
  status: STATUS[state],
  detail: refusal?.detail ?? null,
});
