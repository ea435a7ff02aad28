import { expect, test } from '@jest/globals';
import { DAY_MS } from '../../workflows/domain/instant.ts';
import { aSite, type Offer, type OfferWish, type Site } from './a-site.ts';
import { linesOfTimeline, type ApiPurchase, type ApiTimeline } from './lines.ts';
import { takeFree } from './take-free.ts';
import { town, useTown } from './use-town.ts';

useTown();

const START = '2027-01-31T09:00:00.000Z';
/** Every quarter, ten days after its charges; the last one is 26 months after the start. */
const QUARTERS = [
  '2027-03-10T09:00:00.000Z',
  '2027-06-10T09:00:00.000Z',
  '2027-09-10T09:00:00.000Z',
  '2027-12-10T09:00:00.000Z',
  '2028-03-10T09:00:00.000Z',
  '2028-06-10T09:00:00.000Z',
  '2028-09-10T09:00:00.000Z',
  '2028-12-10T09:00:00.000Z',
  '2029-03-31T09:00:00.000Z',
] as const;
type Quarter = (typeof QUARTERS)[number];

type Paid = [paidAt: string, amountMinor: number];
type Ask = [verb: string, body?: object];

/** How it comes about, what is asked of it after which quarter, and what it has paid in the end. */
type Kind = {
  begin: () => Promise<string>;
  asked?: Partial<Record<Quarter, Ask>>;
  paid: Paid[];
  ends: Partial<ApiPurchase>;
};

const PLAN = { kind: 'payment_plan', amountMinor: 4900, currency: 'usd' } as const;
const FREE = { price: { kind: 'free' } };
const ACTIVE = { billingStatus: 'active', accessStatus: 'full' } as const;

const iso = (ms: number): string => new Date(ms).toISOString();
/** The last of the n-th month, 31 January 2027 being the first. */
const monthEnd = (n: number): string => iso(Date.UTC(2027, n + 1, 0, 9));
const fourteenth = (n: number): string => iso(Date.UTC(2027, n + 1, 14, 9));
const week = (n: number): string => iso(Date.parse(START) + n * 7 * DAY_MS);
const charges = (at: (n: number) => string, from: number, to: number, amountMinor: number): Paid[] =>
  Array.from({ length: to - from + 1 }, (_, n) => [at(from + n), amountMinor]);

