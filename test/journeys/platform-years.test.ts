import { expect, test } from '@jest/globals';
import { anExpert } from '../builders/rows.ts';
import type { Client } from '../api/a-client.ts';
import { aPlatform, type AccountWithAccess } from './accounts-that-buy.ts';
import type { Site } from './a-site.ts';
import { creditFates, creditFigures, lapsed, open } from './credit-fates.ts';
import { town, useTown } from './use-town.ts';

useTown();

const ACCESS = '/v1/account/access';
const REQUEST = `${ACCESS}/removal-request`;
const REMOVALS = '/v1/operator/removal-requests';

type Paid = [paidAt: string, amountMinor: number];
/** The last of the n-th month, 31 January 2027 being the first. */
const monthEnd = (n: number): string => new Date(Date.UTC(2027, n + 1, 0, 9)).toISOString();
const charges = (from: number, to: number, amountMinor: number): Paid[] =>
  Array.from({ length: to - from + 1 }, (_, n) => [monthEnd(from + n), amountMinor]);

async function paidFor(site: Site, id: string): Promise<Paid[]> {
  const { payments } = await site.read(id);
  return payments.map(({ paidAt, amountMinor }) => [paidAt ?? '', amountMinor]);
}

type Features = { features: string[]; quotas: Record<string, { limit: number }>; plan: string };

/** What an account may use and make: its plan's figures and, with the add-on, twice those. */
async function roomOf(site: Site, owner: Client): Promise<string> {
  const { features, quotas, plan } = await site.must<Features>(owner.get('/v1/account/features'));
  const limits = ['products', 'websites', 'contacts'].map((name) => quotas[name]?.limit);
  return [plan, ...limits, ...features].join(' ');
}

const BASIC = 'live 3 1 10000';
const DOUBLED = 'live 6 2 20000 code_editor early_access';

/** A platform with an expert, whom an account's people book. */
async function aPlatformWithCalls() {
  const platform = await aPlatform(town);
  const expertId = await anExpert(town.deps.orm.em.fork(), platform.site.accountId);
  const book = async (by: Client, { addOnId: purchaseId }: AccountWithAccess, startsAt: string) =>
    platform.site.must(by.post('/v1/account/calls', { purchaseId, expertId, startsAt }));
  return { ...platform, book };
}

/** Every two months, from the year's first to the month in which the journey ends. */
const SECOND_YEAR = [
  lapsed('2028-01-31', '2029-01-31'),
  lapsed('2028-03-31', '2029-03-31'),
  ...['2028-05-31', '2028-07-31', '2028-09-30', '2028-11-30', '2029-01-31', '2029-03-31'].map(open),
];

test('plan and add-on by the month, by the year, and from the year to the month, side by side for 26 months [R18, R19]', async () => {
  const { site, anAccountWithAccess, shipped, book } = await aPlatformWithCalls();
  const accounts = {
    monthly: await anAccountWithAccess('month'),
    annual: await anAccountWithAccess('year'),
    changed: await anAccountWithAccess('year'),
  };
  const { monthly, annual, changed } = accounts;
  const seen: Record<string, unknown[]> = { monthly: [], annual: [], changed: [] };
  const look = async (to: string) => {
    await site.moveTo(to);
    for (const [name, { owner, addOnId }] of Object.entries(accounts)) {
      const { available, remainingThisYear } = await creditFigures(site, addOnId);
      seen[name]?.push([await roomOf(site, owner), available, remainingThisYear]);
    }
  };

  await look('2027-08-02T09:00:00.000Z');
  await book(monthly.clients.administrator, monthly, '2027-08-04T07:00:00.000Z');
  await book(annual.clients.assistant, annual, '2027-08-04T07:45:00.000Z');
  const { id: offerId } = await shipped('Basic', 'month');
  await site.must(changed.owner.post('/v1/account/plan', { offerId, when: 'period_end' }));
  await site.quiet();
  await look('2028-01-31T08:59:59.000Z');
  await look('2028-01-31T09:00:00.000Z');
  await look('2029-03-31T09:00:00.000Z');

  const became = async (name: keyof typeof accounts) => ({
    plan: await paidFor(site, accounts[name].planId),
    addOn: await paidFor(site, accounts[name].addOnId),
    credits: await creditFates(site, accounts[name].addOnId),
    seen: seen[name],
  });
  expect(await became('monthly')).toEqual({
    plan: charges(0, 26, 14_900),
    addOn: charges(0, 26, 9_900),
    credits: [
      [1, 'issued 2027-01-31, redeemed 2027-08-02, spent 2027-08-04T07:45Z'],
      lapsed('2027-03-31', '2028-03-31'),
      lapsed('2027-05-31', '2028-05-31'),
      lapsed('2027-07-31', '2028-07-31'),
      lapsed('2027-09-30', '2028-09-30'),
      lapsed('2027-11-30', '2028-11-30'),
      ...SECOND_YEAR,
    ],
    seen: [
      [DOUBLED, 4, 6],
      [DOUBLED, 5, 5],
      [DOUBLED, 6, 6],
      [DOUBLED, 6, 6],
    ],
  });
  expect(await became('annual')).toEqual({
    plan: [0, 12, 24].flatMap((n) => charges(n, n, 142_800)),
    addOn: [0, 12, 24].flatMap((n) => charges(n, n, 118_800)),
    credits: [
      [1, 'issued 2027-01-31, redeemed 2027-08-02, spent 2027-08-04T08:30Z'],
      [5, 'issued 2027-01-31, expired 2028-01-31'],
      [6, 'issued 2028-01-31, expired 2029-01-31'],
      [6, 'issued 2029-01-31'],
    ],
    seen: [
      [DOUBLED, 6, 6],
      [DOUBLED, 5, 5],
      [DOUBLED, 6, 6],
      [DOUBLED, 6, 6],
    ],
  });
  // The add-on goes along at the very renewal, and gives by the month from then on.
  expect(await became('changed')).toEqual({
    plan: [...charges(0, 0, 142_800), ...charges(12, 26, 14_900)],
    addOn: [...charges(0, 0, 118_800), ...charges(12, 26, 9_900)],
    credits: [[6, 'issued 2027-01-31, expired 2028-01-31'], ...SECOND_YEAR],
    seen: [
      [DOUBLED, 6, 6],
      [DOUBLED, 6, 6],
      [DOUBLED, 1, 6],
      [DOUBLED, 6, 6],
    ],
  });
}, 120_000);

