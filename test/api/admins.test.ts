import { beforeEach, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { Admin } from '../../db/entities/admin.ts';
import { Email } from '../../db/entities/email.ts';
import { createLoginToken } from '../../db/people/login-tokens.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { anAdmin } from '../builders/rows.ts';
import { aWorld } from './a-world.ts';
import { api, guest, owner, world, useApi } from './use-api.ts';

useApi();
beforeEach(() => api.orm.em.fork().execute('delete from rate_limits'));

const PASSWORD = 'correct horse battery';
const newEmail = () => `grace-${uuid().slice(-12)}@example.com`;
const invite = (email: string, role = 'support') => owner.post('/v1/admins', { email, role });

const aLink = async (adminId: string, now = fromMs(Date.now())): Promise<string> => {
  const of = { accountId: world.accountId, adminId, kind: 'confirm_admin', now } as const;
  return (await createLoginToken(api.orm.em.fork(), of)).token;
};

const confirm = (token: string) => guest.post('/v1/sign-up/confirm', { token, password: PASSWORD });

/** Somebody invited who has confirmed; with a session. */
async function aMember(role = 'support') {
  const email = newEmail();
  const { id } = (await invite(email, role)).body;
  const { token } = (await confirm(await aLink(id))).body;
  return { id, email, session: api.client(token) };
}

const ownerId = async (): Promise<string> =>
  (await api.orm.em.fork().findOneOrFail(Admin, { accountId: world.accountId, role: 'owner', removedAt: null })).id;

describe('an invitation [R15.1]', () => {
  test('mails one link, and lets in who confirms the address by it, once', async () => {
    const email = newEmail();

    const invited = await invite(` ${email.toUpperCase()} `, 'administrator');

    expect(invited).toMatchObject({ status: 201, body: { email, role: 'administrator', state: 'invited' } });
    const { id } = invited.body;
    const mails = await api.orm.em.fork().find(Email, { recipientId: id });
    expect(mails).toMatchObject([{ kind: 'admin-invitation', recipientKind: 'admin', purchaseId: null }]);
    expect(await guest.post('/v1/sessions', { email, password: PASSWORD })).toMatchObject({
      status: 403,
      body: { code: 'address_not_confirmed' },
    });
    const [link, besides] = [await aLink(id), await aLink(id)];
    const confirmed = await confirm(link);
    expect(confirmed).toMatchObject({ status: 200, body: { admin: { id, role: 'administrator' } } });
    expect((await api.client(confirmed.body.token).get('/v1/account')).status).toBe(200);
    expect((await guest.post('/v1/sessions', { email, password: PASSWORD })).status).toBe(200);
    expect((await owner.get(`/v1/admins/${id}`)).body.state).toBe('confirmed');
    expect([(await confirm(link)).body.code, (await confirm(besides)).body.code]).toEqual(
      Array(2).fill('token_invalid'),
    );
  });

  test('is over after 24 hours, whatever the clock of the account says', async () => {
    const { id } = (await invite(newEmail())).body;
    const almost = await aLink(id, fromMs(Date.now() - 24 * 3_600_000 + 60_000));
    const over = await aLink(id, fromMs(Date.now() - 24 * 3_600_000));

    expect((await confirm(over)).status).toBe(422);
    expect((await confirm(almost)).status).toBe(200);
  });

  test('is refused for an address that is an admin’s already, and free at another account', async () => {
    const email = newEmail();
    await invite(email);

    expect(await invite(email)).toMatchObject({ status: 409, body: { code: 'duplicate', field: 'email' } });
    const other = await aWorld(api.orm);
    expect((await api.client(other.keys.owner).post('/v1/admins', { email, role: 'support' })).status).toBe(201);
  });

  test('can be sent again, three an hour, until it is confirmed', async () => {
    const { id } = (await invite(newEmail())).body;
    const again = () => owner.post(`/v1/admins/${id}/invitation`);

    expect([(await again()).status, (await again()).status, (await again()).status]).toEqual([200, 200, 429]);
    await confirm(await aLink(id));
    expect(await again()).toMatchObject({ status: 409, body: { code: 'wrong_state' } });
  });

  test.each(['owner', 'operator'])('makes nobody %s', async (role) => {
    expect((await invite(newEmail(), role)).status).toBe(422);
  });
});

describe('a role', () => {
  test('is another one at once', async () => {
    const { id, session } = await aMember('support');
    expect((await session.post('/v1/products', { name: 'A' })).status).toBe(403);

    expect((await owner.patch(`/v1/admins/${id}`, { role: 'assistant' })).body.role).toBe('assistant');

    expect((await session.post('/v1/products', { name: 'A' })).status).toBe(201);
  });

  test('of the owner is neither changed nor taken away', async () => {
    const path = `/v1/admins/${await ownerId()}`;

    const answers = [await owner.patch(path, { role: 'support' }), await owner.delete(path)];

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(Array(2).fill([409, 'wrong_state']));
  });
});

describe('who is removed', () => {
  test('is out at once, keeps the name of what they did, and may be invited anew', async () => {
    const { id, email, session } = await aMember('administrator');
    const { id: invitedId } = (await session.post('/v1/admins', { email: newEmail(), role: 'support' })).body;
    const link = await aLink(id);

    expect((await owner.delete(`/v1/admins/${id}`)).status).toBe(204);

    expect((await session.get('/v1/account')).status).toBe(401);
    expect((await guest.post('/v1/sessions', { email, password: PASSWORD })).status).toBe(401);
    expect((await confirm(link)).status).toBe(422);
    expect((await owner.get(`/v1/admins/${id}`)).status).toBe(404);
    expect((await owner.get(`/v1/admins/${invitedId}`)).body.invitedBy).toEqual({ kind: 'admin', id });
    const listed = (await owner.get('/v1/admins')).body.data as { id: string }[];
    expect(listed.map((one) => one.id)).not.toContain(id);
    expect((await invite(email)).status).toBe(201);
  });
});

describe('ownership', () => {
  test('goes to who has confirmed; who was the owner is an administrator', async () => {
    const [{ id, session }, before] = [await aMember('administrator'), await ownerId()];

    const transferred = await owner.post(`/v1/admins/${id}/transfer-ownership`);

    expect(transferred).toMatchObject({ status: 200, body: { id, role: 'owner' } });
    expect((await session.get('/v1/api-keys')).status).toBe(200);
    expect((await owner.get(`/v1/admins/${before}`)).body.role).toBe('administrator');
    expect((await owner.post(`/v1/admins/${id}/transfer-ownership`)).body.code).toBe('wrong_state');
  });

  test('is not an administrator’s to give, nor to be had unconfirmed', async () => {
    const [{ id, session }, { id: invitedId }] = [await aMember('administrator'), (await invite(newEmail())).body];

    expect((await session.post(`/v1/admins/${id}/transfer-ownership`)).status).toBe(403);
    expect((await owner.post(`/v1/admins/${invitedId}/transfer-ownership`)).status).toBe(409);
  });

  test('given to two at once is one’s', async () => {
    const two = [await aMember(), await aMember()];

    const answers = await Promise.all(two.map(({ id }) => owner.post(`/v1/admins/${id}/transfer-ownership`)));

    const owners = await api.orm.em.fork().count(Admin, { accountId: world.accountId, role: 'owner', removedAt: null });
    expect(owners).toBe(1);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
  });
});

test('admins are managed by owner and administrator, each in their own account', async () => {
  const other = await aWorld(api.orm);
  const id = await anAdmin(api.orm.em.fork(), { accountId: other.accountId, email: newEmail(), role: 'support' });

  expect((await api.client(world.keys.support).get('/v1/admins')).status).toBe(403);
  expect((await api.client(world.keys.assistant).post('/v1/admins', {})).status).toBe(403);
  expect((await owner.get(`/v1/admins/${id}`)).status).toBe(404);
  expect((await owner.delete(`/v1/admins/${id}`)).status).toBe(404);
});
