import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { networkOf } from '../../api/auth/network-of.ts';
import { hashPassword } from '../../api/auth/passwords.ts';
import { Admin } from '../../db/entities/admin.ts';
import { Contact } from '../../db/entities/contact.ts';
import { Email } from '../../db/entities/email.ts';
import { RateLimit } from '../../db/entities/rate-limit.ts';
import { Session } from '../../db/entities/session.ts';
import { createLoginToken } from '../../db/people/login-tokens.ts';
import { aContact, anAdmin } from '../builders/rows.ts';
import { eventually } from '../ground/eventually.ts';
import { aPurchase, aWorld, T0 } from './a-world.ts';
import { api, guest, owner, world, useApi } from './use-api.ts';

const RIGHT = 'correct horse';

let rightHash: string;

useApi();
beforeAll(async () => {
  rightHash = await hashPassword(RIGHT);
});
beforeEach(async () => {
  // What is counted for a minute and for everybody is looked at in tests of its own.
  await api.orm.em.fork().execute('delete from rate_limits');
  await api.orm.em.fork().execute('delete from login_tries');
});

const newEmail = () => `ada-${uuid().slice(-12)}@example.com`;

async function aCustomer(email = newEmail(), of = world): Promise<string> {
  const change = { email, passwordHash: rightHash, customerSince: T0 };
  await api.orm.em.fork().nativeUpdate(Contact, { id: of.contactId }, change);
  return email;
}

async function whoManages(accountId: string | null = world.accountId, email = newEmail()): Promise<string> {
  const role = accountId === null ? ('operator' as const) : ('support' as const);
  await anAdmin(api.orm.em.fork(), { accountId, email, role, passwordHash: rightHash });
  return email;
}

const CUSTOMERS = '/v1/customer-sessions';
const ADMINS = '/v1/sessions';
const logIn = (path: string, email: string, password = RIGHT) => guest.post(path, { email, password });

async function statusesOf(path: string, email: string, passwords: string[]): Promise<number[]> {
  const statuses: number[] = [];
  for (const password of passwords) statuses.push((await logIn(path, email, password)).status);
  return statuses;
}

const aToken = async (kind: 'login' | 'set_password'): Promise<string> => {
  const of = { accountId: world.accountId, contactId: world.contactId, now: T0 };
  return (await createLoginToken(api.orm.em.fork(), { ...of, kind })).token;
};

test('who is known at many sites logs in at the one where they have a password', async () => {
  const email = await aCustomer();
  for (let n = 0; n < 25; n += 1) await aContact(api.orm.em.fork(), (await aWorld(api.orm)).accountId, { email });

  expect((await logIn(CUSTOMERS, email)).status).toBe(200);
});

describe('a session is a row [R14.1]', () => {
  const isIn = async (token: string): Promise<boolean> => (await api.client(token).get('/v1/me')).status === 200;

  test('and ends at sign-out, for customers and admins, wherever else its token is', async () => {
    const customer = (await logIn(CUSTOMERS, await aCustomer())).body.token;
    const admin = (await logIn(ADMINS, await whoManages())).body.token;

    const ended = await Promise.all([customer, admin].map((token) => api.client(token).delete('/v1/sessions/current')));
    const again = await api.client(admin).delete('/v1/sessions/current');

    expect([...ended, again].map(({ status }) => status)).toEqual([204, 204, 401]);
    expect(await isIn(customer)).toBe(false);
    expect((await api.client(admin).get('/v1/account')).status).toBe(401);
  });

  test('of which only the hash of the token is kept, and which ends by itself', async () => {
    const { token } = (await logIn(CUSTOMERS, await aCustomer())).body;
    const em = api.orm.em.fork();
    const [row] = await em.find(Session, { contactId: world.contactId });
    expect(JSON.stringify(row)).not.toContain(token.slice(4));
    expect(await isIn(token)).toBe(true);

    await em.nativeUpdate(Session, { contactId: world.contactId }, { expiresAt: T0.replace('2027', '2020') });

    expect(await isIn(token)).toBe(false);
  });

  test('and ends at a new password, but for the one in which it was set', async () => {
    const old = (await logIn(CUSTOMERS, await aCustomer())).body.token;
    const own = (await guest.post('/v1/login-links/exchange', { token: await aToken('login') })).body.token;
    await api.client(own).post('/v1/me/password', { password: 'another one' });
    expect([await isIn(old), await isIn(own)]).toEqual([false, true]);

    const last = await guest.post('/v1/set-password', { token: await aToken('set_password'), password: 'a third one' });

    expect([await isIn(own), await isIn(last.body.token)]).toEqual([false, true]);
  });

  test('and ends when the person is removed', async () => {
    const email = await whoManages();
    const admin = (await logIn(ADMINS, email)).body.token;
    const customer = (await logIn(CUSTOMERS, await aCustomer())).body.token;
    const em = api.orm.em.fork();

    await em.nativeDelete(Admin, { email });
    await em.nativeDelete(Contact, { id: world.contactId });

    expect((await api.client(admin).get('/v1/account')).status).toBe(401);
    expect(await isIn(customer)).toBe(false);
  });
});

