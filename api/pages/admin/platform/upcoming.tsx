import type { Overview } from '../../../platform/overview-schema.ts';
import type { Site } from '../../page.ts';
import { Table, type RowGroup } from '../../parts/list.tsx';
import { moneyInWords } from '../../parts/money.tsx';
import { Badge } from '../../parts/notice.tsx';
import { PersonRow } from '../../parts/person.tsx';
import { Time } from '../../parts/when.tsx';
import { DUE_SHORT } from '../../words/due.ts';
import { weekdayInWords } from '../../words/instant.ts';

type Due = Overview['upcoming'][number];

/** What falls due next, by day, with what is charged on each. */
export const Upcoming = ({ site, overview }: { site: Site; overview: Overview }) => (
  <Table
    caption="What falls due next, the earliest first"
    rows={overview.upcoming}
    groups={daysOf(overview, site)}
    keyOf={({ purchaseId, kind, at }) => `${purchaseId} ${kind} ${at}`}
    empty={
      <p>
        Nothing is due. Renewals, ends of trials and other dates appear here once something is bought: copy the checkout
        link of an <a href="/offers">offer</a>.
      </p>
    }
    columns={[
      { label: 'When', cell: (due) => <DueAt due={due} site={site} now={overview.now} />, at: '2r' },
      {
        label: 'Customer',
        cell: ({ purchaseId, contact }) => <PersonRow {...contact} href={`/purchases/${purchaseId}`} />,
        width: 'wide',
        at: '1',
      },
      { label: 'What', cell: ({ kind }) => DUE_SHORT[kind], at: '2' },
      { label: 'Purchase', cell: ({ offer }) => <bdi>{offer.name}</bdi>, width: 'wide', isQuiet: true },
      { label: 'Amount', cell: ({ charge }) => charge && moneyInWords(charge), isFigure: true, at: '1r' },
    ]}
  />
);

const daysOf = ({ upcoming, upcomingDays }: Overview, site: Site): RowGroup<Due>[] =>
  upcomingDays.map(({ day, charges }) => ({
    head: weekdayInWords(day, site),
    figure: charges === null ? 'and more' : charges.map((sum) => moneyInWords(sum)).join(' + '),
    rows: upcoming.filter((due) => due.day === day),
  }));

const DueAt = ({ due, site, now }: { due: Due; site: Site; now: string }) => (
  <span className="person">
    <Time at={due.at} site={site} />
    {due.at > now ? null : (
      <span>
        <Badge tone="warn">{due.owner === 'stripe' ? 'waits for Stripe' : 'late'}</Badge>
      </span>
    )}
  </span>
);
