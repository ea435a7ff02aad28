import { expect, test } from '@jest/globals';
import { aSite, type Offer, type OfferWish, type Site } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

/** An offer of some of these products, and of new ones. */
const another = (site: Site, wish: OfferWish, productIds: string[] = []): Promise<Offer> =>
  site.offer({ refundWindowDays: 0, name: 'Gold', ...(productIds.length > 0 && { productIds }), ...wish });

const openProducts = async (site: Site, id: string): Promise<string[]> =>
  (await site.read(id)).products.filter(({ open }) => open).map(({ productId }) => productId);

const paid = async (site: Site, id: string): Promise<string[]> =>
  (await site.read(id)).payments.map(({ paidAt, amountMinor }) => `${paidAt.slice(0, 10)} ${amountMinor}`);

const NOON = 'T09:00:00.000Z';

test('an upgrade halfway is charged its difference at once, to the cent, as its preview said; products follow', async () => {
  const site = await aSite(town);
  const silver = await site.offer({ products: 2, name: 'Silver' });
  const gold = await another(site, { amountMinor: 9_900, products: 1 }, [silver.productIds[1]!]);
  const id = await site.buy(silver);
  await site.moveTo(`2027-02-14${NOON}`);

  const wish = { offerId: gold.id, when: 'now', proration: 'prorate' };
  const preview = await site.preview(id, 'change-offer', wish);
  await site.ask(id, 'change-offer', { ...wish, planHash: preview.planHash });
  await site.moveTo(`2027-03-01${NOON}`);

  expect(preview.money).toEqual([
    { kind: 'unused_credited', amountMinor: 1_450, currency: 'usd' },
    { kind: 'charged_now', amountMinor: 3_500, currency: 'usd' },
    { kind: 'charges_continue', nextChargeAt: `2027-02-28${NOON}`, amountMinor: 9_900, currency: 'usd' },
  ]);
  expect(preview.emails.map(({ kind }) => kind)).toEqual(['offer-changed', 'admin-offer-changed']);
  expect(await paid(site, id)).toEqual(['2027-01-31 2900', '2027-02-14 3500', '2027-02-28 9900']);
  expect(await openProducts(site, id)).toEqual([silver.productIds[1]]);
  expect(await site.read(id)).toMatchObject({
    offerId: gold.id,
    offer: { name: 'Gold' },
    price: { amountMinor: 9_900 },
    refundWindow: { opensAt: `2027-01-31${NOON}` },
    billing: { periodStart: `2027-02-28${NOON}`, periodEnd: `2027-03-31${NOON}` },
    pendingChange: null,
  });
  expect((await site.timeline(id)).slice(2)).toEqual([
    '2027-02-14T09:00Z purchase.offer-changed by api_key (9900 usd, interval: month, proration: prorate)',
    '2027-02-14T09:00Z payment.succeeded by stripe (3500 usd)',
    '2027-02-28T09:00Z payment.succeeded by stripe (9900 usd)',
  ]);
  expect((await site.emails(id)).slice(1)).toEqual([
    '2027-02-14T09:00Z offer-changed to customer',
    '2027-02-14T09:00Z admin-offer-changed to admins',
    '2027-02-14T09:00Z payment-receipt to customer',
    '2027-02-28T09:00Z payment-receipt to customer',
  ]);
});

