import { expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { aSite, type Site } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

const PENDING_REFUND = '4000000000007726';
const REFUND_FAILS = '4000000000005126';
const KEEP = 'access: keep, billing: keep';
const told = (at: string, ...kinds: string[]): string[] => kinds.map((kind) => `${at} ${kind}`);

async function aSale(site: Site, card?: string): Promise<{ id: string; paymentId: string }> {
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }), { card });
  return { id, paymentId: (await site.read(id)).payments[0]?.id ?? '' };
}

test('a payment is given back in parts until it is used up, and nothing else changes', async () => {
  const site = await aSite(town);
  const { id, paymentId } = await aSale(site);
  await site.moveTo('2027-02-10T09:00:00.000Z');

  await site.ask(id, 'refund', { paymentId, amountMinor: 1_000, reason: 'A kind gesture' });
  expect(await site.refused(id, 'refund', { paymentId, amountMinor: 1_901 })).toEqual({
    status: 422,
    code: 'amount_too_large',
    field: 'amountMinor',
  });
  await site.ask(id, 'refund', { paymentId });
  expect(await site.refused(id, 'refund', { paymentId, amountMinor: 1 })).toMatchObject({ status: 409 });
  await site.moveTo('2027-03-10T09:00:00.000Z');
  expect(await site.refused(id, 'refund', { paymentId, amountMinor: 1 })).toEqual({
    status: 422,
    code: 'amount_too_large',
    field: 'amountMinor',
  });

  expect((await site.timeline(id)).slice(2)).toEqual([
    `2027-02-10T09:00Z purchase.refunded by api_key (1000 usd, ${KEEP})`,
    '2027-02-10T09:00Z refund.succeeded by stripe (1000 usd)',
    `2027-02-10T09:00Z purchase.refunded by api_key (1900 usd, ${KEEP})`,
    '2027-02-10T09:00Z refund.succeeded by stripe (1900 usd)',
    '2027-02-28T09:00Z payment.succeeded by stripe (2900 usd)',
  ]);
  expect((await site.emails(id)).slice(1, 5)).toEqual([
    ...told('2027-02-10T09:00Z', 'refund-receipt to customer', 'admin-refund to admins'),
    ...told('2027-02-10T09:00Z', 'refund-receipt to customer', 'admin-refund to admins'),
  ]);
  expect(await site.read(id)).toMatchObject({
    billingStatus: 'active',
    accessStatus: 'full',
    payments: [{ refundedMinor: 2_900, refunds: [{ amountMinor: -1_000 }, { amountMinor: -1_900 }] }, {}],
  });
});

test.each([
  ['jpy', 2_900, [1, 999, 1_900], 1],
  ['kwd', 29_990, [10, 9_980, 20_000], 10],
  ['isk', 290_000, [100, 89_900, 200_000], 100],
] as const)(
  'in %s a payment comes back in parts to its last unit [R10.1]',
  async (currency, amountMinor, parts, step) => {
    const site = await aSite(town);
    const id = await site.buy(await site.offer({ currency, amountMinor, refundWindowDays: 0 }));
    const paymentId = (await site.read(id)).payments[0]?.id ?? '';

    for (const part of parts) {
      const { payments } = await site.read(id);
      const left = amountMinor - (payments[0]?.refundedMinor ?? 0);
      expect(await site.refused(id, 'refund', { paymentId, amountMinor: left + step })).toMatchObject({
        status: 422,
        code: 'amount_too_large',
      });
      await site.ask(id, 'refund', { paymentId, amountMinor: part });
    }

    expect((await site.read(id)).payments).toMatchObject([
      { refundedMinor: amountMinor, currency, refunds: parts.map((part) => ({ amountMinor: -part })) },
    ]);
    expect(await site.refused(id, 'refund', { paymentId })).toMatchObject({ status: 409 });
  },
);

test('a part that Stripe could not give back is refused before it is asked [R10.1]', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ currency: 'kwd', amountMinor: 29_990 }));
  const paymentId = (await site.read(id)).payments[0]?.id ?? '';

  expect(await site.refused(id, 'refund', { paymentId, amountMinor: 15 })).toEqual({
    status: 422,
    code: 'amount_invalid',
    field: 'amountMinor',
  });
});

