import { expect, test } from '@jest/globals';
import { aSite } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

test('a test customer who buys, in a test account, is an active customer in no figure', async () => {
  const site = await aSite(town);
  const email = site.newEmail();
  const { id: contactId } = await site.must(site.owner.post('/v1/contacts', { email, isTest: true }), 201);
  const real = await site.buy(await site.offer());
  const { contactId: other } = await site.read(real);
  await site.buy(await site.offer({ name: 'Second' }), { email });
  const { now } = await site.must<{ now: string }>(site.owner.get('/v1/test-clock'));
  const data = [contactId, other].map((id) => ({ id, contactId: id, kind: 'login', at: now }));
  await site.must(site.owner.post('/v1/activity', { data }));

  expect(await site.must(site.owner.get('/v1/account/usage'))).toMatchObject({ activeCustomers: 1 });
});
