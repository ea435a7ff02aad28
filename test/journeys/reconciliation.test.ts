import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { aSite, type OfferWish, type Site } from './a-site.ts';
import { compareNow } from './compare-now.ts';
import { town, useTown } from './use-town.ts';

useTown();

const compare = (): Promise<void> => compareNow(town);

/** What is seen twice. */
async function compareTwice(): Promise<void> {
  await compare();
  await compare();
}

type Listed = {
  id: string;
  kind: string;
  state: string;
  detail: string;
  repair: string;
  purchase: { id: string } | null;
};

const listed = async (site: Site, more = ''): Promise<Listed[]> =>
  (await site.must<{ data: Listed[] }>(site.owner.get(`/v1/reconciliation/differences?state=open${more}`))).data;

const kindsOf = async (site: Site) => (await listed(site)).map(({ kind }) => kind).sort();

beforeEach(() => control(town.sandbox, 'POST', '/faults', { kind: 'drop' }));
afterEach(() => control(town.sandbox, 'DELETE', '/faults'));

const idOf = (value: string | { id: string } | null | undefined): string =>
  typeof value === 'string' ? value : (value?.id ?? '');

/** Buying needs its events. */
async function bought(site: Site, wish: OfferWish = {}): Promise<string> {
  await control(town.sandbox, 'DELETE', '/faults');
  const id = await site.buy(await site.offer(wish));
  await control(town.sandbox, 'POST', '/faults', { kind: 'drop' });
  return id;
}

async function repaired(site: Site, { id }: Listed): Promise<void> {
  const preview = await site.must<{ planHash: string }>(
    site.owner.post(`/v1/reconciliation/differences/${id}/repair`, { dryRun: true }),
  );
  await site.must(site.owner.post(`/v1/reconciliation/differences/${id}/repair`, { planHash: preview.planHash }), 202);
  await site.quiet();
}

test('an account that has heard everything has no difference, and a suspicion alone is none [R22.2]', async () => {
  const site = await aSite(town);
  const id = await bought(site);
  await compareTwice();
  expect(await listed(site)).toEqual([]);

  await town.sandbox.stripe.subscriptions.update(await site.subscriptionOf(id), { cancel_at_period_end: true });
  await compare();
  expect(await listed(site)).toEqual([]);
  await compare();
  expect(await listed(site)).toMatchObject([{ kind: 'cancellation', state: 'open', purchase: { id }, repair: 'read' }]);
});

test('each change at Stripe that was never heard is found, previewed and mended', async () => {
  const site = await aSite(town);
  const { subscriptions, prices, refunds } = town.sandbox.stripe;
  const [paused, ended, dearer, repaid] = [
    await bought(site),
    await bought(site),
    await bought(site),
    await bought(site),
  ];
  await subscriptions.update(await site.subscriptionOf(paused), { pause_collection: { behavior: 'void' } });
  await subscriptions.cancel(await site.subscriptionOf(ended));
  const subscription = await subscriptions.retrieve(await site.subscriptionOf(dearer));
  const [item] = subscription.items.data;
  const recurring = { interval: 'month' as const };
  const price = await prices.create({
    product: idOf(item!.price.product),
    unit_amount: 3_900,
    currency: 'usd',
    recurring,
  });
  await subscriptions.update(subscription.id, {
    items: [{ id: item!.id, price: price.id }],
    proration_behavior: 'none',
  });
  await refunds.create({ payment_intent: await intentOf(site, repaid), amount: 500 });
  await compareTwice();

  expect(await kindsOf(site)).toEqual(['price', 'refund_missing_here', 'status', 'status']);
  const [refund] = await listed(site, '&kind=refund_missing_here');
  const preview = await site.must(
    site.owner.post(`/v1/reconciliation/differences/${refund!.id}/repair`, { dryRun: true }),
  );
  expect(preview).toMatchObject({
    status: 'preview',
    entries: [{ type: 'refund.succeeded' }],
    emails: [{ kind: 'refund-receipt' }, { kind: 'admin-refund' }],
  });
  for (const difference of await listed(site)) await repaired(site, difference);
  await compare();

  expect(await listed(site)).toEqual([]);
  expect(await site.read(paused)).toMatchObject({ billingStatus: 'paused' });
  expect(await site.read(ended)).toMatchObject({ billingStatus: 'canceled' });
  expect(await site.read(dearer)).toMatchObject({ nextCharge: { amountMinor: 3_900 } });
  expect((await site.read(repaid)).payments).toMatchObject([{ refundedMinor: 500 }]);
  const states = await site.must<{ data: Listed[] }>(site.owner.get('/v1/reconciliation/differences?state=mended'));
  expect(states.data).toHaveLength(4);
});

async function intentOf(site: Site, purchaseId: string): Promise<string> {
  const { latest_invoice: invoice } = await town.sandbox.stripe.subscriptions.retrieve(
    await site.subscriptionOf(purchaseId),
  );
  const { data } = await town.sandbox.stripe.invoicePayments.list({ invoice: idOf(invoice) });
  return idOf(data[0]!.payment.payment_intent);
}

