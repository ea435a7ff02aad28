import type { z } from 'zod';
import type { Scoped } from '../../db/account-scope.ts';
import type { EmailState } from '../../db/entities/email.ts';
import type { Job } from '../../db/entities/job.ts';
import {
  bulkOf,
  emailsOfJob,
  linesOfJob,
  progressOf,
  type EmailLine,
  type Line,
  type Progress,
} from '../../db/jobs/jobs.ts';
import { actorEmails } from '../../db/people/actor-emails.ts';
import { STATUS } from '../inbox/command-view.ts';
import { toApiActor } from '../purchase/purchase-view.ts';
import type { fullJobSchema, jobSchema } from './job-schema.ts';

type ApiJob = z.input<typeof jobSchema>;

/** Jobs with their progress as it is now. */
export async function jobViews(em: Scoped, jobs: readonly Job[]): Promise<ApiJob[]> {
  const { bulk, broadcastIds } = await bulkOf(em, jobs);
  const emails = await actorEmails(
    em,
    jobs.flatMap(({ id, actor }) => [actor, bulk.get(id)?.changedBy ?? []].flat()),
  );
  const progress = await progressOf(em, jobs);
  return jobs.map((job) => {
    const { id, kind, input, reason, createdAt } = job;
    const { state, changedBy, stuckReason = null, endedAt = null } = bulk.get(id) ?? {};
    const counted = toApiProgress(progress(job));
    return {
      id,
      kind,
      input,
      broadcastId: broadcastIds.get(id) ?? null,
      ...counted,
      state: state ?? (counted.done === counted.total ? 'done' : 'running'),
      stuckReason,
      by: toApiActor(job.actor, emails),
      changedBy: changedBy ? toApiActor(changedBy, emails) : null,
      reason,
      createdAt,
      endedAt,
    };
  });
}

export const jobView = async (em: Scoped, job: Job): Promise<ApiJob> => (await jobViews(em, [job]))[0]!;

export async function fullJobView(em: Scoped, job: Job): Promise<z.input<typeof fullJobSchema>> {
  const [commands, emails] = [await linesOfJob(em, job), await emailsOfJob(em, job)];
  return { ...(await jobView(em, job)), results: [...commands.map(toApiLine), ...emails.map(toApiEmailLine)] };
}

const toApiProgress = ({ total, applied, refused, failed }: Progress) => ({
  total,
  done: applied + refused + failed,
  applied,
  refused,
  failed,
});

const toApiLine = ({ commandId, purchaseId, name: verb, state, refusal }: Line) => ({
  kind: 'command' as const,
  commandId,
  purchaseId,
  verb,
  status: STATUS[state],
  detail: refusal?.detail ?? null,
});

const EMAIL_STATUS = {
  queued: 'pending',
  sent: 'applied',
  delivered: 'applied',
  bounced: 'applied',
  complained: 'applied',
  suppressed: 'refused',
  failed: 'failed',
  unknown: 'failed',
} as const satisfies Record<EmailState, string>;

const toApiEmailLine = ({ state, reason: detail, ...line }: EmailLine) => ({
  kind: 'email' as const,
  ...line,
  status: EMAIL_STATUS[state],
  detail,
});