describe('a one-time link', () => {
  test.each(['/v1/login-links/exchange', '/v1/set-password'])(
    'that is used stays used, with the same Idempotency-Key too: %s',
    async (path) => {
      const isLogin = path.endsWith('exchange');
      const token = await aToken(isLogin ? 'login' : 'set_password');
      const body = isLogin ? { token } : { token, password: 'another one' };
      const use = () => guest.post(path, body, { 'idempotency-key': `k-${token}` });

      expect([(await use()).status, (await use()).status]).toEqual([200, 422]);
    },
  );

  test('takes those that were sent besides with it, and is over once the address is another one', async () => {
    const [one, other] = [await aToken('login'), await aToken('login')];
    const exchange = (token: string) => guest.post('/v1/login-links/exchange', { token });
    expect([(await exchange(one)).status, (await exchange(other)).status]).toEqual([200, 422]);
    const sent = await aToken('login');

    await owner.patch(`/v1/contacts/${world.contactId}`, { email: newEmail() });

    expect((await exchange(sent)).status).toBe(422);
  });
});

describe('wrong passwords [R14.3]', () => {
  const FIVE = ['no', 'no', 'no', 'no', 'no'];

  test.each([
    ['a customer', CUSTOMERS, () => aCustomer()],
    ['an admin', ADMINS, () => whoManages()],
    ['an operator', ADMINS, () => whoManages(null)],
    ['an address that nobody has', CUSTOMERS, async () => newEmail()],
  ] as const)('make %s wait after five in a row, right ones too', async (_who, path, make) => {
    const email = await make();

    const statuses = await statusesOf(path, email, [...FIVE, RIGHT]);

    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });

  test('are forgotten after a right one', async () => {
    const email = await aCustomer();

    expect(await statusesOf(CUSTOMERS, email, ['no', 'no', RIGHT, 'no', 'no', RIGHT])).toEqual([
      401, 401, 200, 401, 401, 200,
    ]);
  });

  test('are counted for each account, and a login at another one forgets none of them', async () => {
    const email = await aCustomer();
    const other = await aWorld(api.orm);
    await aCustomer(email, other);
    const passwordHash = await hashPassword('of the other');
    await api.orm.em.fork().nativeUpdate(Contact, { id: other.contactId }, { passwordHash });

    const statuses = await statusesOf(CUSTOMERS, email, [
      'no',
      'no',
      'no',
      'of the other',
      'no',
      RIGHT,
      'of the other',
    ]);

    // The sixth is one too many for the first account alone.
    expect(statuses).toEqual([401, 401, 401, 200, 401, 401, 200]);
  });

  test('from one network make it wait, whomever they were for, and own logins forget none of them', async () => {
    const email = await aCustomer();
    await statusesOf(CUSTOMERS, newEmail(), ['no', 'no']);
    await logIn(CUSTOMERS, email);
    const [row] = await api.orm.em.fork().execute<{ tries: number }[]>('select max(tries) as tries from login_tries');
    expect(row?.tries).toBe(2);

    await api.orm.em.fork().execute('update login_tries set tries = 30, last_at = now()');

    const { status, headers } = await logIn(CUSTOMERS, email);
    expect([status, Number(headers.get('retry-after')) > 200]).toEqual([429, true]);
  });

  test('come from one network, whichever of its addresses they have', () => {
    const networks = ['203.0.113.7', '::ffff:203.0.113.7', '2001:db8:1:2::1', '2001:0DB8:1:2:aaaa::9', '::1'];

    expect(networks.map(networkOf)).toEqual([
      '203.0.113.7',
      '203.0.113.7',
      '2001:db8:1:2::/64',
      '2001:db8:1:2::/64',
      '0:0:0:0::/64',
    ]);
  });

  test('and all else that is asked too often, are counted over all processes', async () => {
    const ask = () => guest.post('/v1/login-links/exchange', { token: 'none' });
    expect((await ask()).status).toBe(422);
    await api.orm.em.fork().nativeUpdate(RateLimit, {}, { hits: 20 });

    expect((await ask()).status).toBe(429);
  });
});

