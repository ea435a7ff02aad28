import { overviewRoutes } from '../../../platform/overview.ts';
import { EVERYBODY, MONEY_READERS } from '../../../auth/roles.ts';
import type { Overview } from '../../../platform/overview-schema.ts';
import { digest } from '../../digest.ts';
import { hasRole, page, redirect, siteOf, type Page, type PageCall, type Site } from '../../page.ts';
import { Day } from '../../parts/when.tsx';
import { Today } from './home-figures.tsx';
import { Upcoming } from './upcoming.tsx';
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
    const { attention, upcoming, upcomingDays, today } = await overviewFor(call);
    return digest([attention, upcoming, upcomingDays, today]);
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
