import { expect, test } from '@jest/globals';
import { aSite } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

test('revoked in part, then in whole, billing goes on and says so; restored, and nobody was told', async () => {
  const site = await aSite(town);
  const offer = await site.offer({ products: 2, refundWindowDays: 0 });
  const id = await site.buy(offer);
  const [first = '', second = ''] = offer.productIds;
  await site.moveTo('2027-02-10T09:00:00.000Z');

  const partly = await site.ask(id, 'revoke', { productIds: [first], reason: 'Shared the login' });
  expect(partly.warnings).toEqual(['billing_continues_without_access']);
  expect(partly.purchase).toMatchObject({ accessStatus: 'partial', billingStatus: 'active' });
  await site.ask(id, 'revoke');
  await site.moveTo('2027-03-10T09:00:00.000Z');
  expect(await site.read(id)).toMatchObject({
    accessStatus: 'none',
    billingStatus: 'active',
    payments: [{}, {}],
    warnings: ['billing_continues_without_access'],
  });
  await site.ask(id, 'restore', { productIds: [second] });
  expect(await site.read(id)).toMatchObject({ accessStatus: 'partial' });
  await site.ask(id, 'restore', {}, site.clients.support);

  expect(await site.read(id)).toMatchObject({ accessStatus: 'full', warnings: [] });
  expect((await site.timelineOf(id)).data.slice(2).map(({ type, data }) => [type, data.productIds ?? null])).toEqual([
    ['purchase.revoked', [first]],
    ['purchase.revoked', [second]],
    ['payment.succeeded', null],
    ['purchase.restored', [second]],
    ['purchase.restored', [first]],
  ]);
  expect(await site.emails(id)).toEqual([
    '2027-01-31T09:00Z purchase-confirmation to customer',
    '2027-02-28T09:00Z payment-receipt to customer',
  ]);
});

test('blocks of several sources lift one by one: the pause ends, the revoked block stays', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));

  await site.ask(id, 'pause', { resumeAt: '2027-02-20T09:00:00Z', access: 'suspend' });
  await site.ask(id, 'revoke');
  await site.moveTo('2027-02-20T09:00:00.000Z');

  const { products, accessStatus } = await site.read(id);
  expect(accessStatus).toBe('none');
  expect(products[0]?.blocks.map(({ source }) => source)).toEqual(['revoked']);
  await site.ask(id, 'restore');
  expect((await site.read(id)).accessStatus).toBe('full');
});

test('access starts on its date and is over after its days; moved, both are counted anew', async () => {
  const site = await aSite(town);
  const offer = await site.offer({ accessStartsAt: '2027-02-05T00:00:00Z', accessDays: 10, refundWindowDays: 0 });
  const id = await site.buy(offer);

  expect(await site.read(id)).toMatchObject({ accessStatus: 'none', warnings: [] });
  expect((await site.due(id)).slice(0, 2)).toEqual([
    '2027-02-05T00:00Z access-starts',
    '2027-02-15T00:00Z access-expires',
  ]);
  await site.moveTo('2027-02-16T00:00:00.000Z');
  await site.ask(id, 'access-start', { startsAt: '2027-02-18T00:00:00Z' });
  expect((await site.due(id)).slice(0, 2)).toEqual([
    '2027-02-18T00:00Z access-starts',
    '2027-02-28T00:00Z access-expires',
  ]);
  await site.moveTo('2027-02-20T00:00:00.000Z');
  expect(await site.read(id)).toMatchObject({ accessStatus: 'full', accessUntil: '2027-02-28T00:00:00.000Z' });
  await site.moveTo('2027-02-28T00:00:00.000Z');

  expect((await site.timeline(id)).slice(2)).toEqual([
    '2027-02-05T00:00Z purchase.access-started by automation',
    '2027-02-15T00:00Z purchase.access-expired by automation',
    '2027-02-16T00:00Z purchase.access-start-changed by api_key (startsAt: 2027-02-18T00:00Z)',
    '2027-02-18T00:00Z purchase.access-started by automation',
    '2027-02-28T00:00Z purchase.access-expired by automation',
  ]);
  expect(await site.read(id)).toMatchObject({ accessStatus: 'none' });
  expect(await site.emails(id)).toEqual(['2027-01-31T09:00Z purchase-confirmation to customer']);
});

test('a product is reached through any purchase that gives it, and its access is explained', async () => {
  const site = await aSite(town);
  const offer = await site.offer({ refundWindowDays: 0 });
  const id = await site.buy(offer);
  const { contactId } = await site.read(id);
  const productId = offer.productIds[0] ?? '';
  const grant = await site.owner.post('/v1/grants', { offerId: (await site.offerOf([productId])).id, contactId });
  await site.quiet();

  await site.ask(id, 'revoke');
  const explained = await site.must<{ hasAccess: boolean; through: string; purchases: { purchaseId: string }[] }>(
    site.owner.get(`/v1/contacts/${contactId}/access?productId=${productId}`),
  );

  expect(grant.status).toBe(200);
  expect(explained).toMatchObject({ hasAccess: true, through: (grant.body.purchase as { id: string }).id });
  expect(explained.purchases.find(({ purchaseId }) => purchaseId === id)).toMatchObject({
    open: false,
    blocks: [{ source: 'revoked', by: { kind: 'api_key' } }],
  });
});
