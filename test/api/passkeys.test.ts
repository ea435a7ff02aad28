import { beforeEach, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { hashPassword } from '../../api/auth/passwords.ts';
import { partyOf } from '../../api/auth/passkeys.ts';
import { PasskeyChallenge } from '../../db/entities/passkey-challenge.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { anAuthenticator } from '../builders/authenticator.ts';
import { anAdmin } from '../builders/rows.ts';
import { PUBLIC_URL } from './an-api.ts';
import type { Client } from './a-client.ts';
import { challengeOf, passkeyDoor } from './passkey-answers.ts';
import { api, guest, owner, world, useApi } from './use-api.ts';

useApi();
beforeEach(async () => {
  await api.orm.em.fork().execute('delete from rate_limits');
  await api.orm.em.fork().execute('delete from login_tries');
});

const PASSWORD = 'correct horse battery';
const PASSKEYS = '/v1/own-sign-in/passkeys';

async function aMember() {
  const email = `lin-${uuid().slice(-12)}@example.com`;
  const given = { accountId: world.accountId, role: 'support', email } as const;
  const id = await anAdmin(api.orm.em.fork(), { ...given, passwordHash: await hashPassword(PASSWORD) });
  const logIn = () => guest.post('/v1/sessions', { email, password: PASSWORD });
  return { id, email, logIn, session: api.client((await logIn()).body.token) };
}

type Added = { passkey: { id: string }; recoveryCodes: string[] | null };

const toAdd = (session: Client) => challengeOf(session.post(`${PASSKEYS}/options`, { password: PASSWORD }));
const { toLogIn, logIn } = passkeyDoor('/v1/sessions');

async function aPasskey({ session }: { session: Client }, key = anAuthenticator(PUBLIC_URL)) {
  const answer = await session.post(PASSKEYS, { name: 'Phone', credential: key.make(await toAdd(session)) });
  return { key, answer, added: answer.body as unknown as Added };
}

describe('a passkey', () => {
  test('is added with the password, ends other sessions, gives recovery codes, and logs in by itself', async () => {
    const lin = await aMember();
    const other = api.client((await lin.logIn()).body.token);
    expect((await lin.session.post(`${PASSKEYS}/options`, { password: 'no' })).status).toBe(422);

    const { key, answer, added } = await aPasskey(lin);

    expect([answer.status, added.recoveryCodes?.length]).toEqual([201, 10]);
    expect((await other.get('/v1/account')).status).toBe(401);
    expect((await lin.logIn()).status).toBe(202);
    const entered = await logIn(key.sign(await toLogIn()));
    expect(entered).toMatchObject({ status: 200, body: { admin: { id: lin.id } } });
    const session = api.client(entered.body.token);
    expect((await session.get('/v1/own-sign-in')).body).toMatchObject({
      passkeys: [{ name: 'Phone', lastUsedAt: expect.any(String) }],
      changes: [{ kind: 'passkey_added', passkeyName: 'Phone' }],
    });
  });

  test('is renamed and, with the password, removed: it works no more, and neither do recovery codes', async () => {
    const lin = await aMember();
    const { key, added } = await aPasskey(lin);
    const path = `${PASSKEYS}/${added.passkey.id}`;
    const stranger = await aMember();
    expect((await stranger.session.patch(path, { name: 'Mine' })).status).toBe(404);
    expect((await stranger.session.post(`${path}/remove`, { password: PASSWORD })).status).toBe(404);

    expect((await lin.session.patch(path, { name: 'Old phone' })).status).toBe(204);
    expect((await lin.session.post(`${path}/remove`, { password: 'no' })).status).toBe(422);
    expect((await lin.session.post(`${path}/remove`, { password: PASSWORD })).status).toBe(204);

    expect((await logIn(key.sign(await toLogIn()))).status).toBe(401);
    expect((await lin.session.get('/v1/own-sign-in')).body).toMatchObject({ passkeys: [], recoveryCodesLeft: 0 });
    expect((await lin.logIn()).status).toBe(200);
  });

  test('of who was removed, or whose account is suspended, lets nobody in; a reset takes it away', async () => {
    const [lin, kim] = [await aMember(), await aMember()];
    const [ofLin, ofKim] = [await aPasskey(lin), await aPasskey(kim)];

    await owner.delete(`/v1/admins/${lin.id}`);
    expect((await owner.post(`/v1/admins/${kim.id}/reset-second-factor`, {})).status).toBe(200);

    expect((await logIn(ofLin.key.sign(await toLogIn()))).status).toBe(401);
    expect((await logIn(ofKim.key.sign(await toLogIn()))).status).toBe(401);
    const sam = await aMember();
    const { key } = await aPasskey(sam);
    await api.orm.em.fork().execute('update accounts set suspended_at = now() where id = ?', [world.accountId]);
    expect((await logIn(key.sign(await toLogIn()))).body.code).toBe('account_suspended');
  });
});

describe('an answer of a passkey', () => {
  test('counts once, of two at the same instant once, and within five minutes', async () => {
    const lin = await aMember();
    const { key } = await aPasskey(lin);
    const signed = key.sign(await toLogIn());
    const twice = await Promise.all([logIn(signed), logIn(signed)]);
    expect(twice.map(({ status }) => status).toSorted()).toEqual([200, 401]);
    expect((await logIn(signed)).status).toBe(401);

    const late = key.sign(await toLogIn());
    await api.orm.em.fork().nativeUpdate(PasskeyChallenge, {}, { expiresAt: fromMs(Date.now()) });
    expect((await logIn(late)).status).toBe(401);
  });

  test('is refused to another challenge, from another site, unverified, or by a copy that lags behind', async () => {
    const lin = await aMember();
    const { key } = await aPasskey(lin);
    expect((await logIn(key.sign(await toLogIn()))).status).toBe(200);

    const wrong = [
      key.sign('AAAA'),
      key.sign(await toAdd(lin.session)),
      key.sign(await toLogIn(), 'https://evil.example'),
      anAuthenticator(PUBLIC_URL).sign(await toLogIn()),
      { ...key.sign(await toLogIn()), response: { clientDataJSON: 'x', authenticatorData: 'x', signature: 'x' } },
    ];
    for (const credential of wrong) expect((await logIn(credential)).status).toBe(401);
    key.turnBack();
    expect((await logIn(key.sign(await toLogIn()))).status).toBe(401);
  });

  test('adds nothing with another’s challenge, from another site, unverified, or twice', async () => {
    const [lin, kim] = [await aMember(), await aMember()];
    const add = (credential: object) => lin.session.post(PASSKEYS, { name: 'Phone', credential });
    const key = anAuthenticator(PUBLIC_URL);

    expect((await add(key.make(await toAdd(kim.session)))).status).toBe(422);
    expect((await add(key.make(await toLogIn()))).status).toBe(422);
    expect((await add(key.make(await toAdd(lin.session), 'https://evil.example'))).status).toBe(422);
    const unverified = anAuthenticator(PUBLIC_URL, { isVerified: false });
    expect((await add(unverified.make(await toAdd(lin.session)))).status).toBe(422);
    expect((await add(key.make(await toAdd(lin.session)))).status).toBe(201);
    expect((await add(key.make(await toAdd(lin.session)))).body.code).toBe('wrong_state');
  });
});

test('passkeys belong to a name, and there are none at a bare IP address', () => {
  expect(partyOf('https://my.example.com/app/')).toEqual({ id: 'my.example.com', origin: 'https://my.example.com' });
  expect([partyOf('http://127.0.0.1:4400'), partyOf('http://[::1]:4400')]).toEqual([null, null]);
});