test('a downgrade waits for the end of the period, can be undone, and forbids what would cross it', async () => {
  const site = await aSite(town);
  const silver = await site.offer({ products: 2 });
  const id = await site.buy(silver);
  const small = await another(
    site,
    { amountMinor: 900, interval: 'year', name: 'Small' },
    silver.productIds.slice(0, 1),
  );
  const wish = { offerId: small.id, when: 'period_end' };

  await site.ask(id, 'change-offer', wish);
  expect(await site.read(id)).toMatchObject({
    pendingChange: { offerId: small.id, offerName: 'Small', at: `2027-02-28${NOON}` },
    nextCharge: { amountMinor: 900 },
  });
  for (const [verb, body] of [
    ['pause', {}],
    ['cancel', { when: 'period_end' }],
    ['change-offer', wish],
  ] as const)
    expect(await site.refused(id, verb, body)).toMatchObject({ status: 409, code: 'wrong_state' });
  await site.ask(id, 'undo-change-offer');
  expect((await site.read(id)).pendingChange).toBeNull();
  await site.ask(id, 'change-offer', wish);
  await site.moveTo(`2027-03-01${NOON}`);

  expect(await paid(site, id)).toEqual(['2027-01-31 2900', '2027-02-28 900']);
  expect(await openProducts(site, id)).toEqual([silver.productIds[0]]);
  // The anchor was the 31st, and is the 28th from then on.
  expect((await site.read(id)).billing).toMatchObject({ periodEnd: `2028-02-28${NOON}` });
  expect((await site.timeline(id)).slice(2)).toEqual([
    '2027-01-31T09:00Z purchase.offer-change-scheduled by api_key (900 usd, interval: year, at: 2027-02-28T09:00Z)',
    '2027-01-31T09:00Z purchase.offer-change-undone by api_key (900 usd, interval: year)',
    '2027-01-31T09:00Z purchase.offer-change-scheduled by api_key (900 usd, interval: year, at: 2027-02-28T09:00Z)',
    '2027-02-28T09:00Z payment.succeeded by stripe (900 usd)',
    '2027-02-28T09:00Z purchase.offer-changed by automation (900 usd, interval: year)',
    '2027-02-28T09:00Z purchase.schedule-released by system',
  ]);
});

test('a credit pays the next invoice, whose period is paid although nothing was charged', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ amountMinor: 10_000 }));
  const small = await another(site, { amountMinor: 1_000, name: 'Small' });
  await site.moveTo(`2027-02-14${NOON}`);

  await site.ask(id, 'change-offer', { offerId: small.id, when: 'now' });
  await site.moveTo(`2027-04-01${NOON}`);

  expect(await paid(site, id)).toEqual(['2027-01-31 10000']);
  expect(await site.read(id)).toMatchObject({
    billingStatus: 'active',
    billing: { periodStart: `2027-03-31${NOON}`, periodEnd: `2027-04-30${NOON}` },
  });
});

test('a card that fails or a bank that asks refuses the whole change', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer());
  const gold = await another(site, { amountMinor: 9_900 });
  const { stripe } = town.sandbox;
  const subscription = await stripe.subscriptions.retrieve(await site.subscriptionOf(id));
  const before = await site.read(id);
  for (const card of ['pm_card_chargeCustomerFail', 'pm_card_authenticationRequired']) {
    const method = await stripe.paymentMethods.attach(card, { customer: subscription.customer as string });
    await stripe.subscriptions.update(subscription.id, { default_payment_method: method.id });

    const refused = await site.refused(id, 'change-offer', { offerId: gold.id, when: 'now' });

    expect(refused).toMatchObject({ status: 402, code: 'card_declined' });
  }
  expect(await site.read(id)).toMatchObject({ offerId: before.offerId, version: before.version, pending: null });
});

test('a price of another known offer, set at Stripe, is taken over as a change of offer [R26.5]', async () => {
  const site = await aSite(town);
  const email = site.newEmail();
  const [silver, gold] = [await site.offer(), await another(site, { amountMinor: 9_900 })];
  const id = await site.buy(silver, { email });
  // The contact has that offer already: nothing here may refuse what Stripe has done.
  const other = await site.buy(gold, { email });
  const { stripe } = town.sandbox;
  const [item] = (await stripe.subscriptions.retrieve(await site.subscriptionOf(id))).items.data;
  const [sold] = (await stripe.subscriptions.retrieve(await site.subscriptionOf(other))).items.data;

  await stripe.subscriptions.update(await site.subscriptionOf(id), {
    items: [{ id: item!.id, price: sold!.price.id }],
    proration_behavior: 'none',
  });
  await site.moveTo(`2027-02-01${NOON}`);

  expect(await site.read(id)).toMatchObject({ offerId: gold.id, needsAttention: false });
  expect(await openProducts(site, id)).toEqual(gold.productIds);
  expect((await site.timeline(id)).at(-1)).toMatch('purchase.offer-changed by stripe (9900 usd, interval: month)');
});
