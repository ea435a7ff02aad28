import { expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { aSite, type Site } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

/** Two open sessions of one contact and offer, as if ending the first had not reached Stripe. */
async function twoCheckouts(site: Site, trialDays = 0) {
  const [offer, email] = [await site.offer({ trialDays }), site.newEmail()];
  const first = await site.checkOut(offer, email);
  await town.deps.orm.em
    .fork()
    .execute(`update checkouts set state = 'expired' where purchase_id = ?`, [first.purchaseId]);
  return { first, second: await site.checkOut(offer, email), offer, email };
}

test('a second payment that slips through is canceled and refunded in full at once, without access or welcome', async () => {
  const site = await aSite(town);
  const { first, second } = await twoCheckouts(site);

  await site.pay(first.sessionId);
  await eventually(() => site.read(first.purchaseId));
  await site.pay(second.sessionId);
  await eventually(async () => (await site.read(second.purchaseId)).billingStatus === 'canceled');
  await site.quiet();

  expect(await site.read(second.purchaseId)).toMatchObject({
    billingStatus: 'canceled',
    accessStatus: 'none',
    duplicateOf: first.purchaseId,
    due: [],
    needsAttention: false,
    payments: [{ amountMinor: 2_900, refundedMinor: 2_900 }],
    refundWindow: null,
  });
  expect(await site.timeline(second.purchaseId)).toEqual([
    '2027-01-31T09:00Z purchase.duplicate by stripe',
    '2027-01-31T09:00Z payment.succeeded by stripe (2900 usd)',
    '2027-01-31T09:00Z purchase.duplicate-returned by system (2900 usd)',
    '2027-01-31T09:00Z refund.succeeded by stripe (2900 usd)',
  ]);
  expect(await site.emails(second.purchaseId)).toEqual([
    '2027-01-31T09:00Z duplicate-purchase-refunded to customer',
    '2027-01-31T09:00Z admin-duplicate-purchase to admins',
  ]);
  expect(await site.read(first.purchaseId)).toMatchObject({ billingStatus: 'active', accessStatus: 'full' });
  await site.moveTo('2027-03-10T09:00:00.000Z');
  expect(await site.read(second.purchaseId)).toMatchObject({ payments: [{ refundedMinor: 2_900 }] });
});

test('both at one moment: exactly one stays', async () => {
  const site = await aSite(town);
  const { first, second } = await twoCheckouts(site);

  await Promise.all([site.pay(first.sessionId), site.pay(second.sessionId)]);
  const both = [first.purchaseId, second.purchaseId];
  await eventually(async () => {
    const states = await Promise.all(both.map(async (id) => (await site.read(id)).billingStatus));
    return states.toSorted().join() === 'active,canceled';
  });
  await site.quiet();

  const read = await Promise.all(both.map(site.read));
  const kept = read.find(({ billingStatus }) => billingStatus === 'active');
  const returned = read.find(({ billingStatus }) => billingStatus === 'canceled');
  expect(kept).toMatchObject({ duplicateOf: null, accessStatus: 'full', payments: [{ refundedMinor: 0 }] });
  expect(returned).toMatchObject({ duplicateOf: kept?.id, accessStatus: 'none', payments: [{ refundedMinor: 2_900 }] });
  expect((await site.emails(kept?.id ?? '')).map((line) => line.split(' ')[1])).toEqual(['purchase-confirmation']);
});

test('a second trial is canceled with nothing to refund', async () => {
  const site = await aSite(town);
  const { first, second } = await twoCheckouts(site, 14);

  await site.pay(first.sessionId);
  await eventually(() => site.read(first.purchaseId));
  await site.pay(second.sessionId);
  await eventually(async () => (await site.read(second.purchaseId)).billingStatus === 'canceled');

  expect(await site.read(second.purchaseId)).toMatchObject({ accessStatus: 'none', payments: [] });
  expect(await site.read(first.purchaseId)).toMatchObject({ billingStatus: 'trialing', accessStatus: 'full' });
});

test('a live offer is refused before checkout, and can be bought again after it has ended', async () => {
  const site = await aSite(town);
  const [offer, email] = [await site.offer(), site.newEmail()];
  const first = await site.buy(offer, { email });

  const refused = await site.owner.post('/v1/checkouts', { offerId: offer.id, email });
  await site.ask(first, 'cancel', { when: 'now' });
  const second = await site.buy(offer, { email });

  expect([refused.status, refused.body.code]).toEqual([409, 'already_live']);
  expect(await site.read(first)).toMatchObject({ billingStatus: 'canceled', accessStatus: 'none' });
  expect(await site.read(second)).toMatchObject({ billingStatus: 'active', accessStatus: 'full', duplicateOf: null });
});

test('a newer checkout ends the older one at Stripe', async () => {
  const site = await aSite(town);
  const [offer, email] = [await site.offer(), site.newEmail()];
  const first = await site.checkOut(offer, email);

  const second = await site.checkOut(offer, email);
  const late = await site.pay(first.sessionId);
  await site.pay(second.sessionId);
  await eventually(() => site.read(second.purchaseId));

  expect(late).toHaveProperty('error');
  expect(await site.owner.get(`/v1/purchases/${first.purchaseId}`)).toMatchObject({ status: 404 });
});

test('a declined card makes no purchase; the same page then takes another', async () => {
  const site = await aSite(town);
  const { purchaseId, sessionId } = await site.checkOut(await site.offer());

  await site.pay(sessionId, '4000000000000002');
  await site.quiet();
  expect(await site.owner.get(`/v1/purchases/${purchaseId}`)).toMatchObject({ status: 404 });
  await site.pay(sessionId);
  await eventually(() => site.read(purchaseId));
  await site.quiet();

  expect(await site.timeline(purchaseId)).toEqual([
    '2027-01-31T09:00Z purchase.bought by stripe',
    '2027-01-31T09:00Z payment.succeeded by stripe (2900 usd)',
  ]);
});
