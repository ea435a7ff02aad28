import { beforeEach, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { hashPassword } from '../../api/auth/passwords.ts';
import { Activity } from '../../db/entities/activity.ts';
import { Contact } from '../../db/entities/contact.ts';
import { eraseContact } from '../../db/people/erase-contact.ts';
import { createLoginToken } from '../../db/people/login-tokens.ts';
import { beginSession } from '../../db/people/sessions.ts';
import { anAuthenticator } from '../builders/authenticator.ts';
import { aContact, anAdmin } from '../builders/rows.ts';
import { PUBLIC_URL } from './an-api.ts';
import type { Client } from './a-client.ts';
import { aWorld, T0 } from './a-world.ts';
import { challengeOf, passkeyDoor } from './passkey-answers.ts';
import { api, guest, owner, world, useApi } from './use-api.ts';

useApi();
beforeEach(() => api.orm.em.fork().execute('delete from rate_limits'));

const PASSWORD = 'quartz lantern';
const PASSKEYS = '/v1/me/passkeys';

const { toLogIn, logIn } = passkeyDoor('/v1/customer-sessions');
const toAdd = (session: Client) => challengeOf(session.post(`${PASSKEYS}/options`));
const read = async (session: Client, path: string) => (await session.get(path)).body as unknown;

/** A customer with a password; `byLink` proves the address, in the browser of `within`. */
async function aCustomer(given: Partial<Contact> = {}) {
  const email = `ada-${uuid().slice(-12)}@example.com`;
  const { accountId } = world;
  const row = { email, passwordHash: await hashPassword(PASSWORD), customerSince: T0, ...given };
  const contactId = await aContact(api.orm.em.fork(), accountId, row);
  const byLink = async (within = guest) => {
    const of = { accountId, contactId, kind: 'login', now: T0 } as const;
    const { token } = await createLoginToken(api.orm.em.fork(), of);
    return api.client((await within.post('/v1/login-links/exchange', { token })).body.token);
  };
  const byPassword = async () =>
    api.client((await guest.post('/v1/customer-sessions', { email, password: PASSWORD, accountId })).body.token);
  return { contactId, email, byLink, byPassword, change: (to: Partial<Contact>) => change(contactId, to) };
}

const change = (id: string, to: Partial<Contact>) => api.orm.em.fork().nativeUpdate(Contact, { id }, to);

async function aPasskey(session: Client, key = anAuthenticator(PUBLIC_URL)) {
  const answer = await session.post(PASSKEYS, { name: 'Phone', credential: key.make(await toAdd(session)) });
  const enter = async (at = {}) => logIn(key.sign(await toLogIn()), at);
  return { key, answer, id: answer.body.id, enter };
}

describe('a passkey of a customer [R14.1]', () => {
  test('is added once a mailed link was opened, and logs in by itself', async () => {
    const ada = await aCustomer();
    const early = await ada.byPassword();
    expect(await read(early, PASSKEYS)).toEqual({ data: [], canAdd: false });
    expect((await early.post(`${PASSKEYS}/options`)).body.code).toBe('address_unproven');
    const credential = anAuthenticator(PUBLIC_URL).make(await toLogIn());
    expect((await early.post(PASSKEYS, { name: 'Phone', credential })).body.code).toBe('address_unproven');

    const { answer, enter } = await aPasskey(await ada.byLink(early));

    expect(answer).toMatchObject({ status: 201, body: { name: 'Phone', lastUsedAt: null } });
    const entered = await enter();
    expect(entered).toMatchObject({ status: 200, body: { contactId: ada.contactId, accountId: world.accountId } });
    const me = api.client(entered.body.token);
    expect((await read(me, '/v1/me/sessions')) as object).toMatchObject({
      data: [{ begunBy: 'passkey', isCurrent: true }, { begunBy: 'link' }, { begunBy: 'password' }],
    });
    expect(await read(me, PASSKEYS)).toMatchObject({ data: [{ lastUsedAt: expect.any(String) }], canAdd: true });
    const done = await api.orm.em.fork().find(Activity, { contactId: ada.contactId, kind: 'login' });
    expect(done).toHaveLength(3);
  });

  test('lets its owner in at their own site alone, and no admin; nor does that of an admin let in here', async () => {
    const ada = await aCustomer();
    const { key, enter } = await aPasskey(await ada.byLink());
    const elsewhere = await aWorld(api.orm);
    const admins = passkeyDoor('/v1/sessions');

    expect(await enter({ accountId: elsewhere.accountId })).toMatchObject({
      status: 401,
      body: { code: 'wrong_credentials' },
    });
    expect((await enter({ accountId: world.accountId })).status).toBe(200);
    expect((await admins.logIn(key.sign(await admins.toLogIn()))).status).toBe(401);

    const lin = { accountId: world.accountId, role: 'support', email: `lin-${uuid()}@example.com` } as const;
    const adminId = await anAdmin(api.orm.em.fork(), { ...lin, passwordHash: await hashPassword(PASSWORD) });
    const session = api.client((await beginSession(api.orm.em.fork(), { adminId })).token);
    const own = '/v1/own-sign-in/passkeys';
    const ofLin = anAuthenticator(PUBLIC_URL);
    const challenge = await challengeOf(session.post(`${own}/options`, { password: PASSWORD }));
    expect((await session.post(own, { name: 'Phone', credential: ofLin.make(challenge) })).status).toBe(201);
    expect((await logIn(ofLin.sign(await toLogIn()))).status).toBe(401);
    expect((await admins.logIn(ofLin.sign(await admins.toLogIn()))).status).toBe(200);
  });

  test('outlasts the password, and so does the session that it began', async () => {
    const ada = await aCustomer();
    const { enter } = await aPasskey(await ada.byLink());
    await ada.change({ passwordHash: await hashPassword(PASSWORD) });
    const withPassword = await ada.byPassword();
    const me = api.client((await enter()).body.token);

    await ada.change({ passwordHash: null });

    expect([(await me.get('/v1/me')).status, (await withPassword.get('/v1/me')).status]).toEqual([200, 401]);
    expect((await read(me, '/v1/me/sessions')) as object).toMatchObject({
      data: [{ begunBy: 'passkey' }, { begunBy: 'link' }],
    });
    expect((await (await ada.byLink()).post('/v1/me/password', { password: PASSWORD })).status).toBe(200);
    expect((await me.get('/v1/me')).status).toBe(401);
    expect((await enter()).status).toBe(200);
  });

  test('is added by nobody who had a password before the address was proven, nor lets them in', async () => {
    const ada = await aCustomer();
    const stranger = await ada.byPassword();

    await aPasskey(await ada.byLink());

    expect((await stranger.post(`${PASSKEYS}/options`)).status).toBe(401);
    expect((await ada.byPassword().then((session) => session.get('/v1/me'))).status).toBe(401);
  });

  test('is renamed and removed by whose it is; then it lets nobody in', async () => {
    const ada = await aCustomer();
    const me = await ada.byLink();
    const { id, enter } = await aPasskey(me);
    const stranger = await (await aCustomer()).byLink();
    expect((await stranger.patch(`${PASSKEYS}/${id}`, { name: 'Mine' })).status).toBe(404);
    expect((await stranger.delete(`${PASSKEYS}/${id}`)).status).toBe(404);

    expect((await me.patch(`${PASSKEYS}/${id}`, { name: 'Old phone' })).status).toBe(204);
    expect(await read(me, PASSKEYS)).toMatchObject({ data: [{ id, name: 'Old phone' }] });
    expect((await me.delete(`${PASSKEYS}/${id}`)).status).toBe(204);

    expect((await enter()).status).toBe(401);
    expect((await me.delete(`${PASSKEYS}/${id}`)).status).toBe(404);
  });

  test('is added to nobody else, nor with a login’s challenge, nor twice', async () => {
    const [ada, kim] = [await (await aCustomer()).byLink(), await (await aCustomer()).byLink()];
    const key = anAuthenticator(PUBLIC_URL);
    const add = (session: Client, credential: object) => session.post(PASSKEYS, { name: 'Phone', credential });

    expect((await add(kim, key.make(await toAdd(ada)))).status).toBe(422);
    expect((await add(ada, key.make(await toLogIn()))).status).toBe(422);
    expect((await add(ada, key.make(await toAdd(ada)))).status).toBe(201);
    expect((await add(kim, key.make(await toAdd(kim)))).body.code).toBe('wrong_state');
  });

  test('is added by nobody who looks at the pages of a test customer', async () => {
    const contactId = await aContact(api.orm.em.fork(), world.accountId, { isTest: true, addressProvenAt: T0 });
    const looking = api.client((await owner.post(`/v1/contacts/${contactId}/preview-session`)).body.token);

    expect(await read(looking, PASSKEYS)).toEqual({ data: [], canAdd: false });
    expect((await looking.post(`${PASSKEYS}/options`)).body.code).toBe('wrong_state');
  });
});

describe('no passkey is left', () => {
  test('where the address has changed, to which it had been proven', async () => {
    const ada = await aCustomer();
    const withPassword = await ada.byPassword();
    const me = await ada.byLink(withPassword);
    const { enter } = await aPasskey(me);
    const begun = anAuthenticator(PUBLIC_URL).make(await toAdd(me));

    const moved = await owner.patch(`/v1/contacts/${ada.contactId}`, { email: `new-${ada.email}` });

    expect([moved.status, (await enter()).status]).toEqual([200, 401]);
    // Nor does what began by it go on: another person may prove the new address.
    expect((await me.post(PASSKEYS, { name: 'Phone', credential: begun })).status).toBe(401);
    expect(await read(withPassword, PASSKEYS)).toEqual({ data: [], canAdd: false });
  });

  test('of who was erased; who is being merged into another gets in by none', async () => {
    const [ada, kim] = [await aCustomer(), await aCustomer()];
    const [ofAda, ofKim] = [await aPasskey(await ada.byLink()), await aPasskey(await kim.byLink())];

    await eraseContact(api.orm.em.fork(), { contactId: ada.contactId, accountId: world.accountId });
    await kim.change({ mergedInto: world.contactId });

    expect([(await ofAda.enter()).status, (await ofKim.enter()).status]).toEqual([401, 401]);
    await kim.change({ mergedInto: null });
    expect((await ofKim.enter()).status).toBe(200);
  });
});
