import { expect, test } from '@jest/globals';
import { aSite } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

test('a trial charges nothing, converts at its end, and only then opens the refund window', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ trialDays: 14 }));

  expect(await site.read(id)).toMatchObject({
    billingStatus: 'trialing',
    accessStatus: 'full',
    payments: [],
    refundWindow: null,
    nextChargeAt: '2027-02-14T09:00:00.000Z',
  });
  expect(await site.due(id)).toEqual(['2027-02-11T09:00Z trial-notice', '2027-02-14T09:00Z trial-ends']);
  await site.moveTo('2027-03-17T00:00:00.000Z');

  expect(await site.timeline(id)).toEqual([
    '2027-01-31T09:00Z purchase.bought by stripe',
    '2027-02-11T09:00Z purchase.trial-ending by automation (2900 usd)',
    '2027-02-14T09:00Z payment.succeeded by stripe (2900 usd)',
    '2027-02-14T09:00Z purchase.trial-ended by stripe',
    '2027-03-14T09:00Z payment.succeeded by stripe (2900 usd)',
    '2027-03-16T09:00Z purchase.refund-window-closed by system',
  ]);
  expect(await site.emails(id)).toEqual([
    '2027-01-31T09:00Z purchase-confirmation to customer',
    '2027-02-11T09:00Z trial-ending to customer',
    '2027-02-14T09:00Z payment-receipt to customer',
    '2027-03-14T09:00Z payment-receipt to customer',
  ]);
  expect(await site.due(id)).toEqual(['2027-04-14T09:00Z renewal']);
});

test('a trial with a setup fee takes the fee now, and the price from its end', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ trialDays: 14, setupFeeMinor: 5_000 }));

  expect(await site.due(id)).toEqual([
    '2027-02-11T09:00Z trial-notice',
    '2027-02-14T09:00Z trial-ends',
    '2027-03-02T09:00Z refund-window-closes',
  ]);
  await site.moveTo('2027-03-03T00:00:00.000Z');

  expect(await site.timeline(id)).toEqual([
    '2027-01-31T09:00Z purchase.bought by stripe',
    '2027-01-31T09:00Z payment.succeeded by stripe (5000 usd)',
    '2027-02-11T09:00Z purchase.trial-ending by automation (2900 usd)',
    '2027-02-14T09:00Z payment.succeeded by stripe (2900 usd)',
    '2027-02-14T09:00Z purchase.trial-ended by stripe',
    '2027-03-02T09:00Z purchase.refund-window-closed by system',
  ]);
  expect(await site.emails(id)).toEqual([
    '2027-01-31T09:00Z purchase-confirmation to customer',
    '2027-02-11T09:00Z trial-ending to customer',
    '2027-02-14T09:00Z payment-receipt to customer',
  ]);
});

test('a setup fee without a trial is charged with the first price, and only once', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ setupFeeMinor: 5_000 }));

  expect(await site.due(id)).toEqual(['2027-02-28T09:00Z renewal', '2027-03-02T09:00Z refund-window-closes']);
  await site.moveTo('2027-03-03T00:00:00.000Z');

  expect(await site.timeline(id)).toEqual([
    '2027-01-31T09:00Z purchase.bought by stripe',
    '2027-01-31T09:00Z payment.succeeded by stripe (7900 usd)',
    '2027-02-28T09:00Z payment.succeeded by stripe (2900 usd)',
    '2027-03-02T09:00Z purchase.refund-window-closed by system',
  ]);
  expect(await site.emails(id)).toEqual([
    '2027-01-31T09:00Z purchase-confirmation to customer',
    '2027-02-28T09:00Z payment-receipt to customer',
  ]);
});

test("a trial canceled at the period's end keeps access to its end and is never charged", async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ trialDays: 14 }));

  await site.moveTo('2027-02-03T09:00:00.000Z');
  await site.ask(id, 'cancel', { when: 'period_end', feedback: 'Not for me' });
  expect(await site.read(id)).toMatchObject({
    billingStatus: 'trialing',
    accessStatus: 'full',
    cancelAt: '2027-02-14T09:00:00.000Z',
    nextChargeAt: null,
  });
  expect(await site.due(id)).toEqual(['2027-02-14T09:00Z cancellation']);
  await site.moveTo('2027-03-01T00:00:00.000Z');

  expect(await site.timeline(id)).toEqual([
    '2027-01-31T09:00Z purchase.bought by stripe',
    '2027-02-03T09:00Z purchase.cancellation-scheduled by api_key (cause: api, cancelAt: 2027-02-14T09:00Z)',
    '2027-02-14T09:00Z purchase.canceled by automation (cause: api, endsAccess: true)',
  ]);
  expect(await site.emails(id)).toEqual([
    '2027-01-31T09:00Z purchase-confirmation to customer',
    '2027-02-03T09:00Z cancellation-scheduled to customer',
    '2027-02-03T09:00Z admin-cancellation-scheduled to admins',
    '2027-02-14T09:00Z purchase-canceled to customer',
  ]);
  expect(await site.read(id)).toMatchObject({
    billingStatus: 'canceled',
    accessStatus: 'none',
    payments: [],
    due: [],
    billing: { ended: { at: '2027-02-14T09:00:00.000Z', cause: 'api' } },
  });
});

test('a trial canceled now ends at once', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ trialDays: 14 }));

  await site.moveTo('2027-02-03T09:00:00.000Z');
  await site.ask(id, 'cancel', { when: 'now' });
  await site.moveTo('2027-03-01T00:00:00.000Z');

  expect(await site.timeline(id)).toEqual([
    '2027-01-31T09:00Z purchase.bought by stripe',
    '2027-02-03T09:00Z purchase.canceled by api_key (cause: api)',
  ]);
  expect(await site.emails(id)).toEqual([
    '2027-01-31T09:00Z purchase-confirmation to customer',
    '2027-02-03T09:00Z purchase-canceled to customer',
    '2027-02-03T09:00Z admin-purchase-canceled to admins',
  ]);
});

test('a trial that ends while paused charges nothing; the first charge is the next regular date after resume', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ trialDays: 14 }));

  await site.moveTo('2027-02-10T09:00:00.000Z');
  await site.ask(id, 'pause');
  await site.moveTo('2027-02-20T09:00:00.000Z');
  expect(await site.read(id)).toMatchObject({ billingStatus: 'paused', payments: [], accessStatus: 'full' });
  await site.ask(id, 'resume');
  expect(await site.read(id)).toMatchObject({ billingStatus: 'active', nextChargeAt: '2027-03-14T09:00:00.000Z' });
  await site.moveTo('2027-03-15T09:00:00.000Z');

  expect(await site.timeline(id)).toEqual([
    '2027-01-31T09:00Z purchase.bought by stripe',
    '2027-02-10T09:00Z purchase.paused by api_key (access: keep)',
    '2027-02-14T09:00Z purchase.trial-ended by stripe',
    '2027-02-20T09:00Z purchase.resumed by api_key',
    '2027-03-14T09:00Z payment.succeeded by stripe (2900 usd)',
  ]);
});
