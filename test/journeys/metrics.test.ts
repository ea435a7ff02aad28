import { expect, test } from '@jest/globals';
import { rejudgeRevenue, recountFigures } from '../../db/money/recount-figures.ts';
import { run, sql } from '../../db/sql.ts';
import { monthlyRevenue } from '../../workflows/domain/monthly.ts';
import { liftSnapshot } from '../../workflows/domain/snapshot.ts';
import { aSite, type Site } from './a-site.ts';
import { mergeSoon, merge } from './two-contacts.ts';
import { town, useTown } from './use-town.ts';

useTown();

type Answer = { currency: string | null; data: Record<string, unknown>[] };

const NOON = 'T09:00:00.000Z';
const MONTHS = 'from=2027-01-01&to=2027-05-01&interval=month';

const metric = (site: Site, name: string, query = MONTHS): Promise<Answer> =>
  site.must(site.owner.get(`/v1/metrics/${name}?${query}`));

/** The figures of each month, by these names. */
async function figures(site: Site, name: string, keys: string[]): Promise<unknown[][]> {
  return (await metric(site, name)).data.map((point) => keys.map((key) => point[key]));
}

const everything = async (site: Site) => {
  const em = town.deps.orm.em.fork();
  return [
    await em.execute(
      `select purchase_id, contact_id, at, kind, change_minor, subscriptions, customers, cohort_at from revenue_movements where account_id = ? order by id`,
      [site.accountId],
    ),
    await em.execute('select * from contact_revenue where account_id = ? order by contact_id', [site.accountId]),
    await em.execute(
      'select name, currency, day, sum(count), sum(minor) from figure_counts where account_id = ? group by 1, 2, 3 order by 1, 2, 3',
      [site.accountId],
    ),
  ];
};

/** What all movements come to is what all purchases bring now. */
async function checkSums(site: Site): Promise<void> {
  const em = town.deps.orm.em.fork();
  const rows = await em.execute<{ snapshot: object; moved: string | null }[]>(
    `select snapshot, (select sum(change_minor) from revenue_movements where purchase_id = p.id) as moved
     from purchases p where account_id = ?`,
    [site.accountId],
  );
  for (const { snapshot, moved } of rows)
    expect(Number(moved ?? 0)).toBe(monthlyRevenue(liftSnapshot(snapshot))?.amountMinor ?? 0);
}

test('revenue, churn and retention of an account made by hand are those worked out by hand', async () => {
  const site = await aSite(town, { timeZone: 'America/New_York' });
  const [silver, gold] = [await site.offer(), await site.offer({ amountMinor: 9_900 })];
  const yearly = await site.offer({ amountMinor: 12_000, interval: 'year' });
  const onTrial = await site.offer({ trialDays: 14 });
  const ada = await site.buy(silver);
  const bob = await site.buy(yearly);
  const cleo = await site.buy(onTrial);
  const dan = await site.buy(onTrial);
  await site.ask(dan, 'cancel', { when: 'period_end' });
  await site.moveTo(`2027-02-20${NOON}`);
  const wish = { offerId: gold.id, when: 'now', proration: 'none' };
  await site.ask(ada, 'change-offer', wish);
  await site.ask(bob, 'cancel', { when: 'now' });
  await site.moveTo(`2027-03-05${NOON}`);
  await site.ask(cleo, 'pause', { resumeAt: null, access: 'keep' });
  await site.moveTo(`2027-04-02${NOON}`);
  await site.ask(cleo, 'resume', {});

  expect(
    await figures(site, 'mrr', [
      'amountMinor',
      'newMinor',
      'expansionMinor',
      'contractionMinor',
      'churnMinor',
      'reactivationMinor',
    ]),
  ).toEqual([
    [3_900, 3_900, 0, 0, 0, 0],
    [12_800, 2_900, 7_000, 0, -1_000, 0],
    [9_900, 0, 0, 0, -2_900, 0],
    [12_800, 0, 0, 0, 0, 2_900],
  ]);
  expect(await figures(site, 'active-subscriptions', ['subscriptions', 'started', 'ended'])).toEqual([
    [2, 2, 0],
    [2, 1, 1],
    [1, 0, 1],
    [2, 1, 0],
  ]);
  expect(
    await figures(site, 'churn', [
      'customersAtStart',
      'customersChurned',
      'customerChurnRate',
      'grossMrrChurnRate',
      'netMrrChurnRate',
    ]),
  ).toEqual([
    [0, 0, null, null, null],
    [2, 1, 50, 25.64, -153.85],
    [2, 1, 50, 22.66, 22.66],
    [1, 0, 0, 0, -29.29],
  ]);
  expect(await figures(site, 'retention', ['customers', 'retained'])).toEqual([
    [2, [2, 1, 1, 1]],
    [1, [1, 0, 1]],
    [0, [0, 0]],
    [0, [0]],
  ]);
  expect(await figures(site, 'trials', ['ended', 'converted', 'conversionRate'])).toEqual([
    [0, 0, null],
    [2, 1, 50],
    [0, 0, null],
    [0, 0, null],
  ]);
  await checkSums(site);
}, 120_000);

