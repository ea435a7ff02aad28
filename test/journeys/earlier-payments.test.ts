import { expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { aSite, type Site } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

const HALF_A_YEAR = '2027-07-20T09:00:00.000Z';
const KEEP = 'access: keep, billing: keep';

/** Paid for every week of half a year, and what its snapshot keeps of that. */
async function aged() {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ interval: 'week', amountMinor: 900, refundWindowDays: 7 }));
  await site.moveTo(HALF_A_YEAR);
  return { site, id };
}

async function keptOf(id: string) {
  const [row] = await town.deps.orm.em.fork().execute<{ kept: string[]; count: number }[]>(
    `select array(select p ->> 'paymentId' from jsonb_array_elements(snapshot -> 'payments') p) as kept,
        (snapshot -> 'earlierPayments' -> 'count')::int as count from purchases where id = ?`,
    [id],
  );
  return row!;
}

const refundedOf = async (site: Site, id: string) =>
  (await site.read(id)).payments.flatMap(({ refundedMinor }, index) =>
    refundedMinor > 0 ? [[index, refundedMinor]] : [],
  );

test('of a long life the snapshot keeps the latest payments; people read all, and each can be refunded', async () => {
  const { site, id } = await aged();
  const { payments, paid } = await site.read(id);
  const ids = payments.map((payment) => payment.id);
  const old = { paymentId: ids[5], amountMinor: 400 };

  expect(payments).toHaveLength(25);
  expect(paid).toEqual({ amountMinor: 25 * 900, currency: 'usd' });
  expect(await keptOf(id)).toEqual({ kept: [ids[0], ids[1], ...ids.slice(-12)], count: 11 });

  expect(await site.preview(id, 'refund', old)).toMatchObject({ money: [{ kind: 'refund', amountMinor: 400 }] });
  await site.ask(id, 'refund', old);
  expect(await site.refused(id, 'refund', { ...old, amountMinor: 501 })).toMatchObject({ code: 'amount_too_large' });
  await site.ask(id, 'refund', { paymentId: ids[5] });
  expect(await site.refused(id, 'refund', { paymentId: 'in_of_nobody' })).toMatchObject({ code: 'unknown_payment' });
  await site.quiet();

  expect(await refundedOf(site, id)).toEqual([[5, 900]]);
  expect((await site.read(id)).paid).toEqual({ amountMinor: 24 * 900, currency: 'usd' });
  expect((await keptOf(id)).count).toBe(11);
  expect((await site.timeline(id)).slice(-4)).toEqual([
    `2027-07-20T09:00Z purchase.refunded by api_key (400 usd, ${KEEP})`,
    '2027-07-20T09:00Z refund.succeeded by stripe (400 usd)',
    `2027-07-20T09:00Z purchase.refunded by api_key (500 usd, ${KEEP})`,
    '2027-07-20T09:00Z refund.succeeded by stripe (500 usd)',
  ]);
  const receipts = (await site.emails(id)).filter((line) => line.includes('refund-receipt'));
  expect(receipts).toEqual(Array(2).fill('2027-07-20T09:00Z refund-receipt to customer'));
});

test('a refund and a dispute made at Stripe find the payment that is named, and nothing is heard twice', async () => {
  const { site, id } = await aged();
  const { stripe } = town.sandbox;
  const ids = (await site.read(id)).payments.map((payment) => payment.id);
  const told = (await site.timeline(id)).length;
  const [third, fourth] = [await site.chargeOf(id, 3), await site.chargeOf(id, 4)];

  await stripe.refunds.create({ charge: third, amount: 300 });
  await eventually(async () => (await refundedOf(site, id)).length === 1);
  const dispute = await control(town.sandbox, 'POST', '/disputes', { charge: fourth });
  await eventually(async () => (await site.read(id)).payments[4]?.disputedAt);
  const whileDisputed = await keptOf(id);
  expect(await site.refused(id, 'refund', { paymentId: ids[4] })).toMatchObject({ code: 'payment_disputed' });
  await control(town.sandbox, 'POST', `/disputes/${String(dispute.id)}/win`);
  await eventually(async () => (await site.read(id)).payments[4]?.disputes[0]?.status === 'won');
  await site.quiet();

  expect(whileDisputed.kept).toEqual([ids[0], ids[1], ids[4], ...ids.slice(-12)]);
  expect(await keptOf(id)).toEqual({ kept: [ids[0], ids[1], ...ids.slice(-12)], count: 11 });
  expect(await refundedOf(site, id)).toEqual([[3, 300]]);
  expect((await site.timeline(id)).slice(told)).toEqual([
    '2027-07-20T09:00Z refund.succeeded by stripe (300 usd)',
    '2027-07-20T09:00Z dispute.opened by stripe (900 usd, status: open)',
    '2027-07-20T09:00Z dispute.closed by stripe (900 usd, status: won)',
  ]);
});
