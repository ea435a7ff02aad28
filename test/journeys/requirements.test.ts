import { expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { aSite, type Offer, type Site } from './a-site.ts';
import { giveCard } from './give-card.ts';
import { town, useTown } from './use-town.ts';

useTown();

/** Somebody with a plan, and an add-on that requires it. */
async function aCustomer(site: Site) {
  const email = site.newEmail();
  const base = await site.offer();
  const addOn = await site.offer({ requires: [base.id], amountMinor: 900 });
  const planId = await site.buy(base, { email });
  const addOnId = await site.buy(addOn, { email });
  return { email, base, addOn, planId, addOnId };
}

const grant = async (site: Site, offer: Offer, email: string): Promise<string> => {
  await site.must(site.owner.post('/v1/grants', { offerId: offer.id, email }));
  await site.quiet();
  const { data } = await site.must<{ data: { id: string }[] }>(site.owner.get(`/v1/purchases?offerId=${offer.id}`));
  return data[0]!.id;
};

const NO_END = '2027-03-10T09:00:00.000Z';
const DELINQUENT_AT = '2027-03-15T09:00:00.000Z';

test('a plan that ends unpaid ends its add-on at that instant, without a refund; both are told', async () => {
  const site = await aSite(town);
  const { planId, addOnId } = await aCustomer(site);
  await giveCard(site, planId, 'pm_card_chargeCustomerFail');

  await site.moveTo(NO_END);
  expect(await site.read(planId)).toMatchObject({ billingStatus: 'past_due' });
  expect(await site.read(addOnId)).toMatchObject({ billingStatus: 'active', accessStatus: 'full' });
  await site.moveTo('2027-05-05T09:00:00.000Z');

  const ended = { at: DELINQUENT_AT, cause: 'requirement_ended', by: { kind: 'system' } };
  const addOn = await site.read(addOnId);
  expect(addOn).toMatchObject({ billingStatus: 'canceled', accessStatus: 'none', billing: { ended }, due: [] });
  expect(addOn.payments.map(({ refundedMinor }) => refundedMinor)).toEqual([0, 0]);
  const timeline = await site.timeline(addOnId);
  expect(timeline.filter((line) => line.includes('canceled'))).toEqual([
    '2027-03-15T09:00Z purchase.canceled by system (cause: requirement_ended)',
  ]);
  expect((await site.emails(addOnId)).filter((line) => line.includes('canceled'))).toEqual([
    '2027-03-15T09:00Z purchase-canceled to customer',
    '2027-03-15T09:00Z admin-purchase-canceled to admins',
  ]);
  const subscription = await town.sandbox.stripe.subscriptions.retrieve(await site.subscriptionOf(addOnId));
  expect(subscription.status).toBe('canceled');
});

test('what another live purchase satisfies as well goes on, until that ends too', async () => {
  const site = await aSite(town);
  const email = site.newEmail();
  const [one, two] = [await site.offer(), await site.offer({ price: { kind: 'free' }, accessDays: 60 })];
  const addOn = await site.offer({ requires: [one.id, two.id], amountMinor: 900 });
  const planId = await site.buy(one, { email });
  await giveCard(site, planId, 'pm_card_chargeCustomerFail');
  await grant(site, two, email);
  const addOnId = await site.buy(addOn, { email });

  await site.moveTo('2027-03-20T09:00:00.000Z');
  expect(await site.read(planId)).toMatchObject({ billingStatus: 'canceled' });
  expect(await site.read(addOnId)).toMatchObject({ billingStatus: 'active', accessStatus: 'full' });
  await site.moveTo('2027-04-20T09:00:00.000Z');

  const ended = { at: '2027-04-01T09:00:00.000Z', cause: 'requirement_ended' };
  expect(await site.read(addOnId)).toMatchObject({ billingStatus: 'canceled', billing: { ended } });
});

test('two grants that expire at one instant end what either satisfied, and what requires that', async () => {
  const site = await aSite(town);
  const email = site.newEmail();
  const free = { price: { kind: 'free' }, accessDays: 30 };
  const [one, two] = [await site.offer(free), await site.offer(free)];
  const middle = await site.offer({ price: { kind: 'free' }, requires: [one.id, two.id] });
  const last = await site.offer({ requires: [middle.id] });
  await grant(site, one, email);
  await grant(site, two, email);
  const middleId = await grant(site, middle, email);
  const lastId = await site.buy(last, { email });

  await site.moveTo('2027-03-10T09:00:00.000Z');

  const at = '2027-03-02T09:00:00.000Z';
  expect(await site.read(middleId)).toMatchObject({ billingStatus: 'none', accessStatus: 'none' });
  expect(await site.timeline(middleId)).toContain(
    '2027-03-02T09:00Z purchase.canceled by system (cause: requirement_ended)',
  );
  expect(await site.read(lastId)).toMatchObject({ billing: { ended: { at, cause: 'requirement_ended' } } });
});

test('by a verb it is refused, also in the preview, and names what requires it', async () => {
  const site = await aSite(town);
  const { planId, addOnId } = await aCustomer(site);
  const refused = { status: 409, body: { code: 'is_required', purchaseIds: [addOnId], state: 'active' } };

  for (const [verb, body] of [
    ['cancel', { when: 'now' }],
    ['cancel', { when: 'period_end' }],
    ['cancel', { when: 'at', cancelAt: '2027-03-20T09:00:00Z' }],
    ['money-back', {}],
  ] as const) {
    expect(await site.owner.post(`/v1/purchases/${planId}/${verb}`, { ...body, dryRun: true })).toMatchObject(refused);
    expect(await site.owner.post(`/v1/purchases/${planId}/${verb}`, body)).toMatchObject(refused);
  }
  await site.ask(addOnId, 'cancel', { when: 'period_end' });
  await site.ask(planId, 'cancel', { when: 'period_end' });
  await site.moveTo('2027-03-05T09:00:00.000Z');

  expect((await site.read(planId)).billing?.ended).toMatchObject({ cause: 'api' });
  expect((await site.read(addOnId)).billing?.ended).toMatchObject({ cause: 'api' });
});

test('while it is paused, past due or about to end, nothing new is sold on it', async () => {
  const site = await aSite(town);
  const { base, planId, email } = await aCustomer(site);
  const other = await site.offer({ requires: [base.id] });
  const checkOut = async () => (await site.owner.post('/v1/checkouts', { offerId: other.id, email })).body;

  await site.ask(planId, 'pause', {});
  expect(await checkOut()).toMatchObject({ status: 409, code: 'requirement_missing', purchaseIds: [planId] });
  await site.ask(planId, 'resume');
  expect(await checkOut()).toHaveProperty('url');
});

test('what is paid after its requirement has ended is sent back in full, without access', async () => {
  const site = await aSite(town);
  const email = site.newEmail();
  const base = await site.offer();
  const addOn = await site.offer({ requires: [base.id], amountMinor: 900 });
  const planId = await site.buy(base, { email });
  const open = await site.checkOut(addOn, email);
  await site.ask(planId, 'cancel', { when: 'now' });

  await site.pay(open.sessionId);
  await eventually(async () => (await site.read(open.purchaseId)).billingStatus === 'canceled');
  await site.quiet();

  expect(await site.read(open.purchaseId)).toMatchObject({
    accessStatus: 'none',
    duplicateOf: planId,
    refundWindow: null,
    payments: [{ amountMinor: 900, refundedMinor: 900 }],
  });
  expect((await site.emails(open.purchaseId)).map((line) => line.split(' ')[1]).sort()).toEqual([
    'admin-duplicate-purchase',
    'duplicate-purchase-refunded',
  ]);
});

test('what is paid after its requirement has become another offer is sent back as well', async () => {
  const site = await aSite(town);
  const email = site.newEmail();
  const base = await site.offer();
  const gold = await site.offer({ amountMinor: 9_900 });
  const addOn = await site.offer({ requires: [base.id], amountMinor: 900 });
  const planId = await site.buy(base, { email });
  const open = await site.checkOut(addOn, email);
  await site.ask(planId, 'change-offer', { offerId: gold.id, when: 'now' });

  await site.pay(open.sessionId);
  await eventually(async () => (await site.read(open.purchaseId)).billingStatus === 'canceled');
  await site.quiet();

  expect(await site.read(open.purchaseId)).toMatchObject({
    accessStatus: 'none',
    duplicateOf: planId,
    refundWindow: null,
    billing: { ended: { cause: 'refund' } },
    payments: [{ amountMinor: 900, refundedMinor: 900 }],
  });
  const emails = await site.emailsOf(open.purchaseId);
  expect(emails.map(({ kind }) => kind).sort()).toEqual(['admin-duplicate-purchase', 'duplicate-purchase-refunded']);
  const told = emails.find(({ kind }) => kind === 'duplicate-purchase-refunded');
  expect((await site.must<{ text: string }>(site.owner.get(`/v1/emails/${told?.id}`))).text).toContain(
    'which you no longer had when you paid',
  );
});

test('a plan that becomes an offer that is not required, at Stripe, ends its add-on at that instant', async () => {
  const site = await aSite(town);
  const { planId, addOnId } = await aCustomer(site);
  const gold = await site.offer({ amountMinor: 9_900 });
  const goldId = await site.buy(gold, { email: site.newEmail() });
  const { stripe } = town.sandbox;
  const itemOf = async (id: string) =>
    (await stripe.subscriptions.retrieve(await site.subscriptionOf(id))).items.data[0]!;

  const price = (await itemOf(goldId)).price.id;
  const items = [{ id: (await itemOf(planId)).id, price }];
  await stripe.subscriptions.update(await site.subscriptionOf(planId), { items, proration_behavior: 'none' });
  await eventually(async () => (await site.read(addOnId)).billingStatus === 'canceled');
  await site.quiet();

  expect(await site.read(planId)).toMatchObject({ offerId: gold.id, billingStatus: 'active' });
  expect(await site.read(addOnId)).toMatchObject({
    accessStatus: 'none',
    billing: { ended: { cause: 'requirement_ended', by: { kind: 'system' } } },
  });
  expect((await site.emails(addOnId)).filter((line) => line.includes('canceled'))).toHaveLength(2);
});