test('money is counted on its day in the account’s zone, what went back on its own', async () => {
  const site = await aSite(town, { at: '2027-02-01T03:00:00.000Z', timeZone: 'America/New_York' });
  const id = await site.buy(await site.offer());
  const [payment] = (await site.read(id)).payments;
  await site.moveTo(`2027-02-03${NOON}`);
  await site.ask(id, 'refund', { paymentId: payment!.id, amountMinor: 900, billing: 'keep', access: 'keep' });

  expect(await figures(site, 'net-revenue', ['from', 'netMinor', 'payments', 'paidMinor', 'refundedMinor'])).toEqual([
    ['2027-01-01', 2_900, 1, 2_900, 0],
    ['2027-02-01', -900, 0, 0, 900],
  ]);
  expect((await metric(site, 'refunds', 'from=2027-02-02&to=2027-02-05&interval=day')).data).toMatchObject([
    { from: '2027-02-02', to: '2027-02-03', refunds: 0 },
    { from: '2027-02-03', to: '2027-02-04', refunds: 1, refundedMinor: 900 },
  ]);
});

test('what test customers buy counts in no figure, and a currency has its own', async () => {
  const site = await aSite(town);
  const [usd, eur] = [await site.offer(), await site.offer({ currency: 'eur', amountMinor: 1_000 })];
  const email = site.newEmail();
  await site.must(site.owner.post('/v1/contacts', { email, name: 'Tess', isTest: true }), 201);
  await site.buy(usd, { email });
  await site.buy(eur);

  expect(await figures(site, 'mrr', ['amountMinor'])).toEqual([[1_000]]);
  expect((await metric(site, 'mrr', `${MONTHS}&currency=usd`)).data).toMatchObject([{ amountMinor: 0 }]);
  expect((await metric(site, 'net-revenue', `${MONTHS}&currency=usd`)).data).toMatchObject([{ payments: 0 }]);
});

test('two people made one are one customer, and no revenue moves', async () => {
  const site = await aSite(town);
  const [first, second] = [await site.buy(await site.offer()), await site.buy(await site.offer())];
  const [goes, stays] = [(await site.read(first)).contactId, (await site.read(second)).contactId];
  const { planHash } = await site.must(merge(site, goes, stays, { dryRun: true }));
  await merge(site, goes, stays, { planHash });
  expect(await mergeSoon(site, goes)).toBe('done');
  await site.ask(first, 'cancel', { when: 'now' });

  expect(await figures(site, 'mrr', ['amountMinor', 'newMinor', 'contractionMinor', 'churnMinor'])).toEqual([
    [2_900, 5_800, -2_900, 0],
  ]);
  expect(await figures(site, 'retention', ['customers', 'retained'])).toEqual([[2, [1]]]);
});

test('counted and judged anew, every figure is what it was; what was lost, or was before them, comes back', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer());
  const over = await site.buy(await site.offer());
  await site.moveTo(`2027-02-10${NOON}`);
  await site.ask(over, 'cancel', { when: 'now' });
  const kept = await everything(site);
  const em = town.deps.orm.em.fork();

  expect(await rejudgeRevenue(em)).toBe(0);
  expect(await recountFigures(em)).toBe(0);
  expect(await everything(site)).toEqual(kept);

  await run(em, sql`delete from revenue_movements where purchase_id in (${id}, ${over})`);
  await run(em, sql`delete from figure_counts where account_id = ${site.accountId}`);
  expect(await rejudgeRevenue(em)).toBe(3);
  expect(await recountFigures(em)).toBeGreaterThan(0);
  expect(await everything(site)).toEqual(kept);
});
