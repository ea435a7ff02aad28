import { z } from 'zod';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import { changeJob } from '../../db/jobs/bulk-jobs.ts';
import { backToDraft } from '../../db/mail/broadcasts.ts';
import type { JobChange } from '../../workflows/domain/job.ts';
import { NEWEST } from '../../db/page.ts';
import { findJob, listJobs } from '../../db/jobs/jobs.ts';
import { BILLING, PEOPLE } from '../auth/roles.ts';
import { readPage, toShownPage } from '../http/cursor.ts';
import { idParams, pageOf, pageQuery } from '../http/fields.ts';
import { notFound, wrongState } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { fullJobSchema, jobSchema } from './job-schema.ts';
import { fullJobView, jobView, jobViews } from './job-view.ts';

const list = defineRoute({
  method: 'get',
  path: '/v1/jobs',
  tag: 'Jobs',
  operationId: 'listJobs',
  summary: 'List what was asked for many at once, the newest first',
  roles: PEOPLE,
  query: z.strictObject(pageQuery),
  answers: { 200: pageOf(jobSchema) },
  async handle({ em, query }) {
    const page = await listJobs(em, readPage(query, NEWEST));
    return { status: 200, body: toShownPage(page, await jobViews(em, page.rows)) };
  },
});

const read = defineRoute({
  method: 'get',
  path: '/v1/jobs/{jobId}',
  tag: 'Jobs',
  operationId: 'getJob',
  summary: 'Read how far a job is, and what became of each of its commands',
  roles: PEOPLE,
  params: idParams('jobId'),
  answers: { 200: fullJobSchema },
  async handle({ em, params }) {
    const job = await findJob(em, params.jobId);
    if (!job) throw notFound('job');
    return { status: 200, body: await fullJobView(em, job) };
  },
});

const CHANGES = {
  pause: {
    operationId: 'pauseJob',
    audit: { kind: 'job.paused' },
    summary: 'Pause a job; what has been begun is finished',
  },
  resume: { operationId: 'resumeJob', audit: { kind: 'job.resumed' }, summary: 'Let a paused job go on' },
  cancel: {
    operationId: 'cancelJob',
    audit: { kind: 'job.canceled' },
    summary: 'Cancel a job: what is left is not done any more',
    description: 'A broadcast whose time has not come becomes a draft again.',
  },
} as const satisfies Record<JobChange, object>;

const changeRoute = <const Change extends JobChange>(change: Change) =>
  defineRoute({
    ...CHANGES[change],
    method: 'post',
    path: `/v1/jobs/{jobId}/${change}`,
    tag: 'Jobs',
    roles: BILLING,
    params: idParams('jobId'),
    answers: { 200: jobSchema },
    problems: [409],
    async handle({ em, caller, params, afterCommit }, { wakes }: { wakes: Pick<Wakes, 'wakeJob'> }) {
      const job = await findJob(em, params.jobId);
      if (!job) throw notFound('job');
      const changed = await changeJob(em, job.id, { change, actor: caller.actor });
      if (!changed) throw wrongState('What this job had to ask has been asked: it cannot be called back.');
      if (changed.kind === 'refused') throw wrongState(`This job is ${changed.state}: there is nothing to ${change}.`);
      if (changed.before === 'scheduled') await backToDraft(em, job.id);
      afterCommit(() => wakes.wakeJob(job.id));
      return { status: 200, body: await jobView(em, job) };
    },
  });

export const jobRoutes = {
  list,
  read,
  pause: changeRoute('pause'),
  resume: changeRoute('resume'),
  cancel: changeRoute('cancel'),
};
