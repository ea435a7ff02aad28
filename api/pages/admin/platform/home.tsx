import { overviewRoutes } from '../../../platform/overview.ts';
import { EVERYBODY, MONEY_READERS } from '../../../auth/roles.ts';
import type { Overview } from '../../../platform/overview-schema.ts';
import { digest } from '../../digest.ts';
import { hasRole, page, redirect, siteOf, type Page, type PageCall, type Site } from '../../page.ts';
import { Table } from '../../parts/list.tsx';
import { Badge } from '../../parts/notice.tsx';
import { PersonRow } from '../../parts/person.tsx';
import { Day, Near } from '../../parts/when.tsx';
import { DUE_SHORT } from '../../words/due.ts';
import { moneyInWords } from '../../parts/money.tsx';
import { Today } from './home-figures.tsx';
import type { Work } from './work-item.ts';
import { readWork, WorkList } from './work-list.tsx';

const overviewFor = ({ api }: PageCall): Promise<Overview> => api.read(overviewRoutes.read, {});

/**
 * What needs attention, what comes next, today's figures. Assistants, who see no figures, start at
 * the offers [R2.1].
 */
export const homePage: Page = {
  path: '/',
  audience: 'admin',
  roles: EVERYBODY,
  async show(call) {
    if (!hasRole(call, MONEY_READERS)) return redirect('/offers');
    const overview = await overviewFor(call);
    const work = await readWork(call, overview.attention);
    return page('Home', <Home site={siteOf(call)} overview={overview} work={work} />);
  },
  async state(call) {
    const { attention, upcoming, today } = await overviewFor(call);
    return digest([attention, upcoming, today]);
  },
};

const Home = ({ site, overview, work }: { site: Site; overview: Overview; work: Work }) => (
  <>
    <div className="head">
      <h1>Home</h1>
    </div>
    <div className="cols">
      <div>
        <section>
          <h2>
            Needs attention {work.items.length === 0 ? null : <span className="count bad">{work.items.length}</span>}
          </h2>
          <WorkList work={work} site={site} />
        </section>
        <section>
          <h2>What comes next</h2>
          <Upcoming site={site} overview={overview} />
          {overview.upcoming.length === 0 ? null : (
            <p>
              <a href="/purchases?sort=nextDue">All purchases by what is due next</a>
            </p>
          )}
        </section>
      </div>
      <section>
        <h2>
          Today, <Day at={overview.now} site={site} />
        </h2>
        <Today today={overview.today} />
      </section>
    </div>
  </>
);

type Due = Overview['upcoming'][number];

const Upcoming = ({ site, overview: { upcoming, now } }: { site: Site; overview: Overview }) => (
  <Table
    caption="What falls due next, the earliest first"
    rows={upcoming}
    keyOf={({ purchaseId, kind, at }) => `${purchaseId} ${kind} ${at}`}
    empty={
      <p>
        Nothing is due. Renewals, ends of trials and other dates appear here once something is bought: copy the checkout
        link of an <a href="/offers">offer</a>.
      </p>
    }
    columns={[
      { label: 'When', cell: (due) => <DueAt due={due} site={site} now={now} />, at: '2r' },
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

const DueAt = ({ due, site, now }: { due: Due; site: Site; now: string }) => (
  <span className="person">
    <Near at={due.at} site={site} />
    {due.at > now ? null : (
      <span>
        <Badge tone="warn">{due.owner === 'stripe' ? 'waits for Stripe' : 'late'}</Badge>
      </span>
    )}
  </span>
);