describe('an address at several sites', () => {
  test('is logged in where the password fits, and asked which site where it fits twice', async () => {
    const email = await aCustomer();
    const other = await aWorld(api.orm);
    await aCustomer(email, other);

    const asked = await logIn(CUSTOMERS, email);
    const chosen = await guest.post(CUSTOMERS, { email, password: RIGHT, accountId: other.accountId });

    expect([asked.status, asked.body.code]).toEqual([409, 'site_required']);
    expect(asked.body).toMatchObject({
      sites: expect.arrayContaining([world, other].map(({ accountId }) => ({ accountId, name: 'Studio' }))),
    });
    expect(chosen.body.contactId).toBe(other.contactId);
  });

  test('is asked for as an admin too, also where one of them is the platform', async () => {
    const email = await whoManages();
    await whoManages(null, email);

    const asked = await logIn(ADMINS, email);
    const chosen = await guest.post(ADMINS, { email, password: RIGHT, accountId: 'platform' });

    expect(asked.body).toMatchObject({
      sites: [
        { accountId: world.accountId, name: 'Studio' },
        { accountId: 'platform', name: 'The platform' },
      ],
    });
    expect(chosen.body).toMatchObject({ admin: { accountId: null, role: 'operator' } });
  });
});

describe('a login link', () => {
  const linksOf = (accountId: string) => api.orm.em.fork().find(Email, { kind: 'login-link', accountId });

  test('goes to customers only, and the answer is the same for everybody', async () => {
    const [email, lead] = [await aCustomer(), newEmail()];
    await aPurchase(api.orm, world);
    await aContact(api.orm.em.fork(), world.accountId, { email: lead });

    const answers = [];
    for (const address of [lead, newEmail(), email])
      answers.push(await guest.post('/v1/login-links', { email: address }));

    expect(answers.map(({ status, body }) => [status, body])).toEqual(Array(3).fill([202, {}]));
    await eventually(() => api.woken.some(({ what }) => what === 'startMail'));
    expect(await linksOf(world.accountId)).toMatchObject([{ recipientId: world.contactId, state: 'queued' }]);
  });

  test('answers before anybody looks whose address it is: nothing of that can hold it up', async () => {
    const email = await aCustomer();
    await aPurchase(api.orm, world);
    const blocker = api.orm.em.fork();
    await blocker.begin();
    await blocker.execute('lock table emails in access exclusive mode');

    const { status } = await guest.post('/v1/login-links', { email });
    const before = api.woken.length;
    await blocker.rollback();

    expect(status).toBe(202);
    await eventually(() => api.woken.length > before);
  });

  test('is mailed three times an hour at most, asked for here or by wanting to buy what is there already', async () => {
    const email = await aCustomer();
    const purchaseId = await aPurchase(api.orm, world);
    const ask = () => guest.post('/v1/login-links', { email });
    const hits = async () => Math.max(...(await api.orm.em.fork().find(RateLimit, {})).map((row) => row.hits));
    for (const count of [1, 2]) {
      await ask();
      await eventually(async () => (await hits()) === count && (await api.orm.em.fork().count(RateLimit)) === 2);
    }
    await guest.post(`/v1/public/offers/${world.offerId}/checkout`, { email, name: null });
    await eventually(() => api.orm.em.fork().count(Email, { kind: 'already-live', purchaseId }));
    await api.orm.em.fork().nativeDelete(Email, { purchaseId });

    const { status } = await ask();

    expect(status).toBe(202);
    await eventually(async () => (await hits()) === 4);
    expect(await linksOf(world.accountId)).toEqual([]);
  });
});
