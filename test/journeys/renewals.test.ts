import { expect, test } from '@jest/globals';
import { aSite } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

test('monthly from the last of January is charged on the last of each month, and the refund window closes after 30 days', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer());

  expect(await site.due(id)).toEqual(['2027-02-28T09:00Z renewal', '2027-03-02T09:00Z refund-window-closes']);
  await site.moveTo('2027-05-01T00:00:00.000Z');

  expect(await site.timeline(id)).toEqual([
    '2027-01-31T09:00Z purchase.bought by stripe',
    '2027-01-31T09:00Z payment.succeeded by stripe (2900 usd)',
    '2027-02-28T09:00Z payment.succeeded by stripe (2900 usd)',
    '2027-03-02T09:00Z purchase.refund-window-closed by system',
    '2027-03-31T09:00Z payment.succeeded by stripe (2900 usd)',
    '2027-04-30T09:00Z payment.succeeded by stripe (2900 usd)',
  ]);
  expect(await site.emails(id)).toEqual([
    '2027-01-31T09:00Z purchase-confirmation to customer',
    '2027-02-28T09:00Z payment-receipt to customer',
    '2027-03-31T09:00Z payment-receipt to customer',
    '2027-04-30T09:00Z payment-receipt to customer',
  ]);
  expect(await site.due(id)).toEqual(['2027-05-31T09:00Z renewal']);
  expect(await site.read(id)).toMatchObject({
    billingStatus: 'active',
    accessStatus: 'full',
    nextChargeAt: '2027-05-31T09:00:00.000Z',
    version: 1,
    refundWindow: { state: 'closed', opensAt: '2027-01-31T09:00:00.000Z', closesAt: '2027-03-02T09:00:00.000Z' },
  });
});

test('the last of February is the 29th in a leap year', async () => {
  const site = await aSite(town, { at: '2027-12-31T23:30:00.000Z' });
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));

  await site.moveTo('2028-05-01T00:00:00.000Z');

  const { payments, refundWindow } = await site.read(id);
  expect(payments.map(({ paidAt }) => paidAt.slice(0, 16))).toEqual([
    '2027-12-31T23:30',
    '2028-01-31T23:30',
    '2028-02-29T23:30',
    '2028-03-31T23:30',
    '2028-04-30T23:30',
  ]);
  expect(refundWindow).toBeNull();
});

test('yearly from 29 February is charged on 28 February until the next leap year', async () => {
  const site = await aSite(town, { at: '2028-02-29T09:00:00.000Z' });
  const id = await site.buy(await site.offer({ interval: 'year', refundWindowDays: 0 }));

  await site.moveTo('2032-03-01T00:00:00.000Z');

  const { payments } = await site.read(id);
  expect(payments.map(({ paidAt }) => paidAt.slice(0, 10))).toEqual([
    '2028-02-29',
    '2029-02-28',
    '2030-02-28',
    '2031-02-28',
    '2032-02-29',
  ]);
});

test('every step on the way is the one that was due next', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer());
  const seen: string[] = [];

  for (let steps = 0; steps < 4; steps += 1) {
    const [next] = (await site.timelineOf(id)).due;
    const before = (await site.timeline(id)).length;
    await site.must(site.owner.post('/v1/test-clock/advance', { by: 'next' }));
    await site.quiet();
    const news = (await site.timelineOf(id)).data.slice(before);
    expect(news.map(({ at }) => at)).toEqual([next?.at]);
    seen.push(`${next?.kind}: ${news[0]?.type}`);
  }

  expect(seen).toEqual([
    'renewal: payment.succeeded',
    'refund-window-closes: purchase.refund-window-closed',
    'renewal: payment.succeeded',
    'renewal: payment.succeeded',
  ]);
});

test('days of 24 hours and months of the calendar hold over daylight saving, and a currency without minor unit is whole', async () => {
  // 28 March 2027: Vienna's day has 23 hours.
  const site = await aSite(town, { at: '2027-03-27T23:30:00.000Z', timeZone: 'Europe/Vienna' });
  const offer = await site.offer({ amountMinor: 1_500, currency: 'jpy', accessDays: 45 });
  const id = await site.buy(offer);

  expect(await site.due(id)).toEqual([
    '2027-04-26T23:30Z refund-window-closes',
    '2027-04-27T23:30Z renewal',
    '2027-05-11T23:30Z access-expires',
  ]);
  await site.moveTo('2027-05-12T00:00:00.000Z');

  expect(await site.timeline(id)).toEqual([
    '2027-03-27T23:30Z purchase.bought by stripe',
    '2027-03-27T23:30Z payment.succeeded by stripe (1500 jpy)',
    '2027-04-26T23:30Z purchase.refund-window-closed by system',
    '2027-04-27T23:30Z payment.succeeded by stripe (1500 jpy)',
    '2027-05-11T23:30Z purchase.access-expired by automation',
  ]);
  expect(await site.read(id)).toMatchObject({
    accessStatus: 'none',
    billingStatus: 'active',
    warnings: ['billing_continues_without_access'],
    products: [{ open: false, blocks: [{ source: 'expired', since: '2027-05-11T23:30:00.000Z' }] }],
  });
  const [receipt] = (await site.emailsOf(id)).slice(-1);
  const { text } = await site.must<{ text: string }>(site.owner.get(`/v1/emails/${receipt?.id}`));
  expect(text).toContain('¥1,500');
  expect(text).toContain('April 28, 2027');
});

test('an archived offer sells no more, and what was sold goes on', async () => {
  const site = await aSite(town);
  const offer = await site.offer();
  const id = await site.buy(offer);

  const { goesOn } = await site.must(site.owner.post(`/v1/offers/${offer.id}/archive`));
  const sold = await site.owner.post('/v1/checkouts', { offerId: offer.id, email: site.newEmail() });
  await site.moveTo('2027-03-01T00:00:00.000Z');

  expect(goesOn).toMatchObject({ livePurchases: 1, purchasesWithAccess: 1 });
  expect([sold.status, sold.body.code]).toEqual([409, 'archived']);
  expect(await site.read(id)).toMatchObject({ billingStatus: 'active', accessStatus: 'full', payments: [{}, {}] });
});