/** Another subscription like a purchase's, made at Stripe, that no purchase has. */
async function aStray(site: Site, purchaseId: string) {
  const { subscriptions } = town.sandbox.stripe;
  const { customer, items, default_payment_method } = await subscriptions.retrieve(
    await site.subscriptionOf(purchaseId),
  );
  return subscriptions.create({
    customer: idOf(customer),
    default_payment_method: idOf(default_payment_method),
    items: [{ price: items.data[0]!.price.id }],
    metadata: { purchaseId },
  });
}

test('a subscription that charges without a purchase is canceled at Stripe', async () => {
  const site = await aSite(town);
  const id = await bought(site);
  const stray = await aStray(site, id);
  await compareTwice();

  const [found] = await listed(site);
  expect(found).toMatchObject({ kind: 'without_purchase', repair: 'cancel', purchase: { id } });
  await repaired(site, found!);
  expect(await town.sandbox.stripe.subscriptions.retrieve(stray.id)).toMatchObject({ status: 'canceled' });
  await compare();
  expect(await listed(site)).toEqual([]);
  expect(await site.read(id)).toMatchObject({ billingStatus: 'active' });
});

test('a day without a webhook is found and mended once, whatever was missed', async () => {
  const site = await aSite(town);
  const id = await bought(site, { refundWindowDays: 0 });
  const { test_clock: clock } = await town.sandbox.stripe.subscriptions.retrieve(await site.subscriptionOf(id));
  await town.sandbox.stripe.testHelpers.testClocks.advance(idOf(clock), {
    frozen_time: Date.parse('2027-03-01T09:00:00.000Z') / 1000,
  });
  await eventually(async () => {
    const { status } = await town.sandbox.stripe.testHelpers.testClocks.retrieve(idOf(clock));
    return status === 'ready';
  });
  await compareTwice();

  expect(await kindsOf(site)).toEqual(['payment_missing_here', 'period']);
  const [first, second] = await listed(site);
  await repaired(site, first!);
  const again = await site.owner.post(`/v1/reconciliation/differences/${second!.id}/repair`, {});
  expect(again).toMatchObject({ status: 409, body: { code: 'wrong_state' } });
  await compareTwice();

  expect(await listed(site)).toEqual([]);
  expect((await site.read(id)).payments).toHaveLength(2);
  expect((await site.emailsOf(id)).map(({ kind }) => kind)).toEqual(['purchase-confirmation', 'payment-receipt']);
});

test('what may stay is dismissed with a reason, and ends by itself', async () => {
  const site = await aSite(town);
  const id = await bought(site);
  const subscriptionId = await site.subscriptionOf(id);
  await town.sandbox.stripe.subscriptions.update(subscriptionId, { cancel_at_period_end: true });
  await compareTwice();
  const [found] = await listed(site);
  await site.must(site.owner.post(`/v1/reconciliation/differences/${found!.id}/dismiss`, { note: 'A test of ours' }));
  await compareTwice();
  expect(await listed(site)).toEqual([]);

  await town.sandbox.stripe.subscriptions.update(subscriptionId, { cancel_at_period_end: false });
  await compare();
  expect(await site.must(site.owner.get(`/v1/reconciliation/differences/${found!.id}`))).toMatchObject({
    state: 'mended',
    note: 'A test of ours',
  });
});

test('a difference that is gone without anybody’s doing ends with the next day’s look', async () => {
  const site = await aSite(town);
  const id = await bought(site);
  const stray = await aStray(site, id);
  await compareTwice();
  await town.sandbox.stripe.subscriptions.cancel(stray.id);
  await compare();
  expect(await kindsOf(site)).toEqual(['without_purchase']);

  const em = town.deps.orm.em.fork();
  await em.execute(`update differences set looked_at = looked_at - interval '1 day' where account_id = ?`, [
    site.accountId,
  ]);
  await compare();

  expect(await listed(site)).toEqual([]);
});

test('a purchase whose subscription Stripe does not have ends here, once somebody says so', async () => {
  const site = await aSite(town);
  const id = await bought(site);
  const em = town.deps.orm.em.fork();
  await em.execute(
    `update purchases set revision = revision + 1, stripe_subscription_id = 'sub_gone',
       snapshot = jsonb_set(snapshot, '{billing,subscriptionId}', '"sub_gone"') where id = ?`,
    [id],
  );
  await compareTwice();

  const found = (await listed(site)).find(({ kind }) => kind === 'missing_there');
  expect(found).toMatchObject({ repair: 'end', purchase: { id } });
  expect(await site.read(id)).toMatchObject({ billingStatus: 'active' });
  await repaired(site, found!);

  expect(await site.read(id)).toMatchObject({ billingStatus: 'canceled', accessStatus: 'none' });
});
