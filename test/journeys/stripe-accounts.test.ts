import { expect, test } from '@jest/globals';
import type Stripe from 'stripe';
import { v7 as uuid } from 'uuid';
import { pullEvents } from '../../activities/clock/pull-events.ts';
import { updateCustomers } from '../../activities/people/update-customers.ts';
import { T0 } from '../builders/rows.ts';
import { eventually } from '../ground/eventually.ts';
import { aSite, type Offer, type Site } from './a-site.ts';
import { asCustomer } from './as-customer.ts';
import { town, useTown } from './use-town.ts';

useTown();

/** From now on the site sells on another Stripe account than the platform's. */
async function sellOn(site: Site, stripeAccount: string): Promise<void> {
  const sql = 'update accounts set stripe_account = ? where id = ?';
  await town.deps.orm.em.fork().execute(sql, [stripeAccount, site.accountId]);
}

/** Buys there; nothing is delivered from there, so its list of events is read. */
async function buyOn(site: Site, stripeAccount: string, offer: Offer, email: string): Promise<string> {
  const { purchaseId, sessionId } = await site.checkOut(offer, email);
  await site.pay(sessionId);
  await eventually(async () => {
    await pullEvents(town.deps, { since: T0, until: null }, stripeAccount);
    return (await site.owner.get(`/v1/purchases/${purchaseId}`)).status === 200;
  });
  await site.quiet();
  site.purchases.push(purchaseId);
  return purchaseId;
}

async function given() {
  const site = await aSite(town);
  const [email, second] = [site.newEmail(), `acct_${uuid().slice(-12)}`];
  const offers = [await site.offer({ name: 'Studio' }), await site.offer({ name: 'Coaching' })] as const;
  const before = await site.buy(offers[0], { email });
  await sellOn(site, second);
  const after = await buyOn(site, second, offers[1], email);
  return { site, email, second, offers, before, after };
}

const there = (second: string): Stripe.RequestOptions => ({ stripeAccount: second });

test('what was sold before stays on its Stripe account, and a new customer buys on the new one [R22.5]', async () => {
  const { site, second, before, after } = await given();
  const { stripe } = town.sandbox;

  const [old, young] = [await site.read(before), await site.read(after)];
  expect(old.contactId).toBe(young.contactId);
  expect(old.stripeCustomerId).not.toBe(young.stripeCustomerId);
  const bought = await stripe.subscriptions.retrieve(await site.subscriptionOf(after), {}, there(second));
  expect(bought).toMatchObject({ status: 'active', customer: young.stripeCustomerId });

  await site.moveTo('2027-04-05T09:00:00.000Z');
  for (const id of [before, after])
    expect((await site.read(id)).payments.map(({ paidAt }) => paidAt.slice(0, 10))).toEqual([
      '2027-01-31',
      '2027-02-28',
      '2027-03-31',
    ]);

  for (const id of [before, after]) {
    const paymentId = (await site.read(id)).payments[0]?.id ?? '';
    await site.ask(id, 'refund', { paymentId, amountMinor: 900 });
    await site.ask(id, 'pause', {});
  }
  expect((await stripe.refunds.list({}, there(second))).data.map(({ amount }) => amount)).toEqual([900]);
  expect(await stripe.subscriptions.retrieve(await site.subscriptionOf(before))).toMatchObject({
    pause_collection: { behavior: 'void' },
  });
});

test('a customer sees the cards of both Stripe accounts, and pays with each where it is', async () => {
  const { site, before, after } = await given();
  const ada = await asCustomer(site, after);
  type Card = { id: string; uses: { purchaseId: string }[]; couldPayFor: string[] };
  const cards = async () => (await site.must<{ data: Card[] }>(ada.get('/v1/me/cards'))).data;

  const both = await cards();
  const [ofNew, ofOld] = both;
  const moved = await ada.post(`/v1/me/purchases/${before}/payment-method`, { cardId: ofNew?.id });

  expect(both.map(({ uses, couldPayFor }) => [uses.map(({ purchaseId }) => purchaseId), couldPayFor])).toEqual([
    [[after], []],
    [[before], []],
  ]);
  expect(moved.status).toBe(404);
  expect((await ada.post(`/v1/me/cards/${ofOld?.id}/default`, {})).status).toBe(200);
});

test('a changed name reaches both customers, and a code is made and ended in both Stripe accounts', async () => {
  const { site, second, offers, before, after } = await given();
  const { stripe } = town.sandbox;
  const code = await site.must(
    site.owner.post('/v1/promotion-codes', { code: `HALF-${uuid().slice(-8)}`, percentOff: 50, duration: 'forever' }),
    201,
  );
  await site.checkOut(offers[0], site.newEmail(), code.code);
  await sellOn(site, 'acct_third');
  await site.checkOut(offers[0], site.newEmail(), code.code);
  const { contactId } = await site.read(before);
  await site.must(site.owner.patch(`/v1/contacts/${contactId}`, { name: 'Countess' }));

  await updateCustomers({ orm: town.deps.orm, gateway: town.deps.gateway });
  await site.must(site.owner.post(`/v1/promotion-codes/${code.id}/end`, {}));

  const [old, young] = [await site.read(before), await site.read(after)];
  expect(await stripe.customers.retrieve(String(old.stripeCustomerId))).toMatchObject({ name: 'Countess' });
  expect(await stripe.customers.retrieve(String(young.stripeCustomerId), {}, there(second))).toMatchObject({
    name: 'Countess',
  });
  for (const place of [second, 'acct_third'])
    expect((await stripe.promotionCodes.list({}, there(place))).data).toMatchObject([{ active: false }]);
});

test('a change of offer is made in the Stripe account of the purchase', async () => {
  const { site, second, before, after } = await given();
  const gold = await site.offer({ name: 'Gold', amountMinor: 4_900 });

  await site.ask(before, 'change-offer', { offerId: gold.id, when: 'now', proration: 'none' });
  await site.ask(before, 'cancel', { when: 'now' });
  await site.ask(after, 'change-offer', { offerId: gold.id, when: 'now', proration: 'none' });

  const subscriptions = [
    await town.sandbox.stripe.subscriptions.retrieve(await site.subscriptionOf(before)),
    await town.sandbox.stripe.subscriptions.retrieve(await site.subscriptionOf(after), {}, there(second)),
  ];
  const products = subscriptions.map(({ items }) => items.data[0]?.price.product);
  expect(new Set(products).size).toBe(2);
  for (const id of [before, after]) expect((await site.read(id)).offer.name).toBe('Gold');
});
