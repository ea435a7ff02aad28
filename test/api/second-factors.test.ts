import { beforeEach, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { hashPassword } from '../../api/auth/passwords.ts';
import { codeAt } from '../../api/auth/totp.ts';
import { Email } from '../../db/entities/email.ts';
import { HalfLogin } from '../../db/entities/half-login.ts';
import { TotpSecret } from '../../db/entities/totp-secret.ts';
import { resealTotps } from '../../db/people/second-factors.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { resetLostFactor } from '../../worker/reset-second-factor.ts';
import { anAdmin } from '../builders/rows.ts';
import { anApp, STEP_MS } from '../builders/second-factors.ts';
import { SECRET_KEY } from './an-api.ts';
import { api, guest, owner, world, useApi } from './use-api.ts';

useApi();
beforeEach(async () => {
  await api.orm.em.fork().execute('delete from rate_limits');
  await api.orm.em.fork().execute('delete from login_tries');
});

const PASSWORD = 'correct horse battery';

async function aMember(role: 'support' | 'administrator' | 'operator' = 'support') {
  const email = `lin-${uuid().slice(-12)}@example.com`;
  const accountId = role === 'operator' ? null : world.accountId;
  const id = await anAdmin(api.orm.em.fork(), { accountId, role, email, passwordHash: await hashPassword(PASSWORD) });
  const logIn = async () => (await guest.post('/v1/sessions', { email, password: PASSWORD })) as Login;
  return { id, email, logIn };
}

type Login = Awaited<ReturnType<typeof guest.post>> & { body: { secondFactor: { token: string } } };
type Member = Awaited<ReturnType<typeof aMember>>;

const giveCode = (token: string, code: string) => guest.post('/v1/sessions/second-factor', { token, code });
const withApp = (member: Member) => anApp(api.orm.em.fork(), member.id, SECRET_KEY);
const half = async (member: Member) => (await member.logIn()).body.secondFactor.token;
const mails = async ({ id: recipientId }: Member) =>
  (await api.orm.em.fork().find(Email, { kind: 'admin-security-changed', recipientId }, { orderBy: { id: 'asc' } }))
    .map(({ data }) => data.change)
    .toSorted();

describe('an app as second factor', () => {
  test('is set up with the password and a code, ends other sessions, and gives ten recovery codes once', async () => {
    const lin = await aMember();
    const [session, other] = [api.client((await lin.logIn()).body.token), api.client((await lin.logIn()).body.token)];
    expect(await session.post('/v1/own-sign-in/app', { password: 'no' })).toMatchObject({
      status: 422,
      body: { code: 'wrong_credentials', field: 'password' },
    });

    const begun = (await session.post('/v1/own-sign-in/app', { password: PASSWORD })).body as unknown as Secret;
    expect((await lin.logIn()).status).toBe(200);
    expect((await session.post('/v1/own-sign-in/app/confirm', { code: '000000' })).status).toBe(422);
    const code = codeAt(begun.secret, Date.now());
    const confirmed = await session.post('/v1/own-sign-in/app/confirm', { code });

    const { recoveryCodes } = confirmed.body as unknown as { recoveryCodes: string[] };
    expect(recoveryCodes).toHaveLength(10);
    expect((await other.get('/v1/account')).status).toBe(401);
    expect((await session.get('/v1/own-sign-in')).body).toMatchObject({ recoveryCodesLeft: 10, sessions: [{}] });
    expect((await session.post('/v1/own-sign-in/app/confirm', { code })).body.code).toBe('wrong_state');
    expect((await session.post('/v1/own-sign-in/app', { password: PASSWORD })).body.code).toBe('wrong_state');
    expect((await giveCode(await half(lin), code)).status).toBe(401);
    expect((await giveCode(await half(lin), codeAt(begun.secret, Date.now() + STEP_MS))).status).toBe(200);
    expect(await mails(lin)).toEqual(['app_added']);
  });

  test('takes codes as apps show them, and goes with whoever is removed', async () => {
    const lin = await aMember();
    const { codeNow } = await withApp(lin);
    const shown = codeNow().replace(/^(...)/, '$1 ');
    expect((await giveCode(await half(lin), shown)).status).toBe(200);

    await half(lin);
    expect((await owner.delete(`/v1/admins/${lin.id}`)).status).toBeLessThan(300);

    const em = api.orm.em.fork();
    const left = await em.execute(
      `select 'app' from totp_secrets where admin_id = ?
       union all select 'code' from recovery_codes where admin_id = ? union all select 'half' from half_logins where admin_id = ?`,
      [lin.id, lin.id, lin.id],
    );
    expect(left).toEqual([]);
  });

  test('is kept sealed, and sealed anew with another key', async () => {
    const lin = await aMember();
    const { secret } = await withApp(lin);
    const em = api.orm.em.fork();
    const [row] = await em.find(TotpSecret, { adminId: lin.id });
    expect(JSON.stringify(row)).not.toContain(secret);

    const newKey = 'another-secret-key-of-32-characters-at-least';
    expect(await resealTotps(em, [newKey, ...SECRET_KEY])).toBeGreaterThan(0);
    expect(await resealTotps(em, [newKey, ...SECRET_KEY])).toBe(0);
    await resealTotps(em, [...SECRET_KEY, newKey]);
  });

  test('is switched off with the password and a code, and recovery codes go with it', async () => {
    const lin = await aMember();
    const { codeNow } = await withApp(lin);
    const session = api.client((await giveCode(await half(lin), codeNow())).body.token);
    const off = (code: string) => session.post('/v1/own-sign-in/app/switch-off', { password: PASSWORD, code });

    expect([(await off('000000')).status, (await off(codeNow(1))).status]).toEqual([422, 204]);

    expect((await lin.logIn()).status).toBe(200);
    expect((await session.get('/v1/own-sign-in')).body).toMatchObject({ app: null, recoveryCodesLeft: 0 });
    expect((await off(codeNow(1))).body.code).toBe('wrong_state');
    expect(await mails(lin)).toEqual(['app_removed']);
  });
});

type Secret = { secret: string; uri: string };

describe('a login in two steps', () => {
  test('begins no session at the first one, and the token of that is none', async () => {
    const lin = await aMember();
    const { codeNow } = await withApp(lin);

    const first = await lin.logIn();

    expect([first.status, Object.keys(first.body)]).toEqual([202, ['secondFactor']]);
    expect((await api.client(first.body.secondFactor.token).get('/v1/account')).status).toBe(401);
    const second = await giveCode(first.body.secondFactor.token, codeNow());
    expect((await api.client(second.body.token).get('/v1/account')).status).toBe(200);
    expect((await giveCode(first.body.secondFactor.token, codeNow(1))).body.code).toBe('token_invalid');
  });

  test('is over after ten minutes', async () => {
    const lin = await aMember();
    const { codeNow } = await withApp(lin);
    const token = await half(lin);

    await api.orm.em.fork().nativeUpdate(HalfLogin, { adminId: lin.id }, { expiresAt: fromMs(Date.now()) });

    expect((await giveCode(token, codeNow())).body.code).toBe('token_invalid');
  });

  test('ends where the account was suspended, or the admin removed, in between', async () => {
    const [lin, kim, operator] = [await aMember(), await aMember(), await aMember('operator')];
    const [codes, others] = [await withApp(lin), await withApp(kim)];
    const [tokenOfLin, tokenOfKim] = [await half(lin), await half(kim)];

    await owner.delete(`/v1/admins/${kim.id}`);
    expect((await giveCode(tokenOfKim, others.codeNow())).status).toBe(422);
    const session = api.client((await operator.logIn()).body.token);
    await session.post(`/v1/operator/accounts/${world.accountId}/suspend`, { reason: 'Unpaid' });

    expect((await giveCode(tokenOfLin, codes.codeNow())).body.code).toBe('account_suspended');
  });

  test('takes a code once: not again, nor one of an earlier step', async () => {
    const lin = await aMember();
    const { codeNow } = await withApp(lin);
    const [before, now] = [codeNow(-1), codeNow()];

    expect((await giveCode(await half(lin), now)).status).toBe(200);

    expect((await giveCode(await half(lin), now)).status).toBe(401);
    expect((await giveCode(await half(lin), before)).status).toBe(401);
  });

  test('of two with one code at the same instant, one is let in', async () => {
    const lin = await aMember();
    const { codeNow, recoveryCode } = await withApp(lin);
    const [code, tokens] = [codeNow(), [await half(lin), await half(lin), await half(lin), await half(lin)]];

    const byApp = await Promise.all(tokens.slice(0, 2).map((token) => giveCode(token, code)));
    const byRecovery = await Promise.all(tokens.slice(2).map((token) => giveCode(token, recoveryCode)));

    expect(byApp.map(({ status }) => status).toSorted()).toEqual([200, 401]);
    expect(byRecovery.map(({ status }) => status).toSorted()).toEqual([200, 401]);
  });

  test('of two with one token and two codes, one is let in', async () => {
    const lin = await aMember();
    const { codeNow, recoveryCode } = await withApp(lin);
    const token = await half(lin);

    const answers = await Promise.all([codeNow(), recoveryCode].map((code) => giveCode(token, code)));

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('makes one wait after five wrong codes in a row, right ones too, and forgets them after a right one', async () => {
    const lin = await aMember();
    const { codeNow } = await withApp(lin);
    const statuses: number[] = [];
    const give = async (code: string) => statuses.push((await giveCode(await half(lin), code)).status);

    for (const code of ['000000', 'no-such-code', codeNow(), '000000', '000000', '000000', '000000', '000000'])
      await give(code);
    await give(codeNow(1));

    expect(statuses).toEqual([401, 401, 200, 401, 401, 401, 401, 401, 429]);
  });

  test('takes a recovery code once, says so by mail, and takes others once they are made anew', async () => {
    const lin = await aMember();
    const { recoveryCode, codeNow } = await withApp(lin);

    const entered = await giveCode(await half(lin), recoveryCode.toUpperCase());
    expect([entered.status, (await giveCode(await half(lin), recoveryCode)).status]).toEqual([200, 401]);
    const session = api.client(entered.body.token);
    const made = await session.post('/v1/own-sign-in/recovery-codes', { password: PASSWORD, code: codeNow() });

    const [fresh = ''] = (made.body as unknown as { recoveryCodes: string[] }).recoveryCodes;
    expect((await giveCode(await half(lin), fresh)).status).toBe(200);
    expect(await mails(lin)).toEqual(['recovery_code_used', 'recovery_code_used', 'recovery_codes_made']);
  });
});

describe('who has lost the second factor', () => {
  const reset = (id: string, by = owner) => by.post(`/v1/admins/${id}/reset-second-factor`, { reason: 'Lost' });

  test('is helped by the owner, alone; it is recorded, mailed, and signs them out', async () => {
    const [lin, kim] = [await aMember(), await aMember('administrator')];
    const { codeNow } = await withApp(lin);
    const session = api.client((await giveCode(await half(lin), codeNow())).body.token);
    const byKim = api.client((await kim.logIn()).body.token);
    expect((await reset(lin.id, byKim)).status).toBe(403);

    expect(await reset(lin.id)).toMatchObject({ status: 200, body: { hasSecondFactor: false } });

    expect((await session.get('/v1/account')).status).toBe(401);
    const again = api.client((await lin.logIn()).body.token);
    expect((await again.get('/v1/own-sign-in')).body).toMatchObject({
      changes: [{ kind: 'second_factor_reset', byMyself: false, reason: 'Lost' }],
    });
    expect(await mails(lin)).toEqual(['second_factor_reset']);
    expect((await reset(lin.id)).body.code).toBe('wrong_state');
  });

  test('and is the owner, by operators alone; and who is nobody’s, by hand', async () => {
    const { data } = (await owner.get('/v1/admins')).body;
    const [{ id: ownerId = '' } = {}] = data;
    await anApp(api.orm.em.fork(), ownerId, SECRET_KEY);
    const operator = api.client(world.keys.operator, { 'perennial-account': world.accountId });
    expect([(await reset(ownerId)).status, (await reset(ownerId, operator)).status]).toEqual([409, 200]);

    const last = await aMember('operator');
    await withApp(last);
    const wakes = { startMail: async () => undefined } as never;
    const lost = () => resetLostFactor({ orm: api.orm, wakes }, ` ${last.email.toUpperCase()}`);
    expect([await lost(), await lost()]).toEqual([{ reset: 1 }, { reset: 0 }]);
    expect((await last.logIn()).status).toBe(200);
  });
});
