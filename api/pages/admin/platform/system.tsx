import type { z } from 'zod';
import { systemRoutes, type systemSchema } from '../../../platform/system.ts';
import { page, type Page } from '../../page.ts';
import { type Column, Facts, Table } from '../../parts/list.tsx';
import { Badge, Notice } from '../../parts/notice.tsx';
import { durationInWords } from '../../words/duration.ts';
import { JOB_WORDS, LAG_WORDS } from '../../words/lag.ts';

type System = z.output<typeof systemSchema>;
type Lag = System['lags'][number];
type Job = System['jobs'][number];

/** For who keeps it running: how far behind everything is, and what to do about it. */
export const systemPage: Page = {
  path: '/system',
  audience: 'admin',
  roles: ['operator'],
  async show({ api }) {
    const { lags, jobs, temporal, counts } = await api.read(systemRoutes.show, {});
    return page(
      'System',
      <>
        <p className="crumbs">
          <a href="/accounts">Accounts</a>
        </p>
        <div className="head">
          <h1>System</h1>
        </div>
        <Verdict lags={lags} jobs={jobs} temporal={temporal} />
        <Table
          caption="How far behind each thing is"
          rows={lags}
          keyOf={({ name }) => name}
          empty={null}
          columns={LAG_COLUMNS}
        />
        <h2>What the workers do every few minutes</h2>
        <Table
          caption="Jobs of the workers"
          rows={jobs}
          keyOf={({ name }) => name}
          empty={<p>No worker has begun a job yet. Is one running?</p>}
          columns={JOB_COLUMNS}
        />
        <h2>Over all accounts</h2>
        <Facts facts={COUNTED.map(([name, label]) => [label, counts[name].toLocaleString('en-US')])} />
      </>,
    );
  },
};

const Verdict = ({ lags, jobs, temporal }: Pick<System, 'lags' | 'jobs' | 'temporal'>) => {
  const late = lags.filter(({ isLate }) => isLate);
  const lateJobs = jobs.filter(({ isLate }) => isLate);
  return (
    <>
      {temporal === 'unreachable' ? (
        <Notice tone="bad">
          <strong>Temporal does not answer.</strong> Nothing new is carried out; all that is accepted is kept.
        </Notice>
      ) : null}
      {late.map(({ name, seconds }) => (
        <Notice key={name} tone="warn">
          <strong>
            {LAG_WORDS[name].label}: {durationInWords(seconds)} behind.
          </strong>{' '}
          {LAG_WORDS[name].doing}
        </Notice>
      ))}
      {lateJobs.length > 0 ? (
        <Notice tone="warn">
          <strong>Jobs are late.</strong> No worker begins them: is one up, and what does its log say?
        </Notice>
      ) : null}
      {late.length + lateJobs.length === 0 && temporal === 'reachable' ? (
        <Notice tone="good">Nothing is behind.</Notice>
      ) : null}
    </>
  );
};

const LAG_COLUMNS: Column<Lag>[] = [
  { label: 'What', at: '1', width: 'wide', cell: ({ name }) => LAG_WORDS[name].label },
  { label: 'Which is', at: '2', width: 'wide', isSpare: true, cell: ({ name }) => LAG_WORDS[name].meaning },
  { label: 'Waiting', isFigure: true, cell: ({ waiting }) => waiting?.toLocaleString('en-US') ?? '–' },
  { label: 'For', isFigure: true, at: '2r', cell: ({ seconds, since }) => (since ? durationInWords(seconds) : '–') },
  { label: 'At most', isFigure: true, isSpare: true, cell: ({ limitSeconds }) => durationInWords(limitSeconds) },
  { label: 'State', at: '1r', cell: ({ isLate }) => <Late isLate={isLate} /> },
];

const JOB_COLUMNS: Column<Job>[] = [
  { label: 'Job', at: '1', width: 'wide', cell: ({ name }) => JOB_WORDS[name] ?? name },
  { label: 'Late by', isFigure: true, at: '2r', cell: ({ seconds }) => (seconds > 0 ? durationInWords(seconds) : '–') },
  { label: 'State', at: '1r', cell: ({ isLate }) => <Late isLate={isLate} /> },
];

const Late = ({ isLate }: { isLate: boolean }) =>
  isLate ? <Badge tone="warn">Late</Badge> : <Badge tone="good">On time</Badge>;

const COUNTED: [keyof System['counts'], string][] = [
  ['purchases', 'Purchases'],
  ['pending', 'Verbs under way'],
  ['needAttention', 'Purchases that wait for a person'],
  ['openRows', 'Commands and webhooks not yet carried out'],
  ['unmatchedEvents', 'Events whose purchase is still looked for'],
  ['deadRows', 'Events that belong to no purchase'],
  ['queuedEmails', 'Emails not yet sent'],
  ['movingClocks', 'Test clocks that move'],
];
