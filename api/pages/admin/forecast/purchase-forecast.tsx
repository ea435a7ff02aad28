import type { z } from 'zod';
import { MONEY_READERS } from '../../../auth/roles.ts';
import type { purchaseForecastSchema } from '../../../forecast/forecast-schema.ts';
import { forecastRoutes } from '../../../forecast/forecasts.ts';
import { page, siteOf, type Page, type Site } from '../../page.ts';
import { Table, type RowGroup } from '../../parts/list.tsx';
import { moneyInWords } from '../../parts/money.tsx';
import { Badge, Notice } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import { forecastInWords, type ForecastEntry } from '../../words/forecast.ts';
import { monthInWords } from '../../words/instant.ts';
import { purchasePath, readPurchase, type Purchase } from '../purchase/read-purchase.ts';
import { Asked, AsThingsStand } from './asked.tsx';
import { untilIn } from './until.ts';

type Forecast = z.output<typeof purchaseForecastSchema>;

/** What will happen to a purchase until a date, with nothing done [R23.2]. */
export const purchaseForecastPage: Page = {
  path: '/purchases/{purchaseId}/forecast',
  audience: 'admin',
  roles: MONEY_READERS,
  async show(call) {
    const purchase = await readPurchase(call);
    const site = siteOf(call);
    const path = `${purchasePath(purchase.id)}/forecast`;
    const until = untilIn(call.query, site, path);
    const forecast = await call.api.read(forecastRoutes.ofPurchase, {
      params: { purchaseId: purchase.id },
      query: { until: until.asked },
    });
    const { contact, offer } = purchase;
    return page(
      `What comes · ${contact.name ?? contact.email} · ${offer.name}`,
      <PurchaseForecast purchase={purchase} forecast={forecast} site={site} path={path} until={until} />,
    );
  },
};

type Shown = {
  purchase: Purchase;
  forecast: Forecast;
  site: Site;
  path: string;
  until: ReturnType<typeof untilIn>;
};

const PurchaseForecast = ({ purchase: { id, contact, offer }, forecast, site, path, until }: Shown) => (
  <>
    <p className="crumbs">
      <a href="/purchases">Purchases</a>{' '}
      <a href={purchasePath(id)}>{`${contact.name ?? contact.email} · ${offer.name}`}</a>
    </p>
    <div className="head">
      <h1>What comes</h1>
    </div>
    <Asked path={path} until={until} site={site} />
    <AsThingsStand totals={forecast.totals} />
    {forecast.notes.map(({ text }) => (
      <Notice key={text} tone="warn">
        {text}
      </Notice>
    ))}
    <Table
      caption="What comes, the earliest first"
      rows={toldOf(forecast.entries)}
      groups={monthsOf(toldOf(forecast.entries), site)}
      keyOf={(entry) => `${entry.at} ${entry.kind} ${forecastInWords(entry)}`}
      empty={<p>Nothing happens until then.</p>}
      columns={[
        { label: 'When', cell: ({ at }) => <When at={at} site={site} />, at: '2' },
        { label: 'What', cell: (entry) => <What entry={entry} />, at: '1' },
        {
          label: 'Amount',
          cell: (entry) => (entry.kind === 'charge' ? moneyInWords(entry) : null),
          isFigure: true,
          at: '1r',
        },
        { label: 'Why it is not certain', cell: ({ why }) => why, isQuiet: true, isSpare: true },
      ]}
    />
  </>
);

const What = ({ entry }: { entry: ForecastEntry }) => (
  <span title={entry.why ?? undefined}>
    {forecastInWords(entry)} {entry.certain ? null : <Badge tone="warn">not certain</Badge>}
  </span>
);

/** A date that brings something is told by what it brings. */
const toldOf = (entries: ForecastEntry[]): ForecastEntry[] =>
  entries.filter(({ kind, at }) => kind !== 'due' || entries.every((one) => one.kind === 'due' || one.at !== at));

/** Under each month what is charged in it. */
function monthsOf(entries: ForecastEntry[], site: Site): RowGroup<ForecastEntry>[] {
  const months = Map.groupBy(entries, ({ at }) => monthInWords(at, site, 'long'));
  return [...months].map(([head, rows]) => ({ head, figure: sumsIn(rows), rows }));
}

function sumsIn(entries: ForecastEntry[]): string {
  const charges = entries.filter((entry) => entry.kind === 'charge');
  const byCurrency = Map.groupBy(charges, ({ currency }) => currency);
  return [...byCurrency]
    .map(([currency, same]) =>
      moneyInWords({ currency, amountMinor: same.reduce((sum, { amountMinor }) => sum + amountMinor, 0) }),
    )
    .join(' + ');
}
