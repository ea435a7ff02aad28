import { expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { aSite, type Site } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

const NOON = 'T09:00:00.000Z';
const OF = { refundWindowDays: 0 };

const paid = async (site: Site, id: string): Promise<string[]> =>
  (await site.read(id)).payments.map(({ paidAt, amountMinor }) => `${paidAt.slice(0, 10)} ${amountMinor}`);

test('what a subscription cannot become is 422 and names the field, and nothing changes', async () => {
  const site = await aSite(town);
  const silver = await site.offer(OF);
  const id = await site.buy(silver);
  const archived = await site.offer({ ...OF, name: 'Archived' });
  await site.must(site.owner.post(`/v1/offers/${archived.id}/archive`));
  const yearly = await site.offer({ ...OF, interval: 'year', amountMinor: 29_000 });
  const euros = await site.offer({ ...OF, currency: 'eur' });
  const price = { kind: 'one_time', amountMinor: 5_000, currency: 'usd' };
  const once = await site.must(
    site.owner.post('/v1/offers', { name: 'Once', productIds: silver.productIds, price }),
    201,
  );
  const foreign = await (await aSite(town)).offer(OF);
  const now = { when: 'now' };
  const before = await site.timeline(id);

  for (const [body, code, field] of [
    [{ ...now, offerId: foreign.id }, 'unknown_offer', 'offerId'],
    [{ ...now, offerId: silver.id }, 'wrong_offer', 'offerId'],
    [{ ...now, offerId: archived.id }, 'wrong_offer', 'offerId'],
    [{ ...now, offerId: euros.id }, 'wrong_offer', 'offerId'],
    [{ ...now, offerId: once.id }, 'wrong_offer', 'offerId'],
    [{ ...now, offerId: yearly.id, proration: 'none' }, 'proration_impossible', 'proration'],
    [{ offerId: yearly.id, when: 'later' }, 'validation_failed', 'when'],
  ] as const)
    expect(await site.refused(id, 'change-offer', body)).toEqual({ status: 422, code, field });
  expect(await site.timeline(id)).toEqual(before);
});

test('a schedule that is released at Stripe is a change undone, and the old price is charged', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer(OF));
  const small = await site.offer({ ...OF, amountMinor: 900 });
  await site.ask(id, 'change-offer', { offerId: small.id, when: 'period_end' });
  const { stripe } = town.sandbox;
  const { schedule } = await stripe.subscriptions.retrieve(await site.subscriptionOf(id));

  await stripe.subscriptionSchedules.release(schedule as string);
  await eventually(async () => (await site.read(id)).pendingChange === null);
  await site.moveTo(`2027-03-01${NOON}`);

  expect((await site.read(id)).pendingChange).toBeNull();
  expect(await paid(site, id)).toEqual(['2027-01-31 2900', '2027-02-28 2900']);
  expect((await site.timeline(id)).slice(2)).toEqual([
    expect.stringContaining('purchase.offer-change-scheduled by api_key'),
    expect.stringMatching(/purchase\.offer-change-undone by stripe/),
    '2027-02-28T09:00Z payment.succeeded by stripe (2900 usd)',
  ]);
});

test('during a trial it becomes the other offer at once, charges nothing, and the trial runs on', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ ...OF, trialDays: 14 }));
  const gold = await site.offer({ ...OF, amountMinor: 9_900 });
  await site.moveTo(`2027-02-05${NOON}`);

  const wish = { offerId: gold.id, when: 'now' };
  const preview = await site.preview(id, 'change-offer', wish);
  await site.ask(id, 'change-offer', { ...wish, planHash: preview.planHash });
  const changed = await site.read(id);
  await site.moveTo(`2027-03-15${NOON}`);

  expect(preview.money).toEqual([
    { kind: 'charges_continue', nextChargeAt: `2027-02-14${NOON}`, amountMinor: 9_900, currency: 'usd' },
  ]);
  expect(changed).toMatchObject({ billingStatus: 'trialing', offerId: gold.id, payments: [] });
  expect(await paid(site, id)).toEqual(['2027-02-14 9900', '2027-03-14 9900']);
});

