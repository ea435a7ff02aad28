import { expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { hashPassword } from '../../api/auth/passwords.ts';
import { codeAt } from '../../api/auth/totp.ts';
import { Account } from '../../db/entities/account.ts';
import { anAdmin } from '../builders/rows.ts';
import { aWorld } from './a-world.ts';
import { api, guest, owner, world, useApi } from './use-api.ts';

useApi();

const PASSWORD = 'correct horse battery';

async function whoLogsIn(accountId: string | null, role: 'administrator' | 'operator') {
  const email = `kim-${uuid().slice(-12)}@example.com`;
  await anAdmin(api.orm.em.fork(), { accountId, role, email, passwordHash: await hashPassword(PASSWORD) });
  const { body } = await guest.post('/v1/sessions', { email, password: PASSWORD });
  return api.client(body.token);
}

const REQUIRED = { status: 403, body: { code: 'second_factor_required' } };

test('an account that asks for a second factor lets its admins do nothing before they have one; keys go on', async () => {
  const kim = await whoLogsIn(world.accountId, 'administrator');
  expect((await kim.get('/v1/own-sign-in')).body).toMatchObject({ isRequired: false });

  expect((await kim.patch('/v1/settings', { requireSecondFactor: true })).status).toBe(200);

  expect(await kim.get('/v1/account')).toMatchObject(REQUIRED);
  expect(await kim.patch('/v1/settings', { requireSecondFactor: false })).toMatchObject(REQUIRED);
  expect(await kim.post('/v1/grants', { offerId: world.offerId, email: 'a@b.co' })).toMatchObject(REQUIRED);
  expect((await owner.get('/v1/settings')).body).toMatchObject({ requireSecondFactor: true });
  expect((await kim.get('/v1/own-sign-in')).body).toMatchObject({ isRequired: true });
  const { secret } = (await kim.post('/v1/own-sign-in/app', { password: PASSWORD })).body as unknown as Secret;
  expect(await kim.get('/v1/account')).toMatchObject(REQUIRED);
  await kim.post('/v1/own-sign-in/app/confirm', { code: codeAt(secret, Date.now()) });
  expect((await kim.get('/v1/account')).status).toBe(200);
});

type Secret = { secret: string };

test('the platform’s setting holds for operators, also those of before its account, and for no other account', async () => {
  const platform = await aWorld(api.orm);
  const em = api.orm.em.fork();
  await em.nativeUpdate(Account, { id: platform.accountId }, { isPlatform: true });
  const [before, own] = [await whoLogsIn(null, 'operator'), await whoLogsIn(platform.accountId, 'operator')];
  const elsewhere = await whoLogsIn(world.accountId, 'administrator');

  await api.client(platform.keys.owner).patch('/v1/settings', { requireSecondFactor: true });

  expect(await before.get('/v1/operator/accounts')).toMatchObject(REQUIRED);
  expect(await own.get('/v1/operator/accounts')).toMatchObject(REQUIRED);
  expect((await elsewhere.get('/v1/account')).status).toBe(200);
  await em.nativeUpdate(Account, { id: platform.accountId }, { isPlatform: false });
});
