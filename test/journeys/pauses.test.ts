import { expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { aSite } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

const PAUSED_MAILS = ['purchase-paused to customer', 'admin-purchase-paused to admins'];
const RESUMED_MAILS = ['purchase-resumed to customer', 'admin-purchase-resumed to admins'];
const on = (at: string, kinds: string[]): string[] => kinds.map((kind) => `${at} ${kind}`);

test('a pause with a resume date blocks access when asked to, charges nothing, and ends by itself', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer());

  await site.moveTo('2027-02-10T09:00:00.000Z');
  await site.ask(id, 'pause', { resumeAt: '2027-04-15T12:00:00Z', access: 'suspend', reason: 'Leave' });
  expect(await site.read(id)).toMatchObject({
    billingStatus: 'paused',
    accessStatus: 'none',
    nextChargeAt: null,
    products: [{ blocks: [{ source: 'suspended_by_pause', since: '2027-02-10T09:00:00.000Z' }] }],
  });
  expect(await site.due(id)).toContain('2027-04-15T12:00Z resume');
  await site.moveTo('2027-05-01T09:00:00.000Z');

  expect(await site.timeline(id)).toEqual([
    '2027-01-31T09:00Z purchase.bought by stripe',
    '2027-01-31T09:00Z payment.succeeded by stripe (2900 usd)',
    '2027-02-10T09:00Z purchase.paused by api_key (resumeAt: 2027-04-15T12:00Z, access: suspend)',
    '2027-03-02T09:00Z purchase.refund-window-closed by system',
    '2027-04-15T12:00Z purchase.resumed by automation',
    '2027-04-30T09:00Z payment.succeeded by stripe (2900 usd)',
  ]);
  expect(await site.emails(id)).toEqual([
    '2027-01-31T09:00Z purchase-confirmation to customer',
    ...on('2027-02-10T09:00Z', PAUSED_MAILS),
    ...on('2027-04-15T12:00Z', RESUMED_MAILS),
    '2027-04-30T09:00Z payment-receipt to customer',
  ]);
  expect(await site.read(id)).toMatchObject({ billingStatus: 'active', accessStatus: 'full' });
});

test('a resume date can be moved and cleared; then only resume ends the pause', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));

  await site.ask(id, 'pause', { resumeAt: '2027-03-10T09:00:00Z' });
  await site.ask(id, 'change-resume-date', { resumeAt: '2027-04-10T09:00:00Z' });
  await site.moveTo('2027-04-01T09:00:00.000Z');
  expect(await site.read(id)).toMatchObject({ billingStatus: 'paused' });
  await site.ask(id, 'change-resume-date', { resumeAt: null });
  await site.moveTo('2027-06-01T09:00:00.000Z');
  await site.ask(id, 'resume');
  await site.moveTo('2027-07-01T09:00:00.000Z');

  expect(await site.timeline(id)).toEqual([
    '2027-01-31T09:00Z purchase.bought by stripe',
    '2027-01-31T09:00Z payment.succeeded by stripe (2900 usd)',
    '2027-01-31T09:00Z purchase.paused by api_key (resumeAt: 2027-03-10T09:00Z, access: keep)',
    '2027-01-31T09:00Z purchase.resume-date-changed by api_key (resumeAt: 2027-04-10T09:00Z)',
    '2027-04-01T09:00Z purchase.resume-date-changed by api_key',
    '2027-06-01T09:00Z purchase.resumed by api_key',
    '2027-06-30T09:00Z payment.succeeded by stripe (2900 usd)',
  ]);
  expect((await site.emails(id)).slice(1)).toEqual([
    ...on('2027-01-31T09:00Z', PAUSED_MAILS),
    ...on('2027-01-31T09:00Z', ['resume-date-changed to customer', 'admin-resume-date-changed to admins']),
    ...on('2027-04-01T09:00Z', ['resume-date-changed to customer', 'admin-resume-date-changed to admins']),
    ...on('2027-06-01T09:00Z', RESUMED_MAILS),
    '2027-06-30T09:00Z payment-receipt to customer',
  ]);
});

test('a cancellation asked while paused stays paused until its date, and resume keeps the date', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));

  await site.ask(id, 'pause');
  await site.moveTo('2027-03-10T09:00:00.000Z');
  await site.ask(id, 'cancel', { when: 'period_end' });
  expect(await site.read(id)).toMatchObject({ billingStatus: 'paused', cancelAt: '2027-03-31T09:00:00.000Z' });
  await site.ask(id, 'resume');
  expect(await site.read(id)).toMatchObject({
    billingStatus: 'active',
    cancelAt: '2027-03-31T09:00:00.000Z',
    nextChargeAt: null,
    accessStatus: 'full',
  });
  expect(await site.due(id)).toEqual(['2027-03-31T09:00Z cancellation']);
  await site.moveTo('2027-05-01T09:00:00.000Z');

  expect(await site.timeline(id)).toEqual([
    '2027-01-31T09:00Z purchase.bought by stripe',
    '2027-01-31T09:00Z payment.succeeded by stripe (2900 usd)',
    '2027-01-31T09:00Z purchase.paused by api_key (access: keep)',
    '2027-03-10T09:00Z purchase.cancellation-scheduled by api_key (cause: api, cancelAt: 2027-03-31T09:00Z)',
    '2027-03-10T09:00Z purchase.resumed by api_key',
    '2027-03-31T09:00Z purchase.canceled by automation (cause: api, endsAccess: true)',
  ]);
});

test('a cancellation asked while paused and never resumed ends it on its date, uncharged', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));

  await site.ask(id, 'pause');
  await site.ask(id, 'cancel', { when: 'period_end' });
  await site.moveTo('2027-05-01T09:00:00.000Z');

  expect((await site.timeline(id)).slice(2)).toEqual([
    '2027-01-31T09:00Z purchase.paused by api_key (access: keep)',
    '2027-01-31T09:00Z purchase.cancellation-scheduled by api_key (cause: api, cancelAt: 2027-02-28T09:00Z)',
    '2027-02-28T09:00Z purchase.canceled by automation (cause: api, endsAccess: true)',
  ]);
});

test("a pause made in Stripe's dashboard shows here as paused, and its end as resumed", async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));
  const subscriptionId = await site.subscriptionOf(id);
  await site.moveTo('2027-02-10T09:00:00.000Z');

  await town.sandbox.stripe.subscriptions.update(subscriptionId, { pause_collection: { behavior: 'void' } });
  await eventually(async () => (await site.read(id)).billingStatus === 'paused');
  await site.moveTo('2027-03-10T09:00:00.000Z');
  await town.sandbox.stripe.subscriptions.update(subscriptionId, { pause_collection: '' });
  await eventually(async () => (await site.read(id)).billingStatus === 'active');
  await site.moveTo('2027-04-10T09:00:00.000Z');

  expect((await site.timeline(id)).slice(2)).toEqual([
    '2027-02-10T09:00Z purchase.paused by stripe (access: keep)',
    '2027-03-10T09:00Z purchase.resumed by stripe',
    '2027-03-31T09:00Z payment.succeeded by stripe (2900 usd)',
  ]);
  expect(await site.emails(id)).toEqual([
    '2027-01-31T09:00Z purchase-confirmation to customer',
    ...on('2027-02-10T09:00Z', PAUSED_MAILS),
    ...on('2027-03-10T09:00Z', RESUMED_MAILS),
    '2027-03-31T09:00Z payment-receipt to customer',
  ]);
});
