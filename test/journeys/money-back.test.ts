import { expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { aSite, type Site } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

const CLOSES = '2027-03-02T09:00:00.000Z';
const GIVEN_BACK = { billingStatus: 'canceled', accessStatus: 'none', refundWindow: { state: 'used' } };

/** Renewed on 28 February, two days before the window closes. */
async function aRenewedSale(site: Site): Promise<string> {
  return site.buy(await site.offer());
}

test('inside the window every payment made in it comes back, and billing and access end', async () => {
  const site = await aSite(town);
  const id = await aRenewedSale(site);
  const paymentId = (await site.read(id)).payments[0]?.id ?? '';
  await site.ask(id, 'refund', { paymentId, amountMinor: 400 });
  await site.moveTo('2027-03-01T09:00:00.000Z');

  const preview = await site.preview(id, 'money-back');
  const { command } = await site.ask(id, 'money-back', { planHash: preview.planHash, reason: 'Not for me' });

  expect(command.effects?.money).toEqual(preview.money);
  expect(await site.read(id)).toMatchObject({
    ...GIVEN_BACK,
    payments: [{ refundedMinor: 2_900 }, { refundedMinor: 2_900 }],
    due: [],
    billing: { ended: { cause: 'refund', at: '2027-03-01T09:00:00.000Z' } },
  });
  expect((await site.timeline(id)).slice(4)).toEqual([
    '2027-02-28T09:00Z payment.succeeded by stripe (2900 usd)',
    '2027-03-01T09:00Z refund.succeeded by stripe (2500 usd)',
    '2027-03-01T09:00Z purchase.money-back by api_key (5400 usd)',
    '2027-03-01T09:00Z refund.succeeded by stripe (2900 usd)',
  ]);
  expect((await site.emails(id)).slice(-2)).toEqual([
    '2027-03-01T09:00Z money-back to customer',
    '2027-03-01T09:00Z admin-money-back to admins',
  ]);
  expect(await site.refused(id, 'money-back')).toMatchObject({ status: 409, code: 'refund_window_used' });
  const after = await site.timeline(id);
  await site.moveTo('2027-06-01T09:00:00.000Z');
  expect(await site.timeline(id)).toEqual(after);
});

test('its closing instant is inside', async () => {
  const site = await aSite(town);
  const id = await aRenewedSale(site);
  await site.moveTo(CLOSES);

  await site.ask(id, 'money-back');

  expect(await site.read(id)).toMatchObject(GIVEN_BACK);
});

test('the next second is outside; the owner overrides with a reason, others not at all', async () => {
  const site = await aSite(town);
  const id = await aRenewedSale(site);
  await site.moveTo('2027-03-02T09:00:01.000Z');
  const { administrator, operator } = site.clients;

  const closed = { status: 422, code: 'refund_window_closed', field: 'override' };
  const { body } = await site.owner.post(`/v1/purchases/${id}/money-back`);
  expect(body).toMatchObject({ ...closed, at: CLOSES });
  const override = { override: true, reason: 'Was ill' };
  const forbidden = { status: 403, code: 'override_forbidden', field: 'override' };
  expect(await site.refused(id, 'money-back', override, administrator)).toEqual(forbidden);
  expect(await site.refused(id, 'money-back', { override: true }, operator)).toMatchObject({
    status: 422,
    code: 'reason_required',
    field: 'reason',
  });
  await site.ask(id, 'money-back', override, operator);

  expect(await site.read(id)).toMatchObject({ ...GIVEN_BACK, payments: [{ refundedMinor: 2_900 }, {}] });
  expect((await site.timeline(id)).slice(-3)).toEqual([
    '2027-03-02T09:00:01Z refund.succeeded by stripe (2900 usd)',
    '2027-03-02T09:00:01Z purchase.money-back by operator (5800 usd, override: true)',
    '2027-03-02T09:00:01Z refund.succeeded by stripe (2900 usd)',
  ]);
});

test('a disputed payment refuses it as a whole: nothing is canceled, nothing given back', async () => {
  const site = await aSite(town);
  const id = await aRenewedSale(site);
  await site.moveTo('2027-03-01T09:00:00.000Z');
  await control(town.sandbox, 'POST', '/disputes', { charge: await site.chargeOf(id, 1) });
  await eventually(async () => (await site.read(id)).payments[1]?.disputedAt);
  await site.quiet();

  const refusal = await site.refused(id, 'money-back');

  expect(refusal).toMatchObject({ status: 409, code: 'payment_disputed' });
  expect(await site.read(id)).toMatchObject({
    billingStatus: 'active',
    accessStatus: 'full',
    payments: [{ refundedMinor: 0 }, { refundedMinor: 0 }],
  });
});

test('a dispute that only Stripe knows of yet refuses it too', async () => {
  const site = await aSite(town);
  const id = await aRenewedSale(site);
  await control(town.sandbox, 'POST', '/faults', { kind: 'drop', types: ['charge.dispute.created'] });
  await control(town.sandbox, 'POST', '/disputes', { charge: await site.chargeOf(id) });

  const refusal = await site.refused(id, 'money-back');
  await control(town.sandbox, 'DELETE', '/faults');

  expect(refusal).toMatchObject({ status: 409, code: 'payment_disputed' });
  expect(await site.read(id)).toMatchObject({ billingStatus: 'active', payments: [{ refundedMinor: 0 }] });
});

test('a trial does not start the window, a pause does not stop it', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ trialDays: 7 }));
  expect(await site.refused(id, 'money-back')).toMatchObject({ status: 409 });

  await site.moveTo('2027-02-08T09:00:00.000Z');
  await site.ask(id, 'pause');
  expect((await site.read(id)).refundWindow).toMatchObject({ closesAt: '2027-03-09T09:00:00.000Z', state: 'open' });
  await site.moveTo('2027-03-10T09:00:00.000Z');

  expect(await site.read(id)).toMatchObject({ billingStatus: 'paused', refundWindow: { state: 'closed' } });
  expect(await site.refused(id, 'money-back')).toMatchObject({ status: 422, code: 'refund_window_closed' });
});
