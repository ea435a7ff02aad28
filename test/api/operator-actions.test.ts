import { expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { Admin } from '../../db/entities/admin.ts';
import { hashPassword } from '../../api/auth/passwords.ts';
import { OperatorAction } from '../../db/entities/operator-action.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { anAdmin } from '../builders/rows.ts';
import { api, guest, owner, world, useApi } from './use-api.ts';

useApi();

const PASSWORD = 'correct horse battery';
const reason = 'The owner asked why a receipt was missing';

/** A person who is logged in, of the account or of the platform. */
async function loggedIn(accountId: string | null, role: 'operator' | 'owner') {
  const email = `${role}-${uuid().slice(-12)}@example.com`;
  const passwordHash = await hashPassword(PASSWORD);
  const em = api.orm.em.fork();
  if (role === 'owner') await em.nativeDelete(Admin, { accountId, role });
  const id = await anAdmin(em, { accountId, role, email, passwordHash });
  const logIn = () => guest.post('/v1/sessions', { email, password: PASSWORD });
  return { id, email, logIn, session: api.client((await logIn()).body.token) };
}

const impersonationOf = (accountId: string) => `/v1/operator/accounts/${accountId}/impersonation`;

test('an operator acts in an account as its administrators may, in their own name, and its owner sees that', async () => {
  const operator = await loggedIn(null, 'operator');

  const begun = await operator.session.post(impersonationOf(world.accountId), { reason });

  expect(begun.status).toBe(201);
  const inside = api.client(begun.body.token);
  expect((await inside.get('/v1/account')).body.id).toBe(world.accountId);
  expect((await inside.post('/v1/products', { name: 'Mended' })).status).toBe(201);
  const forbidden = [await inside.get('/v1/api-keys'), await inside.get('/v1/operator/accounts')];
  expect(forbidden.map(({ status }) => status)).toEqual([403, 403]);
  const revoked = await inside.post('/v1/grants', { offerId: world.offerId, email: 'free@example.com' });
  expect(revoked.status).toBeLessThan(300);
  expect((await owner.get('/v1/commands')).body.data[0]).toMatchObject({
    by: { kind: 'operator', email: operator.email },
  });
  const { data } = (await owner.get('/v1/account/operator-actions')).body;
  expect(data).toMatchObject([{ kind: 'impersonate', reason, by: { kind: 'operator', email: operator.email } }]);

  expect((await inside.delete('/v1/sessions/current')).status).toBe(204);
  expect((await inside.get('/v1/account')).status).toBe(401);
  const [action] = await api.orm.em.fork().find(OperatorAction, { accountId: world.accountId });
  expect(action!.endsAt! <= fromMs(Date.now())).toBe(true);
});

test('acting in an account ends by itself after an hour, and is for operators who are logged in', async () => {
  const operator = await loggedIn(null, 'operator');
  const { body } = await operator.session.post(impersonationOf(world.accountId), { reason });

  await api.orm.em.fork().nativeUpdate(OperatorAction, { accountId: world.accountId }, { endsAt: fromMs(Date.now()) });

  expect((await api.client(body.token).get('/v1/account')).status).toBe(401);
  expect((await owner.post(impersonationOf(world.accountId), { reason })).status).toBe(403);
  const byKey = api.client(world.keys.operator);
  expect((await byKey.post(impersonationOf(world.accountId), { reason })).status).toBe(403);
  expect((await operator.session.post(impersonationOf(uuid()), { reason })).status).toBe(404);
  expect((await operator.session.post(impersonationOf(world.accountId), {})).status).toBe(422);
});

test('the admins of a suspended account are signed out, and are told why they stay out [R15.2]', async () => {
  const mine = await loggedIn(world.accountId, 'owner');
  const operator = await loggedIn(null, 'operator');

  await operator.session.post(`/v1/operator/accounts/${world.accountId}/suspend`, { reason });

  expect((await mine.session.get('/v1/account')).status).toBe(401);
  expect(await mine.logIn()).toMatchObject({ status: 403, body: { code: 'account_suspended' } });
  const { body } = await operator.session.post(impersonationOf(world.accountId), { reason });
  expect((await api.client(body.token).post('/v1/products', { name: 'Mended' })).status).toBe(201);
  const check = { pairs: [{ contactId: world.contactId, productId: world.productId }] };
  expect((await owner.post('/v1/access-check', check)).status).toBe(200);
  await operator.session.post(`/v1/operator/accounts/${world.accountId}/reopen`, { reason });
  expect((await mine.logIn()).status).toBe(200);
});
