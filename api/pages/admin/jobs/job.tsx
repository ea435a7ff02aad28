import type { z } from 'zod';
import type { fullJobSchema } from '../../../jobs/job-schema.ts';
import { expertRoutes } from '../../../credits/experts.ts';
import { jobRoutes } from '../../../jobs/jobs.ts';
import { PEOPLE } from '../../../auth/roles.ts';
import { page, siteOf, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';
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
    const { name } = await call.api.read(expertRoutes.read, { params: { expertId: job.input.expertId } });
    return page('Cancel what is booked', <OneJob job={job} expertName={name} site={siteOf(call)} />);
  },
  async state(call) {
    const { done, total } = await readJob(call);
    return `${done}/${total}`;
  },
};

const readJob = ({ api, params }: PageCall): Promise<Job> =>
  api.read(jobRoutes.read, { params: { jobId: params.jobId ?? '' } });

const OneJob = ({ job, expertName, site }: { job: Job; expertName: string; site: Site }) => (
  <>
    <p className="crumbs">
      <a href={`/experts/${job.input.expertId}`}>{expertName}</a>
    </p>
    <div className="head">
      <h1>Cancel what is booked</h1>
      <Badge tone={job.state === 'done' ? 'good' : 'plain'}>{job.state === 'done' ? 'Done' : 'Running'}</Badge>
    </div>
    {job.total === 0 ? <Notice tone="good">Nothing was booked. Nothing can be booked then.</Notice> : null}
    <p>
      <progress value={job.done} max={Math.max(1, job.total)} aria-label="Progress" />{' '}
      {job.done.toLocaleString('en-US')} of {countOf(job.total, 'booking')}
    </p>
    <Facts
      facts={[
        ['From', <When key="from" at={job.input.startsAt} site={site} />],
        ['Until', <When key="until" at={job.input.endsAt} site={site} />],
        ['Canceled', job.applied.toLocaleString('en-US')],
        ['Not canceled', (job.refused + job.failed).toLocaleString('en-US')],
        ['Asked by', actorInWords(job.by)],
        ['Reason', job.reason ?? '–'],
        ['Asked', <When key="asked" at={job.createdAt} site={site} />],
      ]}
    />
    <Results results={job.results} />
  </>
);

const WORDS = { pending: 'Waiting', applied: 'Done', refused: 'Refused', failed: 'Failed' } as const;
const TONES = { pending: 'plain', applied: 'good', refused: 'warn', failed: 'bad' } as const;

const Results = ({ results }: Pick<Job, 'results'>) => (
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
