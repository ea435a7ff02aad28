import { expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { aSite, type Offer, type Site } from './a-site.ts';
import { giveCard } from './give-card.ts';
import { town, useTown } from './use-town.ts';

useTown();

const APRIL = '2027-04-01T00:00:00.000Z';

/** Bought with a card that is valid until the end of a month of 2027. */
async function buyWith(site: Site, offer: Offer, exp_month: number, email = site.newEmail()): Promise<string> {
  const { purchaseId, sessionId } = await site.checkOut(offer, email);
  await control(town.sandbox, 'POST', `/checkout/${sessionId}/pay`, { exp_month, exp_year: 2027 });
  await eventually(() => site.must(site.owner.get(`/v1/purchases/${purchaseId}`)));
  await site.quiet();
  site.purchases.push(purchaseId);
  return purchaseId;
}

const endOf = async (site: Site, id: string): Promise<unknown> => (await site.read(id)).billing?.cardEndsAt;
const notices = async (site: Site, id: string): Promise<string[]> =>
  [...(await site.timeline(id)), ...(await site.emails(id))].filter((line) => line.includes('card-expiring'));
const listed = async (site: Site, id: string): Promise<string[]> =>
  (await site.due(id)).filter((line) => line.includes('card-notice'));

test('the customer is told 30 days before the month of the card is over, as the due list says', async () => {
  const site = await aSite(town);
  const id = await buyWith(site, await site.offer(), 3);
  expect(await endOf(site, id)).toBe(APRIL);
  expect(await listed(site, id)).toEqual(['2027-03-02T00:00Z card-notice']);
  const until = await site.must<{ data: { type: string; at: string; kind?: string }[] }>(
    site.owner.get(`/v1/purchases/${id}/forecast?until=2027-03-05T00:00:00Z`),
  );
  expect(JSON.stringify(until)).toContain('card-expiring');

  await site.moveTo('2027-04-05T09:00:00.000Z');

  expect(await notices(site, id)).toEqual([
    '2027-03-02T00:00Z purchase.card-expiring by automation',
    '2027-03-02T00:00Z card-expiring to customer',
  ]);
  expect(await listed(site, id)).toEqual([]);
});

test('another card, or the same one renewed by its bank, is told of in its own time', async () => {
  const site = await aSite(town);
  const [changed, renewed] = [await buyWith(site, await site.offer(), 3), await buyWith(site, await site.offer(), 3)];
  const { stripe } = town.sandbox;
  await giveCard(site, changed, 'pm_card_visa');
  const { default_payment_method: method } = await stripe.subscriptions.retrieve(await site.subscriptionOf(renewed));
  await stripe.paymentMethods.update(method as string, { card: { exp_month: 5, exp_year: 2027 } });
  await eventually(async () => (await endOf(site, renewed)) !== APRIL && (await endOf(site, changed)) !== APRIL);
  await site.quiet();
  expect(await endOf(site, renewed)).toBe('2027-06-01T00:00:00.000Z');
  expect(await listed(site, changed)).toEqual([]);

  await site.moveTo('2027-05-15T09:00:00.000Z');

  expect(await notices(site, changed)).toEqual([]);
  expect(await notices(site, renewed)).toEqual([
    '2027-05-02T00:00Z purchase.card-expiring by automation',
    '2027-05-02T00:00Z card-expiring to customer',
  ]);
});

test('of a card that pays for several purchases its customer is told once', async () => {
  const site = await aSite(town);
  const email = site.newEmail();
  const [first, second] = [
    await buyWith(site, await site.offer(), 3, email),
    await buyWith(site, await site.offer(), 12, email),
  ];
  const { stripe } = town.sandbox;
  const { default_payment_method: method } = await stripe.subscriptions.retrieve(await site.subscriptionOf(first));
  await stripe.subscriptions.update(await site.subscriptionOf(second), { default_payment_method: method as string });
  await eventually(async () => (await endOf(site, second)) === APRIL);

  await site.moveTo('2027-03-05T09:00:00.000Z');

  const sent = [...(await site.emails(first)), ...(await site.emails(second))];
  expect(sent.filter((line) => line.includes('card-expiring'))).toEqual([
    '2027-03-02T00:00Z card-expiring to customer',
  ]);
});

test('nobody is told where nothing is charged after it, or where the site has switched it off', async () => {
  const site = await aSite(town);
  const leaving = await buyWith(site, await site.offer(), 3);
  const plan = { kind: 'payment_plan', amountMinor: 4_900, currency: 'usd', instalments: 2 };
  const short = await buyWith(site, await site.offer({ price: plan }), 3);
  const quiet = await buyWith(site, await site.offer({ emailsOff: ['card-expiring'] }), 3);
  await site.ask(leaving, 'cancel', { when: 'period_end' });

  await site.moveTo('2027-04-05T09:00:00.000Z');

  expect(await notices(site, leaving)).toEqual([]);
  expect(await notices(site, short)).toEqual([]);
  expect(await notices(site, quiet)).toEqual(['2027-03-02T00:00Z purchase.card-expiring by automation']);
});
