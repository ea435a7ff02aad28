import { beforeAll, expect, test } from '@jest/globals';
import { backFill } from '../../worker/back-fill.ts';
import { sweep } from '../../worker/sweep.ts';
import { status } from '../../worker/status.ts';
import type { SubscriptionBilling } from '../../workflows/domain/billing.ts';
import { addDays, fromMs, type Instant } from '../../workflows/domain/instant.ts';
import { eventually } from '../ground/eventually.ts';
import { aShop, type Shop } from '../ground/shop.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { town, useTown } from '../journeys/use-town.ts';

let shop: Shop;
/** Stripe's clock: with it a whole day passes at once. */
let aheadSeconds = 0;

useTown();
beforeAll(async () => {
  shop = await aShop(town, { mode: 'live' });
});

const now = (): Instant => fromMs(Date.now() + aheadSeconds * 1000);
const fill = () => backFill(town.deps, { since: null, now: now() });
const dropWebhooks = () => control(town.sandbox, 'POST', '/faults', { kind: 'drop' });
const types = async (purchaseId: string) => (await shop.timeline(purchaseId)).map(([type]) => type);
const subscriptionOf = async (purchaseId: string): Promise<string> =>
  ((await shop.state(purchaseId)).billing as SubscriptionBilling).subscriptionId ?? '';

async function aDayPasses(): Promise<void> {
  aheadSeconds += 86_400;
  await control(town.sandbox, 'POST', '/time', { advanceSeconds: 86_400 });
}

async function refundAtStripe(purchaseId: string, amount: number): Promise<void> {
  const { stripe } = town.sandbox;
  const { paymentId = '' } = (await shop.state(purchaseId)).payments[0] ?? {};
  const { data } = await stripe.invoicePayments.list({ invoice: paymentId, limit: 1 });
  await stripe.refunds.create({ payment_intent: data[0]?.payment.payment_intent as string, amount });
}

const settled = () =>
  eventually(async () => {
    const left = await shop.sql(`select 1 from inbox where state in ('open', 'unmatched')`);
    return left.length === 0;
  });

/** How many rows of the inbox each event at Stripe has become. */
const rowsPerEvent = async () => {
  const rows = await shop.sql<{ count: string }>(
    `select count(*) from inbox where class = 'fact' and external_id like 'evt_%' group by external_id`,
  );
  return new Set(rows.map(({ count }) => Number(count)));
};

test('with every webhook of a day dropped, what Stripe told is found in its list, and applied once', async () => {
  const [paused, refunded] = [await shop.buy(), await shop.buy()];
  const tried = await shop.buy({ price: { ...MONTHLY, trialDays: 1 } });
  await fill();
  await dropWebhooks();
  await town.sandbox.stripe.subscriptions.update(await subscriptionOf(paused), {
    pause_collection: { behavior: 'void' },
  });
  await refundAtStripe(refunded, 900);
  const bought = await shop.checkOut();
  await aDayPasses();
  await eventually(async () => {
    const { status: of } = await town.sandbox.stripe.subscriptions.retrieve(await subscriptionOf(tried));
    return of === 'active';
  });

  const first = await fill();
  await eventually(async () => (await shop.state(bought)).startedAt);
  await settled();
  const again = await fill();
  await settled();

  expect(first.events).toBeGreaterThan(4);
  expect(again).toMatchObject({ events: 0, reads: 0, failed: 0 });
  expect(await types(paused)).toEqual(['purchase.bought', 'payment.succeeded', 'purchase.paused']);
  expect((await types(refunded)).slice(0, 2)).toEqual(['purchase.bought', 'payment.succeeded']);
  expect((await shop.state(refunded)).payments[0]?.refunds).toMatchObject([{ amountMinor: 900 }]);
  expect(await types(bought)).toEqual(['purchase.bought', 'payment.succeeded']);
  expect((await types(tried)).filter((type) => type === 'payment.succeeded')).toHaveLength(1);
  expect((await shop.state(tried)).billing).toMatchObject({ phase: 'active' });
  expect(await rowsPerEvent()).toEqual(new Set([1]));
}, 120_000);

test('while Stripe cannot be read the cursor stays, so that nothing between is passed over', async () => {
  const purchaseId = await shop.buy();
  await fill();
  const before = await shop.sql('select * from event_cursors');
  await dropWebhooks();
  await town.sandbox.stripe.subscriptions.cancel(await subscriptionOf(purchaseId));
  await aDayPasses();
  await control(town.sandbox, 'POST', '/faults', { kind: '500', path: '/v1/events' });

  const away = await fill();
  const meanwhile = await shop.sql('select * from event_cursors');
  await control(town.sandbox, 'DELETE', '/faults');
  await fill();

  expect(away).toMatchObject({ events: 0, failed: 1 });
  expect(meanwhile).toEqual(before);
  await eventually(async () => (await types(purchaseId)).includes('purchase.canceled'));
}, 120_000);

test('beyond what Stripe lists, every live purchase reads Stripe, once', async () => {
  const purchaseId = await shop.buy();
  await fill();
  await settled();
  await dropWebhooks();
  await town.sandbox.stripe.subscriptions.update(await subscriptionOf(purchaseId), {
    pause_collection: { behavior: 'void' },
  });
  const inSixWeeks = addDays(now(), 42);

  const found = await backFill(town.deps, { since: null, now: inSixWeeks });
  const again = await backFill(town.deps, { since: addDays(inSixWeeks, -40), now: inSixWeeks });
  await eventually(async () => {
    await sweep(town.deps);
    return (await types(purchaseId)).includes('purchase.paused');
  });

  expect(found).toMatchObject({ events: 0, failed: 0 });
  expect(found.reads).toBeGreaterThan(0);
  expect(again.reads).toBe(0);
  await settled();
  const asked = await shop.sql(`select state from inbox where kind = 'stripe.read' and subject_id = ?`, [purchaseId]);
  expect(asked).toEqual([{ state: 'applied' }]);
}, 120_000);

test('status names the kinds of events that no webhook has brought, and those that were found all the same', async () => {
  const { webhooks } = await status(town.deps);

  expect(webhooks.neverDelivered).toContain('charge.dispute.created');
  expect(webhooks.neverDelivered).not.toContain('invoice.paid');
  expect(webhooks.missed).toContain('customer.subscription.deleted');
  expect(webhooks.missed).not.toContain('charge.dispute.created');
});

const MONTHLY = {
  kind: 'subscription' as const,
  amountMinor: 2_900,
  currency: 'usd',
  interval: 'month' as const,
  trialDays: 0,
  setupFeeMinor: 0,
};
