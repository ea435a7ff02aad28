import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stillPurchase } from '../../activities/gateways/look-at-purchase.ts';
import { addDays } from '../../workflows/domain/instant.ts';
import { T0 } from '../builders/rows.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { aSite, type Site } from './a-site.ts';
import { compareNow } from './compare-now.ts';
import { giveCard } from './give-card.ts';
import { town, useTown } from './use-town.ts';

useTown();

/** What is pressed here; a verb that is refused as things stand changes nothing. */
const HERE = {
  pause: () => ['pause', {}],
  resume: () => ['resume', {}],
  'cancel with its period': () => ['cancel', { when: 'period_end' }],
  'undo cancel': () => ['undo-cancel', {}],
  revoke: () => ['revoke', {}],
  restore: () => ['restore', {}],
  refund: (paymentId) => ['refund', { paymentId, amountMinor: 100 }],
  retry: () => ['retry-payment', {}],
} satisfies Record<string, (paymentId: string) => [verb: string, body: object]>;

type Subscription = { site: Site; purchaseId: string; subscriptionId: string };

const subscriptions = () => town.sandbox.stripe.subscriptions;

/** What somebody does at Stripe; what is refused there as things stand changes nothing. */
const THERE = {
  'pause there': ({ subscriptionId }) =>
    subscriptions().update(subscriptionId, { pause_collection: { behavior: 'void' } }),
  'resume there': ({ subscriptionId }) => subscriptions().update(subscriptionId, { pause_collection: '' }),
  'cancel with its period there': ({ subscriptionId }) =>
    subscriptions().update(subscriptionId, { cancel_at_period_end: true }),
  'undo cancel there': ({ subscriptionId }) => subscriptions().update(subscriptionId, { cancel_at_period_end: false }),
  'another quantity': ({ subscriptionId }) => changeItem(subscriptionId, { quantity: 2 }),
  'the first quantity': ({ subscriptionId }) => changeItem(subscriptionId, { quantity: 1 }),
  'a discount': async ({ subscriptionId }) => {
    const coupon = await town.sandbox.stripe.coupons.create({ percent_off: 20, duration: 'forever' });
    return subscriptions().update(subscriptionId, { discounts: [{ coupon: coupon.id }] });
  },
  'no discount': ({ subscriptionId }) => subscriptions().update(subscriptionId, { discounts: '' }),
  'refund there': async ({ site, purchaseId }) =>
    town.sandbox.stripe.refunds.create({ charge: await site.chargeOf(purchaseId), amount: 100 }),
  'no customer any more': async ({ subscriptionId }) => {
    const { customer } = await subscriptions().retrieve(subscriptionId);
    return town.sandbox.stripe.customers.del(customer as string);
  },
  'a card that fails': ({ site, purchaseId }) => giveCard(site, purchaseId, 'pm_card_chargeCustomerFail'),
  'a card that pays': ({ site, purchaseId }) => giveCard(site, purchaseId, 'pm_card_visa'),
} satisfies Record<string, (of: Subscription) => Promise<unknown>>;

async function changeItem(subscriptionId: string, change: { quantity: number }): Promise<unknown> {
  const { items } = await subscriptions().retrieve(subscriptionId);
  const [item] = items.data;
  return subscriptions().update(subscriptionId, { items: [{ id: item!.id, ...change }], proration_behavior: 'none' });
}

type Step = keyof typeof HERE | keyof typeof THERE;

const STEPS = fc.constantFrom(...(Object.keys({ ...HERE, ...THERE }) as Step[]));
const ROUNDS = 7;
const WALKS = fc.array(STEPS, { minLength: ROUNDS, maxLength: ROUNDS });

async function take(of: Subscription, step: Step): Promise<void> {
  if (step in THERE) {
    const ofStripe = (error: unknown) => void expect(error).toHaveProperty('rawType', 'invalid_request_error');
    return void (await THERE[step as keyof typeof THERE](of).catch(ofStripe));
  }
  const { site, purchaseId } = of;
  const payment = (await site.read(purchaseId)).payments[0]?.id ?? '';
  const [verb, body] = HERE[step as keyof typeof HERE](payment);
  const { status } = await site.owner.post(`/v1/purchases/${purchaseId}/${verb}`, body);
  expect([200, 202, 402, 409, 422]).toContain(status);
}

async function differences(site: Site) {
  await compareNow(town);
  await compareNow(town);
  const { data } = await site.must<{ data: { purchase: { id: string }; detail: string; kind: string }[] }>(
    site.owner.get('/v1/reconciliation/differences?state=open&limit=200'),
  );
  return data.map(({ purchase, kind, detail }) => ({ id: purchase.id, kind, detail }));
}

test.each([
  ['reordered', { kind: 'reorder' }, 20_273],
  ['dropped', { kind: 'drop' }, 20_274],
])('walks with changes on both sides end equal to Stripe, with webhooks %s [R22.1]', async (_how, staged, seed) => {
  const site = await aSite(town);
  const walks = fc.sample(WALKS, { seed, numRuns: 6 });
  const bought: Subscription[] = [];
  while (bought.length < walks.length) {
    const purchaseId = await site.buy(await site.offer({ refundWindowDays: 0 }));
    bought.push({ site, purchaseId, subscriptionId: await site.subscriptionOf(purchaseId) });
  }
  if (staged) await control(town.sandbox, 'POST', '/faults', staged);

  for (let round = 0; round < ROUNDS; round += 1) {
    await Promise.all(walks.map((steps, walk) => take(bought[walk]!, steps[round]!)));
    const to = addDays(T0, 11 * (round + 1));
    await site.must(site.owner.post('/v1/test-clock/advance', { to }));
  }
  await control(town.sandbox, 'DELETE', '/faults');
  await site.quiet();

  const walked = new Map(bought.map(({ purchaseId }, walk) => [purchaseId, walks[walk]]));
  // None of them is busy, so all of them are compared.
  const em = town.deps.orm.em.fork();
  const still = await Promise.all(bought.map(({ purchaseId }) => stillPurchase(em.fork(), purchaseId)));
  expect(still).not.toContain(null);
  const left = await differences(site);
  expect(left.map((one) => ({ ...one, walk: walked.get(one.id) }))).toEqual([]);
});
