import { expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { aSite, type Site } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

const ONCE = { price: { kind: 'one_time', amountMinor: 4_900, currency: 'usd' } };

const standing = async (site: Site, id: string) => {
  const { billingStatus, accessStatus, refundWindow } = await site.read(id);
  return [billingStatus, accessStatus, refundWindow?.state];
};

test('is paid once; its window closes, its days of access expire, and it is bought again', async () => {
  const site = await aSite(town);
  const offer = await site.offer({ ...ONCE, accessDays: 60 });
  const email = site.newEmail();

  const id = await site.buy(offer, { email });

  expect(await site.read(id)).toMatchObject({
    billingStatus: 'paid',
    accessStatus: 'full',
    nextChargeAt: null,
    billing: { kind: 'one_time', status: 'paid', subscriptionId: null, perPeriod: null, ended: null },
    payments: [{ amountMinor: 4_900, periodStart: null, refundedMinor: 0 }],
  });
  const { data } = await site.must<{ data: object[] }>(site.owner.get(`/v1/payments?purchaseId=${id}`));
  expect(data).toMatchObject([{ amountMinor: 4_900, currency: 'usd' }]);
  expect((await site.due(id)).map((line) => line.split(' ')[1])).toEqual(['refund-window-closes', 'access-expires']);
  expect((await site.emails(id)).map((line) => line.split(' ')[1])).toEqual(['purchase-confirmation']);
  expect((await site.owner.post('/v1/checkouts', { offerId: offer.id, email })).body).toMatchObject({
    code: 'already_live',
  });

  await site.moveTo('2027-03-10T09:00:00.000Z');
  expect(await standing(site, id)).toEqual(['paid', 'full', 'closed']);
  expect(await site.refused(id, 'money-back')).toMatchObject({ status: 422, code: 'refund_window_closed' });

  await site.moveTo('2027-04-30T09:00:00.000Z');
  expect(await standing(site, id)).toEqual(['paid', 'none', 'closed']);
  expect((await site.timeline(id)).map((line) => line.split(' ')[1])).toEqual([
    'purchase.bought',
    'payment.succeeded',
    'purchase.refund-window-closed',
    'purchase.access-expired',
  ]);
  expect(await standing(site, await site.buy(offer, { email }))).toEqual(['paid', 'full', 'open']);
});

test('money back inside the window ends it and its access, as its preview says', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer(ONCE));

  const preview = await site.preview(id, 'money-back');
  await site.ask(id, 'money-back', { planHash: preview.planHash });
  await site.moveTo('2027-02-01T09:00:00.000Z');

  expect(preview).toMatchObject({ money: [{ kind: 'refund', amountMinor: 4_900 }] });
  expect(await site.read(id)).toMatchObject({
    billingStatus: 'canceled',
    accessStatus: 'none',
    billing: { kind: 'one_time', ended: { cause: 'refund', endsAccess: true } },
    payments: [{ refundedMinor: 4_900 }],
    refundWindow: { state: 'used' },
  });
  expect((await site.emails(id)).map((line) => line.split(' ')[1])).toEqual([
    'purchase-confirmation',
    'money-back',
    'admin-money-back',
  ]);
});

test('refunds by us and at Stripe are both its own, and keep it paid; a dispute bars another', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer(ONCE));
  const [payment] = (await site.read(id)).payments;

  await site.ask(id, 'refund', { paymentId: payment?.id, amountMinor: 900 });
  const charge = await site.chargeOf(id);
  await town.sandbox.stripe.refunds.create({ charge, amount: 1_000 });
  await eventually(async () => (await site.read(id)).payments[0]?.refundedMinor === 1_900);

  expect(await site.read(id)).toMatchObject({
    billingStatus: 'paid',
    accessStatus: 'full',
    payments: [{ refundedMinor: 1_900, refunds: [{ amountMinor: -900 }, { amountMinor: -1_000, commandId: null }] }],
  });
  await control(town.sandbox, 'POST', '/disputes', { charge });
  await eventually(async () => (await site.timeline(id)).some((line) => line.includes('dispute.opened')));
  expect(await site.refused(id, 'refund', { paymentId: payment?.id })).toMatchObject({ code: 'payment_disputed' });
});

test('a payment under way is no purchase until its bank says so, and nobody pays a second time meanwhile', async () => {
  const site = await aSite(town);
  const offer = await site.offer(ONCE);
  const email = site.newEmail();
  const { purchaseId, sessionId } = await site.checkOut(offer, email);
  const again = () => site.owner.post('/v1/checkouts', { offerId: offer.id, email });

  await control(town.sandbox, 'POST', `/checkout/${sessionId}/pay`, { later: true });
  await site.moveTo('2027-02-01T09:00:00.000Z');

  expect((await site.owner.get(`/v1/purchases/${purchaseId}`)).status).toBe(404);
  expect([(await again()).status, (await again()).status]).toEqual([409, 409]);
  await control(town.sandbox, 'POST', `/checkout/${sessionId}/succeed`);
  await site.moveTo('2027-02-03T09:00:00.000Z');
  expect(await standing(site, purchaseId)).toEqual(['paid', 'full', 'open']);
});

test('a payment that fails days later leaves nothing, and the offer is for sale again', async () => {
  const site = await aSite(town);
  const offer = await site.offer(ONCE);
  const email = site.newEmail();
  const { purchaseId, sessionId } = await site.checkOut(offer, email);
  await control(town.sandbox, 'POST', `/checkout/${sessionId}/pay`, { later: true });
  expect((await site.owner.post('/v1/checkouts', { offerId: offer.id, email })).status).toBe(409);

  await control(town.sandbox, 'POST', `/checkout/${sessionId}/fail`);
  await site.moveTo('2027-02-03T09:00:00.000Z');

  expect((await site.owner.get(`/v1/purchases/${purchaseId}`)).status).toBe(404);
  await eventually(async () => (await site.owner.post('/v1/checkouts', { offerId: offer.id, email })).status === 201);
});
