import { expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { aSite, type Site } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

const fault = (input: object) => control(town.sandbox, 'POST', '/faults', input);

/** A story with everything in it that Stripe tells: birth, renewal, changes at Stripe, its end. */
async function live(site: Site): Promise<string> {
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));
  await site.moveTo('2027-03-01T09:00:00.000Z');
  await site.ask(id, 'pause');
  await site.ask(id, 'resume');
  const { subscriptions } = town.sandbox.stripe;
  await subscriptions.update(await site.subscriptionOf(id), { pause_collection: { behavior: 'void' } });
  await eventually(async () => (await site.read(id)).billingStatus === 'paused');
  await site.moveTo('2027-03-02T09:00:00.000Z');
  await site.ask(id, 'resume');
  await site.ask(id, 'cancel', { when: 'period_end' });
  await site.moveTo('2027-04-10T09:00:00.000Z');
  return id;
}

const TOLD = [
  '2027-01-31T09:00Z purchase.bought by stripe',
  '2027-01-31T09:00Z payment.succeeded by stripe (2900 usd)',
  '2027-02-28T09:00Z payment.succeeded by stripe (2900 usd)',
  '2027-03-01T09:00Z purchase.paused by api_key (access: keep)',
  '2027-03-01T09:00Z purchase.resumed by api_key',
  '2027-03-01T09:00Z purchase.paused by stripe (access: keep)',
  '2027-03-02T09:00Z purchase.resumed by api_key',
  '2027-03-02T09:00Z purchase.cancellation-scheduled by api_key (cause: api, cancelAt: 2027-03-31T09:00Z)',
  '2027-03-31T09:00Z purchase.canceled by automation (cause: api, endsAccess: true)',
];
const MAILED = [
  'purchase-confirmation',
  'payment-receipt',
  'purchase-paused',
  'admin-purchase-paused',
  'purchase-resumed',
  'admin-purchase-resumed',
  'purchase-paused',
  'admin-purchase-paused',
  'purchase-resumed',
  'admin-purchase-resumed',
  'cancellation-scheduled',
  'admin-cancellation-scheduled',
  'purchase-canceled',
];

test.each([
  ['in peace', null],
  ['repeated', { kind: 'repeat' }],
  ['reordered', { kind: 'reorder' }],
  ['delayed', { kind: 'delay', delayMs: 150 }],
])('the story is the same with webhooks %s', async (_how, staged) => {
  const site = await aSite(town);
  if (staged) await fault(staged);

  const id = await live(site);

  expect(await site.timeline(id)).toEqual(TOLD);
  expect((await site.emailsOf(id)).map(({ kind }) => kind)).toEqual(MAILED);
});

test('with every webhook dropped, the clock finds what it missed', async () => {
  const site = await aSite(town);
  const { purchaseId, sessionId } = await site.checkOut(await site.offer({ refundWindowDays: 0 }));
  await fault({ kind: 'drop' });

  await site.pay(sessionId);
  await site.moveTo('2027-01-31T09:00:01.000Z');
  site.purchases.push(purchaseId);
  await site.moveTo('2027-03-10T09:00:00.000Z');

  expect(await site.timeline(purchaseId)).toEqual(TOLD.slice(0, 3));
  expect((await site.emailsOf(purchaseId)).map(({ kind }) => kind)).toEqual(MAILED.slice(0, 2));
});

test('word of the first payment that comes after that of the subscription makes no second receipt', async () => {
  const site = await aSite(town);
  const { purchaseId, sessionId } = await site.checkOut(await site.offer({ refundWindowDays: 0 }));
  await fault({ kind: 'delay', delayMs: 800, types: ['invoice.paid', 'invoice.payment_succeeded'] });

  await site.pay(sessionId);
  await eventually(async () => (await site.read(purchaseId)).payments.length === 1);
  await site.quiet();

  expect(await site.timeline(purchaseId)).toEqual(TOLD.slice(0, 2));
  expect((await site.emailsOf(purchaseId)).map(({ kind }) => kind)).toEqual(['purchase-confirmation']);
});
