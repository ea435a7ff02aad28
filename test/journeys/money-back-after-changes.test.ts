import { expect, test } from '@jest/globals';
import { aSite, type Site } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

const NOON = 'T09:00:00.000Z';

async function balanceOf(site: Site, purchaseId: string): Promise<number> {
  const { stripe } = town.sandbox;
  const { customer } = await stripe.subscriptions.retrieve(await site.subscriptionOf(purchaseId));
  const found = await stripe.customers.retrieve(customer as string);
  return found.deleted ? 0 : found.balance;
}

const refunds = async (site: Site, id: string): Promise<number[]> =>
  (await site.read(id)).payments.flatMap((payment) => payment.refunds.map(({ amountMinor }) => amountMinor));

/** 100.00 were paid; changed to 10.00 halfway, 45.00 of it are a credit. */
async function changedHalfway() {
  const site = await aSite(town);
  const email = site.newEmail();
  const id = await site.buy(await site.offer({ amountMinor: 10_000, refundWindowDays: 60 }), { email });
  const small = await site.offer({ amountMinor: 1_000, name: 'Small' });
  await site.moveTo(`2027-02-14${NOON}`);
  await site.ask(id, 'change-offer', { offerId: small.id, when: 'now' });
  return { site, email, id };
}

test('money-back after a change withdraws the credit that it left, and gives all back that was taken', async () => {
  const { site, id } = await changedHalfway();
  const before = await balanceOf(site, id);

  const preview = await site.preview(id, 'money-back');
  const done = await site.ask(id, 'money-back', { planHash: preview.planHash });

  expect(before).toBe(-4_500);
  expect(preview.money).toEqual([
    { kind: 'no_more_charges', from: expect.any(String) },
    { kind: 'credit_withdrawn', amountMinor: 4_500, currency: 'usd' },
    { kind: 'refund', paymentId: expect.any(String), amountMinor: 10_000, currency: 'usd' },
  ]);
  expect(done.command.effects?.money).toEqual(preview.money);
  expect(await balanceOf(site, id)).toBe(0);
  expect(await refunds(site, id)).toEqual([-10_000]);
});

test('credit that has paid for another purchase is not given back once more', async () => {
  const { site, email, id } = await changedHalfway();
  await site.buy(await site.offer({ amountMinor: 3_000, name: 'Another' }), { email });

  const left = await balanceOf(site, id);
  const preview = await site.preview(id, 'money-back');
  await site.ask(id, 'money-back', { planHash: preview.planHash });

  expect(left).toBe(-1_500);
  expect(preview.money.slice(1)).toEqual([
    { kind: 'credit_withdrawn', amountMinor: 1_500, currency: 'usd' },
    { kind: 'credit_used', amountMinor: 3_000, currency: 'usd' },
    { kind: 'refund', paymentId: expect.any(String), amountMinor: 7_000, currency: 'usd' },
  ]);
  expect(await balanceOf(site, id)).toBe(0);
  expect(await refunds(site, id)).toEqual([-7_000]);
});