async function theKinds(site: Site): Promise<Record<string, Kind>> {
  const offer = (wish: OfferWish) => site.offer({ refundWindowDays: 0, ...wish });
  const sold = async (wish: OfferWish, more: Parameters<Site['buy']>[1] = {}) => site.buy(await offer(wish), more);
  await site.must(
    site.owner.post('/v1/promotion-codes', { code: 'HALF', percentOff: 50, duration: { months: 3 } }),
    201,
  );
  const gold = await offer({ name: 'Gold', amountMinor: 9_900 });
  const [course, email] = [
    await offer({ price: { kind: 'one_time', amountMinor: 9_900, currency: 'usd' } }),
    site.newEmail(),
  ];
  return {
    free: {
      begin: async () => takeFree(site, await offer({ ...FREE, accessDays: 100 })),
      paid: [],
      ends: { billingStatus: 'none', accessStatus: 'none' },
    },
    'a grant, of the course that is bought as well': {
      begin: async () => granted(site, await offer({ ...FREE, productIds: course.productIds, accessDays: 400 }), email),
      asked: { '2027-06-10T09:00:00.000Z': ['access-start', { startsAt: '2027-07-01T00:00:00Z' }] },
      paid: [],
      ends: { billingStatus: 'none', accessStatus: 'none' },
    },
    'one-time': {
      begin: () => site.buy(course, { email }),
      asked: { '2027-03-10T09:00:00.000Z': ['revoke'], '2028-03-10T09:00:00.000Z': ['restore'] },
      paid: [[START, 9_900]],
      ends: { billingStatus: 'paid', accessStatus: 'full' },
    },
    'by the week, canceled after a year': {
      begin: () => sold({ interval: 'week' }),
      asked: { '2028-03-10T09:00:00.000Z': ['cancel', { when: 'period_end' }] },
      paid: charges(week, 0, 57, 2_900),
      ends: { billingStatus: 'canceled', accessStatus: 'none' },
    },
    'by the month': { begin: () => sold({}), paid: charges(monthEnd, 0, 26, 2_900), ends: ACTIVE },
    'by the year': {
      begin: () => sold({ interval: 'year' }),
      paid: [0, 12, 24].map((n) => [monthEnd(n), 2_900]),
      ends: ACTIVE,
    },
    'with a trial and a fee': {
      begin: () => sold({ trialDays: 14, setupFeeMinor: 5_000 }),
      paid: [[START, 5_000], ...charges(fourteenth, 0, 25, 2_900)],
      ends: ACTIVE,
    },
    'a payment plan': {
      begin: () => sold({ price: { ...PLAN, instalments: 12 }, accessDays: 200 }),
      paid: charges(monthEnd, 0, 11, 4_900),
      ends: { billingStatus: 'completed', accessStatus: 'none', instalments: { paid: 12, total: 12 } },
    },
    'a plan of six, paused after two for three months': {
      begin: () => sold({ price: { ...PLAN, instalments: 6 } }),
      asked: { '2027-03-10T09:00:00.000Z': ['pause'], '2027-06-10T09:00:00.000Z': ['resume'] },
      paid: [...charges(monthEnd, 0, 1, 4_900), ...charges(monthEnd, 5, 8, 4_900)],
      ends: { billingStatus: 'completed', accessStatus: 'full', instalments: { paid: 6, total: 6 } },
    },
    'with a code for three months': {
      begin: () => sold({}, { promotionCode: 'HALF' }),
      paid: [...charges(monthEnd, 0, 2, 1_450), ...charges(monthEnd, 3, 26, 2_900)],
      ends: ACTIVE,
    },
    'another offer with the end of a period': {
      begin: () => sold({}),
      asked: { '2027-09-10T09:00:00.000Z': ['change-offer', { offerId: gold.id, when: 'period_end' }] },
      paid: [...charges(monthEnd, 0, 7, 2_900), ...charges(monthEnd, 8, 26, 9_900)],
      ends: { ...ACTIVE, offerId: gold.id },
    },
    'with a trial, paused until a date': {
      begin: () => sold({ trialDays: 14 }),
      asked: { '2027-06-10T09:00:00.000Z': ['pause', { resumeAt: '2027-08-20T09:00:00Z', access: 'suspend' }] },
      paid: [...charges(fourteenth, 0, 3, 2_900), ...charges(fourteenth, 7, 25, 2_900)],
      ends: ACTIVE,
    },
    'with a fee, canceled with its period': {
      begin: () => sold({ setupFeeMinor: 5_000 }),
      asked: { '2027-12-10T09:00:00.000Z': ['cancel', { when: 'period_end' }] },
      paid: [[START, 7_900], ...charges(monthEnd, 1, 10, 2_900)],
      ends: { billingStatus: 'canceled', accessStatus: 'none' },
    },
  };
}

async function granted(site: Site, { id: offerId }: Offer, email: string): Promise<string> {
  const { purchase } = await site.must<{ purchase: { id: string } }>(site.owner.post('/v1/grants', { offerId, email }));
  await site.quiet();
  site.purchases.push(purchase.id);
  return purchase.id;
}

type Shown = { purchase: ApiPurchase; timeline: ApiTimeline };

const look = async (site: Site, id: string): Promise<Shown> => ({
  purchase: await site.read(id),
  timeline: await site.timelineOf(id),
});

/**
 * Nothing happened before the first date that was due, and what was shown as charged next is what
 * was charged; `moveTo` sees to it that each date brought what it stood for.
 */
