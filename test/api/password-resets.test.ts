import { beforeEach, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { hashPassword } from '../../api/auth/passwords.ts';
import { Contact } from '../../db/entities/contact.ts';
import { Email } from '../../db/entities/email.ts';
import { LoginToken } from '../../db/entities/login-token.ts';
import { RateLimit } from '../../db/entities/rate-limit.ts';
import { createLoginToken, type LoginTokenKind } from '../../db/people/login-tokens.ts';
import { aContact, anAdmin } from '../builders/rows.ts';
import { eventually } from '../ground/eventually.ts';
import { aPurchase, T0 } from './a-world.ts';
import { api, guest, owner, world, useApi } from './use-api.ts';

const PASSWORD = 'quartz lantern';

useApi();
beforeEach(() => api.orm.em.fork().execute('delete from rate_limits'));

const newEmail = () => `ada-${uuid().slice(-12)}@example.com`;

async function aCustomer(): Promise<string> {
  const email = newEmail();
  const change = { email, passwordHash: await hashPassword('forgotten by now'), customerSince: T0 };
  await api.orm.em.fork().nativeUpdate(Contact, { id: world.contactId }, change);
  await aPurchase(api.orm, world);
  return email;
}

const resets = () => api.orm.em.fork().find(Email, { kind: 'password-reset', accountId: world.accountId });

const aToken = async (kind: LoginTokenKind, now = T0): Promise<string> => {
  const of = { accountId: world.accountId, contactId: world.contactId, now };
  return (await createLoginToken(api.orm.em.fork(), { ...of, kind })).token;
};

const use = (token: string, password = PASSWORD) => guest.post('/v1/set-password', { token, password });
const isIn = async (token: string): Promise<boolean> => (await api.client(token).get('/v1/me')).status === 200;

describe('a link that resets a password [R14.1]', () => {
  test('is mailed to customers only, and the answer is the same for everybody', async () => {
    const [email, lead] = [await aCustomer(), newEmail()];
    await aContact(api.orm.em.fork(), world.accountId, { email: lead });

    const answers = [];
    for (const address of [lead, newEmail(), email])
      answers.push(await guest.post('/v1/password-resets', { email: address }));

    expect(answers.map(({ status, body }) => [status, body])).toEqual(Array(3).fill([202, {}]));
    await eventually(() => api.woken.some(({ what }) => what === 'startMail'));
    expect(await resets()).toMatchObject([{ recipientId: world.contactId, state: 'queued' }]);
  });

  test('is answered before anybody looks whose address it is: nothing of that can hold it up', async () => {
    const email = await aCustomer();
    const blocker = api.orm.em.fork();
    await blocker.begin();
    await blocker.execute('lock table emails in access exclusive mode');

    const { status } = await guest.post('/v1/password-resets', { email });
    const before = api.woken.length;
    await blocker.rollback();

    expect(status).toBe(202);
    await eventually(() => api.woken.length > before);
  });

  test('counts together with login links: three an hour to one address, over all processes', async () => {
    const email = await aCustomer();
    const hits = async () => Math.max(0, ...(await api.orm.em.fork().find(RateLimit, {})).map((row) => row.hits));
    for (const [index, path] of ['/v1/login-links', '/v1/login-links', '/v1/login-links'].entries()) {
      await guest.post(path, { email });
      await eventually(async () => (await hits()) === index + 1);
    }
    await guest.post('/v1/password-resets', { email });

    await eventually(async () => (await hits()) === 4);
    expect(await resets()).toEqual([]);
  });

  test('works once and for 6 hours, ends every session, and proves the address', async () => {
    await aCustomer();
    const session = (await guest.post('/v1/login-links/exchange', { token: await aToken('login') })).body.token;
    const over = await aToken('reset_password', '2027-01-31T02:00:00.000Z');
    const [token, welcome] = [await aToken('reset_password'), await aToken('set_password')];

    const [late, used] = [await use(over), await use(token)];

    expect([late.status, late.body.code, used.status]).toEqual([422, 'token_invalid', 200]);
    expect([await isIn(session), await isIn(used.body.token)]).toEqual([false, true]);
    // What was mailed besides to set one is over with it.
    expect([(await use(token)).status, (await use(welcome)).status]).toEqual([422, 422]);
    const contact = await api.orm.em.fork().findOneOrFail(Contact, { id: world.contactId });
    expect(contact.addressProvenAt).not.toBeNull();
  });

  test('keeps when it was opened, and when it was tried once more', async () => {
    await aCustomer();
    const token = await aToken('reset_password');
    await use(token);
    await use(token);

    const rows = await api.orm.em.fork().find(LoginToken, { contactId: world.contactId, kind: 'reset_password' });

    expect(rows).toMatchObject([{ createdAt: T0, openedAt: expect.any(String), refusedAt: expect.any(String) }]);
  });
});

describe('a new password', () => {
  const COMMON = 'is one of those that are tried first everywhere; choose another one';
  const OWN = 'must not be your email address';

  test.each([
    ['is none of those that everybody has', () => 'Password123', COMMON],
    ['is none of those, whatever their case', () => 'QWERTYuiop', COMMON],
    ['is not the address', (email: string) => email.toUpperCase(), OWN],
    ['is not what stands before the @', (email: string) => email.split('@')[0] ?? '', OWN],
  ])('%s, and the link stays as it was', async (_what, choose, message) => {
    const email = await aCustomer();
    const token = await aToken('reset_password');

    const { status, body } = await use(token, choose(email));

    expect([status, body.errors]).toEqual([422, [{ field: 'password', message }]]);
    expect((await use(token)).status).toBe(200);
  });

  test('is held to that within a session, and by admins too', async () => {
    const email = await aCustomer();
    const session = (await guest.post('/v1/login-links/exchange', { token: await aToken('login') })).body.token;
    const set = (password: string) => api.client(session).post('/v1/me/password', { password });
    const adminEmail = newEmail();
    const { accountId } = world;
    const adminId = await anAdmin(api.orm.em.fork(), {
      accountId,
      email: adminEmail,
      role: 'support',
      confirmedAt: null,
    });
    const of = { accountId, adminId, kind: 'confirm_admin', now: new Date().toISOString() } as const;
    const { token } = await createLoginToken(api.orm.em.fork(), of);
    const confirm = (password: string) => guest.post('/v1/sign-up/confirm', { token, password });

    const answers = [await set('iloveyou1'), await set(email), await confirm('iloveyou1'), await confirm(adminEmail)];

    expect(answers.map(({ status, body }) => [status, body.field])).toEqual(Array(4).fill([422, 'password']));
    expect([(await set(PASSWORD)).status, (await confirm(PASSWORD)).status]).toEqual([200, 200]);
  });
});

describe('where somebody is logged in', () => {
  const logIn = async (): Promise<string> =>
    (await guest.post('/v1/login-links/exchange', { token: await aToken('login') })).body.token;

  test('is listed and ended by themselves: one, and all others', async () => {
    await aCustomer();
    const [one, two, three] = [await logIn(), await logIn(), await logIn()];
    const me = api.client(three);
    const { data } = (await me.get('/v1/me/sessions')).body;
    expect(data).toMatchObject([
      { begunBy: 'link', isCurrent: true },
      { begunBy: 'link', isCurrent: false },
      { begunBy: 'link', isCurrent: false },
    ]);
    expect(JSON.stringify(data)).not.toContain(three.slice(4));

    expect((await me.delete(`/v1/me/sessions/${data.at(2)?.id}`)).status).toBe(204);
    expect((await me.delete(`/v1/me/sessions/${data.at(2)?.id}`)).status).toBe(404);
    expect([await isIn(one), await isIn(two)]).toEqual([false, true]);

    expect((await me.delete('/v1/me/sessions')).status).toBe(204);
    expect([await isIn(two), await isIn(three)]).toEqual([false, true]);
  });

  test('is listed and ended by support, and by nobody for another account', async () => {
    await aCustomer();
    const [one, two] = [await logIn(), await logIn()];
    const path = `/v1/contacts/${world.contactId}/sessions`;
    const support = api.client(world.keys.support);
    const { data } = (await support.get(path)).body;
    const other = await api.client(world.keys.assistant).get(path);

    expect([data.length, other.status]).toEqual([2, 403]);
    expect((await support.delete(`${path}/${data.at(1)?.id}`)).status).toBe(204);
    expect([await isIn(one), await isIn(two)]).toEqual([false, true]);
    expect((await owner.delete(path)).status).toBe(204);
    expect(await isIn(two)).toBe(false);
    expect((await owner.delete(`/v1/contacts/${uuid()}/sessions`)).status).toBe(404);
  });
});
