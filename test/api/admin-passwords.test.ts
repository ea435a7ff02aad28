import { beforeEach, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { hashPassword } from '../../api/auth/passwords.ts';
import type { Admin } from '../../db/entities/admin.ts';
import { Email } from '../../db/entities/email.ts';
import { createLoginToken } from '../../db/people/login-tokens.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { anAdmin } from '../builders/rows.ts';
import { eventually } from '../ground/eventually.ts';
import { api, guest, owner, world, useApi } from './use-api.ts';

useApi();
beforeEach(async () => {
  await api.orm.em.fork().execute('delete from rate_limits');
  await api.orm.em.fork().execute('delete from login_tries');
});

const [OLD, NEW] = ['correct horse battery', 'another one, and longer'];
const HOURS = 3_600_000;

async function aMember(change: Partial<Admin> = {}) {
  const email = `lin-${uuid().slice(-12)}@example.com`;
  const passwordHash = await hashPassword(OLD);
  const given = { accountId: world.accountId, role: 'support', email, passwordHash, ...change } as const;
  const id = await anAdmin(api.orm.em.fork(), given);
  const logIn = (password: string) => guest.post('/v1/sessions', { email, password });
  return { id, email, logIn };
}

async function aLink(adminId: string, agoMs = 0): Promise<string> {
  const of = { accountId: world.accountId, adminId, kind: 'reset_admin', now: fromMs(Date.now() - agoMs) } as const;
  return (await createLoginToken(api.orm.em.fork(), of)).token;
}

const reset = (token: string) => guest.post('/v1/sessions/reset-password', { token, password: NEW });
const mailsTo = (recipientId: string) => api.orm.em.fork().count(Email, { kind: 'admin-password-reset', recipientId });

describe('another password of an admin [R15.2]', () => {
  test('is chosen once by the link, which ends every session and every other link, and is waited for no more', async () => {
    const { id, logIn } = await aMember();
    const session = api.client((await logIn(OLD)).body.token);
    for (const wrong of ['no', 'no', 'no', 'no', 'no']) await logIn(wrong);
    expect((await logIn(OLD)).status).toBe(429);
    const [link, besides] = [await aLink(id), await aLink(id)];

    expect((await reset(link)).status).toBe(204);

    expect((await session.get('/v1/account')).status).toBe(401);
    expect([(await logIn(OLD)).status, (await logIn(NEW)).status]).toEqual([401, 200]);
    expect([(await reset(link)).body.code, (await reset(besides)).body.code]).toEqual(Array(2).fill('token_invalid'));
  });

  test('is chosen within six hours', async () => {
    const { id } = await aMember();
    const [over, almost] = [await aLink(id, 6 * HOURS), await aLink(id, 6 * HOURS - 60_000)];

    expect([(await reset(over)).status, (await reset(almost)).status]).toEqual([422, 204]);
  });

  test('is offered by mail to who is an admin, and the answer is the same for everybody', async () => {
    const known = await aMember();
    const gone = await aMember({ removedAt: fromMs(Date.now()) });
    const invited = await aMember({ confirmedAt: null, passwordHash: null });
    const ask = (email: string) => guest.post('/v1/sessions/reset-link', { email });

    const answers = [];
    for (const email of ['nobody@example.com', gone.email, invited.email, known.email]) answers.push(await ask(email));

    expect(answers.map(({ status, body }) => [status, body])).toEqual(Array(4).fill([202, {}]));
    await eventually(async () => (await mailsTo(known.id)) === 1);
    expect([await mailsTo(gone.id), await mailsTo(invited.id)]).toEqual([0, 0]);
  });

  test('is nobody’s who was removed meanwhile', async () => {
    const { id } = await aMember();
    const link = await aLink(id);
    await owner.delete(`/v1/admins/${id}`);

    expect((await reset(link)).status).toBe(422);
  });
});

test('who has not confirmed the address is told so, with every password, and waits as everybody does', async () => {
  const { logIn } = await aMember({ confirmedAt: null, passwordHash: null });

  const answers = [];
  for (const password of ['no', 'no', 'no', 'no', 'no', OLD]) answers.push(await logIn(password));

  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 429]);
  expect(answers[0]?.body.code).toBe('address_not_confirmed');
});
