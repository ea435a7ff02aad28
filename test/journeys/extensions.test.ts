import { expect, test } from '@jest/globals';
import { aSite } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

test('access is extended before its end and after it; the payments stay as they are', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ accessDays: 20 }));
  const due = (await site.due(id)).filter((line) => !line.includes('access-expires'));

  const { after } = await site.preview(id, 'extend', { days: 10 });
  await site.ask(id, 'extend', { days: 10 });
  expect(await site.due(id)).toEqual(expect.arrayContaining([...due, '2027-03-02T09:00Z access-expires']));
  expect(after.products).toMatchObject([{ open: true, until: '2027-03-02T09:00:00.000Z' }]);

  await site.moveTo('2027-03-10T09:00:00.000Z');
  expect(await site.read(id)).toMatchObject({ accessStatus: 'none', billingStatus: 'active' });
  await site.ask(id, 'extend', { days: 5 });
  expect(await site.read(id)).toMatchObject({
    accessStatus: 'full',
    accessPeriod: { endsAt: '2027-03-15T09:00:00.000Z' },
    nextChargeAt: '2027-03-31T09:00:00.000Z',
  });
  await site.ask(id, 'extend', { until: '2027-03-20T00:00:00Z' });
  expect(await site.refused(id, 'extend', { until: '2027-03-19T00:00:00Z' })).toMatchObject({
    status: 422,
    field: 'until',
  });
  await site.moveTo('2027-03-25T09:00:00.000Z');

  expect((await site.timeline(id)).filter((line) => line.includes('access'))).toEqual([
    '2027-01-31T09:00Z purchase.access-extended by api_key',
    '2027-03-02T09:00Z purchase.access-expired by automation',
    '2027-03-10T09:00Z purchase.access-extended by api_key',
    '2027-03-10T09:00Z purchase.access-extended by api_key',
    '2027-03-20T00:00Z purchase.access-expired by automation',
  ]);
  expect(await site.read(id)).toMatchObject({ accessStatus: 'none' });
});

test('what has no end is not extended, and a grant is', async () => {
  const site = await aSite(town);
  const email = site.newEmail();
  const endless = await site.buy(await site.offer());
  expect(await site.refused(endless, 'extend', { days: 5 })).toMatchObject({ status: 409, code: 'wrong_state' });

  const offer = await site.offer({ price: { kind: 'free' }, accessDays: 10 });
  await site.must(site.owner.post('/v1/grants', { offerId: offer.id, email }));
  const { data } = await site.must<{ data: { id: string }[] }>(site.owner.get(`/v1/purchases?offerId=${offer.id}`));
  const id = data[0]!.id;
  await site.ask(id, 'extend', { until: '2027-06-01T00:00:00Z' });
  await site.moveTo('2027-05-01T09:00:00.000Z');
  expect(await site.read(id)).toMatchObject({ accessStatus: 'full' });
});
