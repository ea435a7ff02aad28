import { z } from 'zod';
import { NEWEST } from '../../db/page.ts';
import { findJob, listJobs } from '../../db/jobs/jobs.ts';
import { PEOPLE } from '../auth/roles.ts';
import { readPage, toShownPage } from '../http/cursor.ts';
import { idParams, pageOf, pageQuery } from '../http/fields.ts';
import { notFound } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { fullJobSchema, jobSchema } from './job-schema.ts';
import { fullJobView, jobViews } from './job-view.ts';

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

export const jobRoutes = { list, read };