function isAsForeseen(before: Shown, after: Shown, to: string): void {
  // A period that ends while paused is charged nothing, and leaves no entry.
  const first = before.timeline.due.find(({ kind }) => kind !== 'period-ends');
  const news = after.timeline.data.slice(before.timeline.data.length);
  expect(news[0]?.at).toBe(first !== undefined && first.at <= to ? first.at : undefined);
  const { nextChargeAt, nextCharge, resumeAt } = before.purchase;
  // The charge that follows a resume is shown from then on.
  if (resumeAt !== null && resumeAt <= to) return;
  const charged = news.find(({ type }) => type === 'payment.succeeded');
  const isCharged = nextChargeAt !== null && nextChargeAt <= to;
  expect(charged && [charged.at, charged.data.amountMinor]).toEqual(
    isCharged ? [nextChargeAt, nextCharge?.amountMinor] : undefined,
  );
}

/** Never charged while paused or after the end, and no instalment more than were agreed. */
function isWithinItsBounds({ purchase, timeline }: Shown): void {
  let isStopped = false;
  for (const { type } of timeline.data) {
    if (type === 'payment.succeeded')
      expect({ isStopped, lines: linesOfTimeline(timeline.data) }).toMatchObject({ isStopped: false });
    if (['purchase.paused', 'purchase.canceled', 'purchase.completed'].includes(type)) isStopped = true;
    if (type === 'purchase.resumed') isStopped = false;
  }
  const { instalments, payments } = purchase;
  if (instalments) expect(payments.length).toBeLessThanOrEqual(instalments.total);
  expect(instalments?.paid ?? payments.length).toBe(payments.length);
}

/** A product is open where nothing blocks it, and reached by any purchase that has it open. */
async function isReachedAsItsBlocksSay(site: Site, all: readonly ApiPurchase[]): Promise<void> {
  const pairs = all.flatMap(({ contactId, products }) => products.map(({ productId }) => ({ contactId, productId })));
  const { data } = await site.must<{ data: { access: boolean }[] }>(site.owner.post('/v1/access-check', { pairs }));
  const open = all.flatMap(({ contactId, products }) =>
    products.filter(({ blocks }) => blocks.length === 0).map(({ productId }) => `${contactId} ${productId}`),
  );

  expect(data.map(({ access }) => access)).toEqual(
    pairs.map(({ contactId, productId }) => open.includes(`${contactId} ${productId}`)),
  );
  for (const { products, accessStatus } of all) {
    for (const product of products) expect(product.open).toBe(product.blocks.length === 0);
    expect(accessStatus).toBe(products.every((one) => one.open) ? 'full' : 'none');
  }
}

test('every kind of purchase side by side under one clock: what was foreseen is what happens, for 26 months', async () => {
  const site = await aSite(town, { at: START });
  const kinds = Object.entries(await theKinds(site));
  const ids = new Map<string, string>();
  for (const [name, { begin }] of kinds) ids.set(name, await begin());
  const idOf = (name: string): string => ids.get(name) ?? '';

  for (const quarter of QUARTERS) {
    const before = new Map<string, Shown>();
    for (const [name] of kinds) before.set(name, await look(site, idOf(name)));
    await site.moveTo(quarter);
    const after: ApiPurchase[] = [];
    for (const [name] of kinds) {
      const shown = await look(site, idOf(name));
      isAsForeseen(before.get(name)!, shown, quarter);
      isWithinItsBounds(shown);
      after.push(shown.purchase);
    }
    await isReachedAsItsBlocksSay(site, after);
    for (const [name, { asked = {} }] of kinds) {
      const verb = asked[quarter];
      if (verb) await site.ask(idOf(name), ...verb);
    }
  }

  const became: Record<string, unknown> = {};
  for (const [name, { ends }] of kinds) {
    const purchase = await site.read(idOf(name));
    expect(purchase).toMatchObject({ ...ends, needsAttention: false });
    became[name] = purchase.payments.map(({ paidAt, amountMinor }) => [paidAt, amountMinor]);
  }
  expect(became).toEqual(Object.fromEntries(kinds.map(([name, { paid }]) => [name, paid])));
}, 180_000);
