import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { fullJobSchema } from '../../../jobs/job-schema.ts';
import { expertRoutes } from '../../../credits/experts.ts';
import { jobRoutes } from '../../../jobs/jobs.ts';
import { PEOPLE } from '../../../auth/roles.ts';
import { page, redirect, siteOf, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';
import { actorInWords } from '../../parts/actor.tsx';
import { countOf } from '../../parts/counts.ts';
import { Facts, Table } from '../../parts/list.tsx';
import { Badge, Notice } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import { commandInWords } from '../../words/command.ts';

type Job = z.output<typeof fullJobSchema>;

/** How far a job is, and what became of each of its commands. */
export const jobPage: Page = {
  path: '/jobs/{jobId}',
  audience: 'admin',
  roles: PEOPLE,
  async show(call): Promise<PageAnswer> {
    const job = await readJob(call);
    if (job.broadcastId !== null) return redirect(`/broadcasts/${job.broadcastId}`);
    const about = await aboutOf(call, job);
    return page(about.title, <OneJob job={job} about={about} site={siteOf(call)} />);
  },
  async state(call) {
    const { done, total } = await readJob(call);
    return `${done}/${total}`;
  },
};

const readJob = ({ api, params }: PageCall): Promise<Job> =>
  api.read(jobRoutes.read, { params: { jobId: params.jobId ?? '' } });

/** `done`: what became of those that were carried out. */
type About = {
  title: string;
  each: string;
  nothing: string;
  done: string;
  expert: { id: string; name: string } | null;
};

const MOVING = { each: 'purchase', nothing: 'Nothing was bought.', done: 'Moved', expert: null };

/** What a job is about, in words. */
async function aboutOf({ api }: PageCall, { kind, input }: Job): Promise<About> {
  const ending = { each: 'cancellation', nothing: 'Nothing was running.', done: 'Canceled', expert: null };
  if (kind === 'erase-contact') return { title: 'Erase a person', ...ending };
  if (kind === 'merge-contacts') return { title: 'Merge a contact into another one', ...MOVING };
  if (!input) return { title: 'Close the account', ...ending };
  const expert = await api.read(expertRoutes.read, { params: { expertId: input.expertId } });
  const nothing = 'Nothing was booked. Nothing can be booked then.';
  return { title: 'Cancel what is booked', each: 'booking', nothing, done: 'Canceled', expert };
}

const OneJob = ({ job, about, site }: { job: Job; about: About; site: Site }) => (
  <>
    {about.expert ? (
      <p className="crumbs">
        <a href={`/experts/${about.expert.id}`}>{about.expert.name}</a>
      </p>
    ) : null}
    <div className="head">
      <h1>{about.title}</h1>
      <Badge tone={job.state === 'done' ? 'good' : 'plain'}>{job.state === 'done' ? 'Done' : 'Running'}</Badge>
    </div>
    {job.total === 0 ? <Notice tone="good">{about.nothing}</Notice> : null}
    <p>
      <progress value={job.done} max={Math.max(1, job.total)} aria-label="Progress" />{' '}
      {job.done.toLocaleString('en-US')} of {countOf(job.total, about.each)}
    </p>
    <Facts
      facts={[
        ...timeOf(job, site),
        [about.done, job.applied.toLocaleString('en-US')],
        [`Not ${about.done.toLowerCase()}`, (job.refused + job.failed).toLocaleString('en-US')],
        ['Asked by', actorInWords(job.by)],
        ['Reason', job.reason ?? '–'],
        ['Asked', <When key="asked" at={job.createdAt} site={site} />],
      ]}
    />
    <Results results={job.results.flatMap((one) => (one.kind === 'command' ? one : []))} />
  </>
);

const timeOf = ({ input }: Job, site: Site): [string, ReactNode][] =>
  input
    ? [
        ['From', <When key="from" at={input.startsAt} site={site} />],
        ['Until', <When key="until" at={input.endsAt} site={site} />],
      ]
    : [];

const WORDS = { pending: 'Waiting', applied: 'Done', refused: 'Refused', failed: 'Failed' } as const;
const TONES = { pending: 'plain', applied: 'good', refused: 'warn', failed: 'bad' } as const;

type Command = Extract<Job['results'][number], { kind: 'command' }>;

const Results = ({ results }: { results: readonly Command[] }) => (
  <Table
    caption="What became of each"
    rows={results}
    keyOf={({ commandId }) => commandId}
    empty={<p>It had nothing to do.</p>}
    columns={[
      {
        label: 'What',
        at: '1',
        cell: ({ verb, purchaseId }) => <a href={`/purchases/${purchaseId}`}>{commandInWords(verb)}</a>,
      },
      { label: 'Status', at: '1r', cell: ({ status }) => <Badge tone={TONES[status]}>{WORDS[status]}</Badge> },
      { label: 'Why', at: '2', width: 'wide', cell: ({ detail }) => detail ?? '' },
    ]}
  />
);
