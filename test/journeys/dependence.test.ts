import { expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { aSite } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

test('two offers of one group that are paid at one moment: exactly one stays', async () => {
  const site = await aSite(town);
  const email = site.newEmail();
  const [basic, pro] = [await site.offer({ group: 'plans' }), await site.offer({ group: 'plans' })];
  const one = await site.checkOut(basic, email);
  const two = await site.checkOut(pro, email);

  await Promise.all([site.pay(one.sessionId), site.pay(two.sessionId)]);
  const both = [one.purchaseId, two.purchaseId];
  await eventually(async () => {
    const states = await Promise.all(both.map(async (id) => (await site.read(id)).billingStatus));
    return states.toSorted().join() === 'active,canceled';
  });
  await site.quiet();

  const read = await Promise.all(both.map(site.read));
  const kept = read.find(({ billingStatus }) => billingStatus === 'active');
  const returned = read.find(({ billingStatus }) => billingStatus === 'canceled');
  expect(kept).toMatchObject({ duplicateOf: null, accessStatus: 'full' });
  expect(returned).toMatchObject({ duplicateOf: kept?.id, accessStatus: 'none', payments: [{ refundedMinor: 2_900 }] });
});

test('a trial is given once; whoever comes back pays at once, and reads so everywhere [R4.5]', async () => {
  const site = await aSite(town);
  const [offer, email] = [await site.offer({ trialDays: 14 }), site.newEmail()];
  const first = await site.buy(offer, { email });
  await site.ask(first, 'cancel', { when: 'now' });

  const second = await site.buy(offer, { email });

  const bought = await site.read(second);
  expect(bought).toMatchObject({
    billingStatus: 'active',
    trialEndsAt: null,
    price: { trialDays: 0 },
    payments: [{ amountMinor: 2_900 }],
    refundWindow: { state: 'open' },
  });
  expect(await site.timeline(second)).toEqual([
    '2027-01-31T09:00Z purchase.bought by stripe',
    '2027-01-31T09:00Z payment.succeeded by stripe (2900 usd)',
  ]);
  await site.moveTo('2027-03-01T09:00:00.000Z');
  expect((await site.read(second)).payments).toHaveLength(2);
});

test('a fee before a trial that was had is charged together with the first period', async () => {
  const site = await aSite(town);
  const [offer, email] = [await site.offer({ trialDays: 14, setupFeeMinor: 900 }), site.newEmail()];
  const first = await site.buy(offer, { email });
  expect((await site.read(first)).payments).toMatchObject([{ amountMinor: 900 }]);
  await site.ask(first, 'cancel', { when: 'now' });

  const second = await site.buy(offer, { email });

  expect((await site.read(second)).payments).toMatchObject([{ amountMinor: 3_800 }]);
});

test('what is repeatable is bought again while it gives access, and what is not is refused [R27.7]', async () => {
  const site = await aSite(town);
  const price = { kind: 'one_time', amountMinor: 4_900, currency: 'usd' };
  const [once, often] = [await site.offer({ price }), await site.offer({ price, repeatable: true })];
  const email = site.newEmail();
  await site.buy(once, { email });
  const first = await site.buy(often, { email });

  const refused = await site.owner.post('/v1/checkouts', { offerId: once.id, email });
  const second = await site.buy(often, { email });

  expect(refused).toMatchObject({ status: 409, body: { code: 'already_live' } });
  expect(second).not.toBe(first);
  for (const id of [first, second])
    expect(await site.read(id)).toMatchObject({ billingStatus: 'paid', accessStatus: 'full', duplicateOf: null });
});