test('a pending refund counts at once and succeeds later', async () => {
  const site = await aSite(town);
  const { id, paymentId } = await aSale(site, PENDING_REFUND);

  await site.ask(id, 'refund', { paymentId, amountMinor: 900 });
  expect((await site.read(id)).payments[0]).toMatchObject({ refundedMinor: 900, refunds: [{ status: 'pending' }] });
  await site.moveTo('2027-02-02T09:00:00.000Z');

  expect((await site.timeline(id)).slice(2)).toEqual([
    `2027-01-31T09:00Z purchase.refunded by api_key (900 usd, ${KEEP})`,
    '2027-01-31T09:00Z refund.pending by stripe (900 usd)',
    '2027-01-31T09:01Z refund.succeeded by stripe (900 usd)',
  ]);
  expect((await site.emails(id)).slice(1)).toEqual(
    told('2027-01-31T09:00Z', 'refund-receipt to customer', 'admin-refund to admins'),
  );
});

test('a refund that fails later needs attention; retry gives the money back after all', async () => {
  const site = await aSite(town);
  const { id, paymentId } = await aSale(site, REFUND_FAILS);

  await site.ask(id, 'refund', { paymentId, amountMinor: 900 });
  await site.moveTo('2027-02-02T09:00:00.000Z');
  const failed = await site.read(id);
  await site.press(id, 'retry');
  await site.moveTo('2027-02-04T09:00:00.000Z');
  const failedAgain = await site.read(id);
  await site.press(id, 'abandon');

  expect(failed).toMatchObject({
    needsAttention: true,
    attentions: [{ reason: 'refund_failed' }],
    payments: [{ refundedMinor: 0, refunds: [{ status: 'failed' }] }],
  });
  expect(failedAgain).toMatchObject({ needsAttention: true, payments: [{ refundedMinor: 0 }] });
  expect(await site.read(id)).toMatchObject({ needsAttention: false, attentions: [] });
  expect((await site.timeline(id)).slice(2)).toEqual([
    `2027-01-31T09:00Z purchase.refunded by api_key (900 usd, ${KEEP})`,
    '2027-01-31T09:00Z refund.succeeded by stripe (900 usd)',
    '2027-01-31T09:01Z refund.failed by stripe (900 usd)',
    '2027-02-02T09:00Z purchase.attention-ended by system (900)',
    '2027-02-02T09:00Z refund.succeeded by stripe (900 usd)',
    '2027-02-02T09:01Z refund.failed by stripe (900 usd)',
    '2027-02-04T09:00Z purchase.attention-ended by operator (verb: refund)',
  ]);
  const failures = (await site.emails(id)).filter((line) => line.includes('failed'));
  expect(failures).toEqual([
    ...told('2027-01-31T09:01Z', 'admin-refund-failed to admins', 'refund-failed to customer'),
    ...told('2027-02-02T09:01Z', 'admin-refund-failed to admins', 'refund-failed to customer'),
  ]);
  expect((await site.emails(id)).filter((line) => line.includes('refund-receipt'))).toEqual(
    ['2027-01-31T09:00Z', '2027-02-02T09:00Z'].map((at) => `${at} refund-receipt to customer`),
  );
});

test('one call may also cancel now and revoke; both are told', async () => {
  const site = await aSite(town);
  const { id, paymentId } = await aSale(site);
  await site.moveTo('2027-02-10T09:00:00.000Z');
  await control(town.sandbox, 'DELETE', '/requests');

  await site.ask(id, 'refund', { paymentId, billing: 'cancel_now', access: 'revoke' });

  expect(await site.read(id)).toMatchObject({
    billingStatus: 'canceled',
    accessStatus: 'none',
    payments: [{ refundedMinor: 2_900 }],
    products: [{ blocks: [{ source: 'revoked' }, { source: 'ended' }] }],
  });
  expect((await site.timeline(id)).slice(2)).toEqual([
    '2027-02-10T09:00Z purchase.refunded by api_key (2900 usd, access: revoke, billing: cancel_now)',
    '2027-02-10T09:00Z refund.succeeded by stripe (2900 usd)',
  ]);
  expect((await site.emails(id)).slice(1)).toEqual(
    told(
      '2027-02-10T09:00Z',
      'refund-receipt to customer',
      'admin-refund to admins',
      'purchase-canceled to customer',
      'admin-purchase-canceled to admins',
    ),
  );
  const { data } = (await control(town.sandbox, 'GET', '/requests')) as { data: { method: string; path: string }[] };
  const writes = data.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
  expect(writes.map((line) => line.replace(/sub_\w+/, 'sub'))).toEqual([
    'DELETE /v1/subscriptions/sub',
    'POST /v1/refunds',
  ]);
});

