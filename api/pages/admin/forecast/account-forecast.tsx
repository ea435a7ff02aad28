import type { z } from 'zod';
import { MONEY_READERS } from '../../../auth/roles.ts';
import type { accountForecastSchema } from '../../../forecast/forecast-schema.ts';
import { forecastRoutes } from '../../../forecast/forecasts.ts';
import { page, siteOf, type Page, type PageCall, type Site } from '../../page.ts';
import { addressWith, Table } from '../../parts/list.tsx';
import { moneyInWords } from '../../parts/money.tsx';
import { Notice } from '../../parts/notice.tsx';
import { monthInWords } from '../../words/instant.ts';
import { Asked, AsThingsStand } from './asked.tsx';
import { untilIn } from './until.ts';

type Forecast = z.output<typeof accountForecastSchema>;
type Month = Forecast['months'][number];
type Shown = { forecast: Forecast; site: Site; until: ReturnType<typeof untilIn>; isFirst: boolean };

const PATH = '/forecast';

/** How many pages of the API one page shows in one sum. */
const MOST_PAGES = 5;

/** Revenue to come by month, of what is sold already [R23.2]. */
export const accountForecastPage: Page = {
  path: PATH,
  audience: 'admin',
  roles: MONEY_READERS,
  async show(call) {
    const site = siteOf(call);
    const until = untilIn(call.query, site, PATH);
    const forecast = await addUp(call, until.asked);
    const isFirst = call.query.cursor === undefined;
    return page('Forecast', <AccountForecast forecast={forecast} site={site} until={until} isFirst={isFirst} />);
  },
};

async function addUp({ api, query }: PageCall, until: string): Promise<Forecast> {
  const read = (cursor: string | undefined) => api.read(forecastRoutes.ofAccount, { query: { until, cursor } });
  let all = await read(query.cursor);
  for (let pages = 1; pages < MOST_PAGES && all.nextCursor !== null; pages += 1) {
    const more = await read(all.nextCursor);
    const months = summed([...all.months, ...more.months], ({ month, currency }) => `${month} ${currency}`);
    const totals = summed([...all.totals, ...more.totals], ({ currency }) => currency);
    all = { ...more, purchases: all.purchases + more.purchases, months, totals };
  }
  return all;
}

/** Sums of one key in one, in the order of their keys. */
function summed<Sum extends Forecast['totals'][number]>(sums: Sum[], keyOf: (sum: Sum) => string): Sum[] {
  const byKey = new Map<string, Sum>();
  for (const one of sums) {
    const known = byKey.get(keyOf(one));
    byKey.set(keyOf(one), known ? plus(known, one) : one);
  }
  return [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}

const plus = <Sum extends Forecast['totals'][number]>(a: Sum, b: Sum): Sum => ({
  ...a,
  charges: a.charges + b.charges,
  amountMinor: a.amountMinor + b.amountMinor,
  uncertainMinor: a.uncertainMinor + b.uncertainMinor,
});

const AccountForecast = ({ forecast, site, until, isFirst }: Shown) => (
  <>
    <div className="head">
      <h1>Forecast</h1>
    </div>
    <Asked path={PATH} until={until} site={site} />
    <AsThingsStand totals={forecast.totals} />
    <Part forecast={forecast} isFirst={isFirst} until={until} />
    <Table
      caption="Revenue to come, by month"
      rows={forecast.months}
      keyOf={({ month, currency }) => `${month} ${currency}`}
      empty={
        <p>Nothing is charged until then: revenue appears here once an offer is bought that is paid more than once.</p>
      }
      columns={[
        { label: 'Month', cell: ({ month }) => inWords(month, site), at: '1' },
        { label: 'Payments', cell: ({ charges }) => charges, isFigure: true, at: '2' },
        { label: 'Not certain', cell: uncertain, isFigure: true, isQuiet: true, at: '2r' },
        { label: 'Revenue', cell: (sum) => moneyInWords(sum), isFigure: true, at: '1r' },
      ]}
    />
  </>
);

const uncertain = ({ uncertainMinor, currency }: Month): string | null =>
  uncertainMinor === 0 ? null : moneyInWords({ amountMinor: uncertainMinor, currency });

/** `March`, or of another year `Mar 2028`. */
const inWords = (month: string, { now }: Site): string =>
  monthInWords(`${month}-15T12:00:00.000Z`, { timeZone: 'UTC', now }, 'long');

/** Where the account has more than one page adds up. */
function Part({ forecast: { purchases, nextCursor }, until, isFirst }: Omit<Shown, 'site'>) {
  if (isFirst && nextCursor === null) return null;
  return (
    <Notice tone="plain">
      These are the figures of {purchases} purchases, {isFirst ? 'the newest.' : 'and not of the newer ones.'}{' '}
      {nextCursor === null ? (
        <a href={addressWith(PATH, {}, { until: until.chosen })}>Begin with the newest</a>
      ) : (
        <a href={addressWith(PATH, {}, { until: until.chosen, cursor: nextCursor })}>Go on with older ones</a>
      )}
    </Notice>
  );
}