test('in full it begins a new period, credits nothing, and is charged on that day from then on', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer(OF));
  const gold = await site.offer({ ...OF, amountMinor: 9_900 });
  await site.moveTo(`2027-02-14${NOON}`);

  const wish = { offerId: gold.id, when: 'now', proration: 'full' };
  const preview = await site.preview(id, 'change-offer', wish);
  await site.ask(id, 'change-offer', { ...wish, planHash: preview.planHash });
  await site.moveTo(`2027-04-15${NOON}`);

  expect(preview.money).toEqual([
    { kind: 'charged_now', amountMinor: 9_900, currency: 'usd' },
    { kind: 'period_begins', at: `2027-02-14${NOON}`, interval: 'month' },
    { kind: 'charges_continue', nextChargeAt: `2027-03-14${NOON}`, amountMinor: 9_900, currency: 'usd' },
  ]);
  expect(await paid(site, id)).toEqual(['2027-01-31 2900', '2027-02-14 9900', '2027-03-14 9900', '2027-04-14 9900']);
});

test('from monthly to yearly now, what is left of the month is credited and the year begins', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer(OF));
  const yearly = await site.offer({ ...OF, interval: 'year', amountMinor: 29_000 });
  await site.moveTo(`2027-02-14${NOON}`);

  const wish = { offerId: yearly.id, when: 'now' };
  const preview = await site.preview(id, 'change-offer', wish);
  await site.ask(id, 'change-offer', { ...wish, planHash: preview.planHash });
  await site.moveTo(`2028-02-15${NOON}`);

  expect(preview.money).toEqual([
    { kind: 'unused_credited', amountMinor: 1_450, currency: 'usd' },
    { kind: 'charged_now', amountMinor: 27_550, currency: 'usd' },
    { kind: 'period_begins', at: `2027-02-14${NOON}`, interval: 'year' },
    { kind: 'charges_continue', nextChargeAt: `2028-02-14${NOON}`, amountMinor: 29_000, currency: 'usd' },
  ]);
  expect(await paid(site, id)).toEqual(['2027-01-31 2900', '2027-02-14 27550', '2028-02-14 29000']);
});

test('an anchor on the 31st stays where the interval does', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer(OF));
  const gold = await site.offer({ ...OF, amountMinor: 9_900 });
  await site.moveTo(`2027-02-28${NOON}`);

  await site.ask(id, 'change-offer', { offerId: gold.id, when: 'period_end' });
  await site.moveTo(`2027-05-01${NOON}`);

  expect(await paid(site, id)).toEqual(['2027-01-31 2900', '2027-02-28 2900', '2027-03-31 9900', '2027-04-30 9900']);
  expect((await site.read(id)).billing.periodEnd).toBe(`2027-05-31${NOON}`);
});

test.each(['reset', 'reset_after'])(
  'a schedule’s second request that is lost (%s) is sent again, and it changes once',
  async (kind) => {
    const site = await aSite(town);
    const id = await site.buy(await site.offer(OF));
    const small = await site.offer({ ...OF, amountMinor: 900 });
    const fault = { kind, method: 'POST', path: '/v1/subscription_schedules/', times: 1 };
    await control(town.sandbox, 'POST', '/faults', fault);

    await site.ask(id, 'change-offer', { offerId: small.id, when: 'period_end' });
    const left = await control(town.sandbox, 'GET', '/faults');
    await site.moveTo(`2027-03-01${NOON}`);

    expect(left).toMatchObject({ requests: [] });
    expect(await paid(site, id)).toEqual(['2027-01-31 2900', '2027-02-28 900']);
  },
);

test('asked for while Stripe is away, a change makes the price that its offer lacks by itself [R6.2]', async () => {
  const site = await aSite(town);
  const away = () => control(town.sandbox, 'POST', '/faults', { kind: '429', path: '/v1/products', times: 1 });
  for (const when of ['now', 'period_end'] as const) {
    const id = await site.buy(await site.offer(OF));
    const gold = await site.offer({ ...OF, amountMinor: 9_900, name: 'Gold' });
    const wish = { offerId: gold.id, when };

    await away();
    const said = await site.preview(id, 'change-offer', wish);
    await away();
    await site.ask(id, 'change-offer', wish);

    expect(said.money[0]).toEqual(
      when === 'now'
        ? { kind: 'charged_now' }
        : { kind: 'charges_continue', nextChargeAt: expect.any(String), amountMinor: 9_900, currency: 'usd' },
    );
    if (when === 'now') expect((await site.read(id)).offerId).toBe(gold.id);
    else expect((await site.read(id)).pendingChange).toMatchObject({ offerId: gold.id });
  }
  await site.moveTo(`2027-03-01${NOON}`);

  const offers = await Promise.all(site.purchases.map(async (id) => (await site.read(id)).offer.name));
  expect(offers).toEqual(['Gold', 'Gold']);
});