test("one call may cancel at the period's end, and access goes on until then", async () => {
  const site = await aSite(town);
  const { id, paymentId } = await aSale(site);

  await site.ask(id, 'refund', { paymentId, amountMinor: 500, billing: 'cancel_period_end' });
  expect(await site.read(id)).toMatchObject({ accessStatus: 'full', cancelAt: '2027-02-28T09:00:00.000Z' });
  await site.moveTo('2027-03-10T09:00:00.000Z');

  expect((await site.timeline(id)).at(-1)).toBe(
    '2027-02-28T09:00Z purchase.canceled by automation (cause: api, endsAccess: true)',
  );
});

test.each([
  ['keep', 'full'],
  ['revoke', 'none'],
])('a refund made at Stripe shows up here; onExternalRefund %s leaves access %s', async (onExternalRefund, access) => {
  const site = await aSite(town);
  await site.must(site.owner.patch('/v1/settings', { onExternalRefund }));
  const { id } = await aSale(site);
  await site.moveTo('2027-02-10T09:00:00.000Z');

  await town.sandbox.stripe.refunds.create({ charge: await site.chargeOf(id), amount: 700 });
  await eventually(async () => (await site.read(id)).payments[0]?.refundedMinor === 700);
  await site.quiet();

  expect(await site.read(id)).toMatchObject({ billingStatus: 'active', accessStatus: access });
  expect((await site.timeline(id))[2]).toBe('2027-02-10T09:00Z refund.succeeded by stripe (700 usd)');
  expect((await site.emails(id)).slice(1)).toEqual(
    told('2027-02-10T09:00Z', 'refund-receipt to customer', 'admin-refund to admins'),
  );
});

test('a dispute is told to the admins and bars refunds, and leaves access as it is', async () => {
  const site = await aSite(town);
  const { id, paymentId } = await aSale(site);
  await site.moveTo('2027-02-10T09:00:00.000Z');

  const dispute = await control(town.sandbox, 'POST', '/disputes', { charge: await site.chargeOf(id) });
  await eventually(async () => (await site.read(id)).payments[0]?.disputedAt);
  const [payment] = (await site.read(id)).payments;
  expect(payment?.disputes).toMatchObject([{ reason: 'fraudulent', evidenceDueAt: '2027-02-17T09:00:00.000Z' }]);
  expect(await site.refused(id, 'refund', { paymentId })).toMatchObject({ status: 409, code: 'payment_disputed' });
  const { accessStatus, illegalVerbs } = await site.read(id);
  expect(accessStatus).toBe('full');
  expect(illegalVerbs).toContainEqual({
    verb: 'refund',
    code: 'payment_disputed',
    reason: 'A disputed payment cannot be refunded.',
  });
  await site.moveTo('2027-02-20T09:00:00.000Z');
  await control(town.sandbox, 'POST', `/disputes/${String(dispute.id)}/win`);
  await eventually(async () => (await site.read(id)).payments[0]?.disputedAt === null);
  await site.ask(id, 'refund', { paymentId, amountMinor: 100 });

  expect((await site.timeline(id)).slice(2)).toEqual([
    '2027-02-10T09:00Z dispute.opened by stripe (2900 usd, status: open)',
    '2027-02-20T09:00Z dispute.closed by stripe (2900 usd, status: won)',
    `2027-02-20T09:00Z purchase.refunded by api_key (100 usd, ${KEEP})`,
    '2027-02-20T09:00Z refund.succeeded by stripe (100 usd)',
  ]);
  expect((await site.emails(id))[1]).toBe('2027-02-10T09:00Z admin-dispute to admins');
});

