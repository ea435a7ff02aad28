import { expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { Account } from '../../db/entities/account.ts';
import { Email } from '../../db/entities/email.ts';
import { anAdmin } from '../builders/rows.ts';
import { eventually } from '../ground/eventually.ts';
import { aWorld } from './a-world.ts';
import { api, guest, world, useApi } from './use-api.ts';

useApi();

test('a live account that was signed up for sells nothing before it has its own Stripe account [R27.9]', async () => {
  const live = await aWorld(api.orm, { mode: 'live' });
  const em = api.orm.em.fork();
  const asked = { offerId: live.offerId, email: 'kim@example.com' };
  const sell = async () => (await api.client(live.keys.owner).post('/v1/checkouts', asked)).body;
  await em.nativeUpdate(Account, { id: live.accountId }, { needsOwnStripe: true });

  expect(await sell()).toMatchObject({ status: 409, code: 'stripe_not_connected' });
  const anyone = await guest.post(`/v1/public/offers/${live.offerId}/checkout`, { email: 'kim@example.com' });
  expect(anyone.body).toMatchObject({ status: 409, code: 'stripe_not_connected' });
  await em.nativeUpdate(Account, { id: live.accountId }, { stripeAccount: `acct_${uuid().slice(-12)}` });
  expect(await sell()).toMatchObject({ offerId: live.offerId });
});

test('the link is sent again to who has not confirmed the address, three an hour, and the answer is always the same', async () => {
  const em = api.orm.em.fork();
  const email = `rosa-${uuid().slice(-12)}@example.com`;
  const of = { accountId: world.accountId, email, role: 'support', confirmedAt: null } as const;
  const adminId = await anAdmin(em, of);

  const answers = [];
  for (const address of [email, `nobody-${uuid()}@example.com`])
    answers.push(await guest.post('/v1/sign-up/link', { email: address }));

  expect(answers.map(({ status, body }) => [status, body])).toEqual(Array(2).fill([202, {}]));
  const sent = await eventually(() => em.fork().findOne(Email, { recipientId: adminId }));
  expect(sent.kind).toBe('admin-confirmation');
});
