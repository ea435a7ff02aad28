import { EVERYBODY } from '../../../auth/roles.ts';
import { usageRoutes } from '../../../platform/usage.ts';
import { page, siteOf, type Page } from '../../page.ts';
import { DayChart } from '../../parts/day-chart.tsx';
import { Facts, Table } from '../../parts/list.tsx';
import { When } from '../../parts/when.tsx';

const figure = (count: number | null): string => count?.toLocaleString('en-US') ?? 'no limit';

/** How many customers are active, now and day by day [R17.2]. */
export const activeCustomersPage: Page = {
  path: '/active-customers',
  audience: 'admin',
  roles: EVERYBODY,
  async show(call) {
    const usage = await call.api.read(usageRoutes.read, {});
    const { data } = await call.api.read(usageRoutes.days, { query: {} });
    const figures = data.map(({ day, activeCustomers: value, limit }) => ({ day, value, limit }));
    return page(
      'Active customers',
      <>
        <p className="crumbs">
          <a href="/contacts">Contacts</a>
        </p>
        <div className="head">
          <h1>Active customers</h1>
        </div>
        <Facts
          facts={[
            ['Active now', figure(usage.activeCustomers)],
            ['Your plan allows', figure(usage.limit)],
            ['Counted', <When key="asOf" at={usage.asOf} site={siteOf(call)} />],
          ]}
        />
        <p className="quiet">
          A customer is active who logged in and did something else, both within the last 30 days. Nothing is blocked
          above the limit.
        </p>
        {figures.length === 0 ? null : <DayChart label="Active customers by day" figures={figures} />}
        <Table
          caption="Active customers by day, the latest first"
          rows={figures.toReversed()}
          keyOf={({ day }) => day}
          empty={<p>The first figure is kept on the day on which somebody does something.</p>}
          columns={[
            { label: 'Day', at: '1', cell: ({ day }) => day },
            { label: 'Active', at: '1r', isFigure: true, cell: ({ value }) => figure(value) },
            { label: 'Limit', isFigure: true, isSpare: true, cell: ({ limit }) => figure(limit) },
          ]}
        />
      </>,
    );
  },
};