test('a customer who was never told of a refund is not told that it failed', async () => {
  const site = await aSite(town);
  await site.must(site.owner.patch('/v1/settings', { emailsOff: ['refund-receipt'] }));
  const { id, paymentId } = await aSale(site, REFUND_FAILS);

  await site.ask(id, 'refund', { paymentId, amountMinor: 900 });
  await site.moveTo('2027-02-02T09:00:00.000Z');

  expect((await site.emails(id)).filter((line) => line.includes('refund-failed'))).toEqual([
    '2027-01-31T09:01Z admin-refund-failed to admins',
  ]);
});

test('a lost dispute is told to the admins, and goes on barring refunds', async () => {
  const site = await aSite(town);
  const { id, paymentId } = await aSale(site);

  const dispute = await control(town.sandbox, 'POST', '/disputes', { charge: await site.chargeOf(id) });
  await eventually(async () => (await site.read(id)).payments[0]?.disputedAt);
  await site.moveTo('2027-02-20T09:00:00.000Z');
  await control(town.sandbox, 'POST', `/disputes/${String(dispute.id)}/lose`);
  await eventually(async () => (await site.read(id)).payments[0]?.disputes[0]?.status === 'lost');
  await site.quiet();

  expect(await site.refused(id, 'refund', { paymentId })).toMatchObject({ status: 409, code: 'payment_disputed' });
  expect((await site.timeline(id)).slice(2)).toEqual([
    '2027-01-31T09:00Z dispute.opened by stripe (2900 usd, status: open)',
    '2027-02-20T09:00Z dispute.closed by stripe (2900 usd, status: lost)',
  ]);
  expect((await site.emails(id)).slice(1)).toEqual([
    '2027-01-31T09:00Z admin-dispute to admins',
    '2027-02-20T09:00Z admin-dispute to admins',
  ]);
});

test('an inquiry is shown and told, and bars no refund', async () => {
  const site = await aSite(town);
  await site.must(site.owner.patch('/v1/settings', { onDispute: 'revoke' }));
  const { id, paymentId } = await aSale(site);

  const inquiry = { charge: await site.chargeOf(id), status: 'warning_needs_response' };
  const { id: disputeId } = await control(town.sandbox, 'POST', '/disputes', inquiry);
  await eventually(async () => (await site.read(id)).payments[0]?.disputes.length === 1);
  const asked = await site.read(id);
  await site.ask(id, 'refund', { paymentId });
  await control(town.sandbox, 'POST', `/disputes/${String(disputeId)}/win`);
  await eventually(async () => (await site.read(id)).payments[0]?.disputes[0]?.status === 'closed');
  await site.quiet();

  expect(asked).toMatchObject({
    accessStatus: 'full',
    payments: [{ disputedAt: null, disputes: [{ id: disputeId, status: 'inquiry', amountMinor: 2_900 }] }],
  });
  expect((await site.timeline(id)).slice(2)).toEqual([
    '2027-01-31T09:00Z dispute.opened by stripe (2900 usd, status: inquiry)',
    `2027-01-31T09:00Z purchase.refunded by api_key (2900 usd, ${KEEP})`,
    '2027-01-31T09:00Z refund.succeeded by stripe (2900 usd)',
    '2027-01-31T09:00Z dispute.closed by stripe (2900 usd, status: closed)',
  ]);
});

test('a refund made at Stripe of which no webhook told is there when the clock has moved', async () => {
  const site = await aSite(town);
  const { id } = await aSale(site);
  await control(town.sandbox, 'POST', '/faults', { kind: 'drop' });
  await town.sandbox.stripe.refunds.create({ charge: await site.chargeOf(id), amount: 700 });

  const { status } = await site.owner.post('/v1/test-clock/advance', { to: '2027-01-31T09:00:01Z' });

  expect(status).toBe(200);
  expect((await site.timeline(id)).slice(2)).toEqual(['2027-01-31T09:00Z refund.succeeded by stripe (700 usd)']);
});
