import type { z } from 'zod';
import { EVERYBODY } from '../../../auth/roles.ts';
import type { activitySummary, progressSchema } from '../../../people/activity-schema.ts';
import { activityRoutes } from '../../../people/activity.ts';
import { contactRoutes } from '../../../people/contacts.ts';
import { page, siteOf, type Page, type Site } from '../../page.ts';
import { DayChart } from '../../parts/day-chart.tsx';
import { Facts, pageOf, Pager, Table } from '../../parts/list.tsx';
import { When } from '../../parts/when.tsx';
import { ACTIVITY_WORDS } from '../../words/activity.ts';

type Summary = z.output<typeof activitySummary>;
type Progress = z.output<typeof progressSchema>;

/** What a person did of late, and how far they are in what they bought [R17.1, R5.5]. */
export const contactActivityPage: Page = {
  path: '/contacts/{contactId}/activity',
  audience: 'admin',
  roles: EVERYBODY,
  async show(call) {
    const params = { contactId: call.params.contactId ?? '' };
    const { name, email } = await call.api.read(contactRoutes.read, { params });
    const summary = await call.api.read(activityRoutes.summary, { params });
    const { data: products } = await call.api.read(activityRoutes.progress, { params });
    const { data, nextCursor } = await call.api.read(activityRoutes.list, { params, query: pageOf(call.query) });
    const site = siteOf(call);
    return page(
      'Activity',
      <>
        <p className="crumbs">
          <a href="/contacts">Contacts</a> <a href={`/contacts/${params.contactId}`}>{name ?? email}</a>
        </p>
        <div className="head">
          <h1>Activity</h1>
        </div>
        <SummaryOf summary={summary} site={site} />
        <ProgressOf products={products} site={site} />
        <h2>What was done</h2>
        <Table
          caption="What this person did, the newest first"
          rows={data}
          keyOf={({ id }) => id}
          empty={<p>Nothing is known that this person did.</p>}
          columns={[
            { label: 'What', at: '1', width: 'wide', cell: ({ kind }) => ACTIVITY_WORDS[kind] },
            { label: 'Lesson', isSpare: true, cell: ({ lessonId }) => lessonId ?? '–' },
            { label: 'When', at: '2', isFigure: true, cell: ({ at }) => <When at={at} site={site} /> },
          ]}
        />
        <Pager path={`/contacts/${params.contactId}/activity`} query={call.query} nextCursor={nextCursor} />
      </>,
    );
  },
};

const sumOf = ({ days }: Summary, what: 'logins' | 'others'): number => days.reduce((sum, day) => sum + day[what], 0);

const SummaryOf = ({ summary, site }: { summary: Summary; site: Site }) => (
  <>
    <Facts
      facts={[
        ['Last activity', <When key="last" at={summary.lastActivityAt} site={site} none="none known" />],
        ['Last sign-in', <When key="login" at={summary.lastLoginAt} site={site} none="none known" />],
        ['Sign-ins in 90 days', sumOf(summary, 'logins')],
        ['Other activity in 90 days', sumOf(summary, 'others')],
        ['Active until', <When key="until" at={summary.activeUntil} site={site} none="not an active customer now" />],
      ]}
    />
    {summary.days.length === 0 ? null : (
      <DayChart
        label="What was done, by the days on which anything was"
        figures={summary.days
          .map(({ day, logins, others }) => ({ day, value: logins + others, limit: null }))
          .toReversed()}
      />
    )}
  </>
);

const ProgressOf = ({ products, site }: { products: Progress[]; site: Site }) => (
  <>
    <h2>Progress</h2>
    <Table
      caption="How far this person is in each product"
      rows={products}
      keyOf={({ productId }) => productId}
      empty={<p>No product has told of a lesson yet.</p>}
      columns={[
        { label: 'Product', at: '1', width: 'wide', cell: ({ productName }) => productName },
        { label: 'Lessons viewed', at: '1r', isFigure: true, cell: ({ lessons }) => lessons.length },
        {
          label: 'Lessons completed',
          isFigure: true,
          cell: ({ lessons }) => lessons.filter(({ completedAt }) => completedAt !== null).length,
        },
        {
          label: 'Course',
          at: '2',
          cell: ({ completedAt }) => (completedAt === null ? 'not completed' : <When at={completedAt} site={site} />),
        },
        { label: 'Last', isSpare: true, isFigure: true, cell: ({ lastAt }) => <When at={lastAt} site={site} /> },
      ]}
    />
  </>
);