test('two calls, a removal asked for, withdrawn, asked for again and carried out; re-added it starts afresh [R20]', async () => {
  const { site, operator, anAccountWithAccess, book } = await aPlatformWithCalls();
  const rosa = await anAccountWithAccess('month');
  const pipelines = ['a', 'b', 'c', 'd', 'e'];
  for (const id of pipelines) await site.must(rosa.owner.put(`/v1/content/pipeline/${id}`, { name: id }), 201);
  const inUse = async () =>
    (await rosa.owner.get('/v1/content/pipeline?archived=false')).body.data.map(({ id }) => id).toSorted();
  await site.moveTo('2027-06-07T09:00:00.000Z');

  for (const day of ['09', '16']) await book(rosa.clients.support, rosa, `2027-06-${day}T07:00:00.000Z`);
  await site.must(rosa.owner.post(REQUEST, { reason: 'Too busy', refundWanted: false }));
  await site.must(rosa.owner.delete(REQUEST));
  await site.moveTo('2027-06-10T09:00:00.000Z');
  const asked = await site.must<{ removalRequest: { id: string } }>(
    rosa.owner.post(REQUEST, { reason: 'Still too busy', refundWanted: false }),
  );
  const whileAsked = await roomOf(site, rosa.owner);
  const kept = ['b', 'c', 'e'];
  const items = kept.map((id) => ({ kind: 'pipeline', id }));
  await site.must(rosa.owner.put('/v1/account/kept-content', { items }));
  const removal = `${REMOVALS}/${asked.removalRequest.id}`;
  await site.must(operator.post(`${removal}/confirm-content`, {}));
  const preview = await operator.post(`${removal}/remove`, { dryRun: true });
  await site.must(operator.post(`${removal}/remove`, { planHash: preview.body.planHash }));
  await site.quiet();

  expect(whileAsked).toBe(DOUBLED);
  expect(preview.body).toMatchObject({ credits: { before: { available: 1 }, after: { available: 0 } } });
  expect([await roomOf(site, rosa.owner), await inUse()]).toEqual([BASIC, kept]);
  const old = [
    [1, 'issued 2027-01-31, redeemed 2027-06-07, spent 2027-06-09T07:45Z'],
    [1, 'issued 2027-03-31, redeemed 2027-06-07, spent 2027-06-10'],
    [1, 'issued 2027-05-31, forfeited 2027-06-10'],
  ];
  expect(await creditFates(site, rosa.addOnId)).toEqual(old);

  await site.moveTo('2027-06-20T09:00:00.000Z');
  const again = await site.must<{ purchaseId: string }>(rosa.owner.post(ACCESS, {}));
  await site.quiet();
  site.purchases.push(again.purchaseId);
  expect([await roomOf(site, rosa.owner), await inUse()]).toEqual([DOUBLED, pipelines]);
  expect((await rosa.owner.get(ACCESS)).body).toMatchObject({
    firstPaymentAt: '2027-06-20T09:00:00.000Z',
    refundWindowClosesAt: null,
    credits: { perYear: 6, remainingThisYear: 6, available: 1, nextIssueAt: '2027-08-20T09:00:00.000Z' },
  });
  await site.moveTo('2027-08-20T09:00:00.000Z');
  expect(await creditFates(site, again.purchaseId)).toEqual(['2027-06-20', '2027-08-20'].map(open));
  expect(await creditFates(site, rosa.addOnId)).toEqual(old);
  expect((await paidFor(site, again.purchaseId)).map(([paidAt]) => paidAt.slice(0, 10))).toEqual([
    '2027-06-20',
    '2027-07-20',
    '2027-08-20',
  ]);
}, 60_000);
