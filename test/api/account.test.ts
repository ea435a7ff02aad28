import { describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { hashPassword } from '../../api/auth/passwords.ts';
import { Account } from '../../db/entities/account.ts';
import { readEmail } from '../../db/mail/email-material.ts';
import { IdempotentRequest } from '../../db/entities/idempotent-request.ts';
import { createLoginToken } from '../../db/people/login-tokens.ts';
import { anAdmin, anEmail } from '../builders/rows.ts';
import { aPurchase, aWorld, T0 } from './a-world.ts';
import { api, guest, owner, world, useApi } from './use-api.ts';

useApi();

const setAccount = (change: Partial<Account>) =>
  api.orm.em.fork().nativeUpdate(Account, { id: world.accountId }, change);

describe('the test clock [R23.3]', () => {
  test('stands where the account was made, and is moved by a day, a month, or to an instant', async () => {
    const clock = await owner.get('/v1/test-clock');
    const moved = await owner.post('/v1/test-clock/advance', { by: 'month' });

    expect(clock.body).toEqual({ now: T0, target: null, isMoving: false });
    expect({ status: moved.status, body: moved.body }).toEqual({
      status: 202,
      body: { now: T0, target: '2027-02-28T09:00:00.000Z', isMoving: true },
    });
    expect(api.woken).toContainEqual({ what: 'moveClock', id: world.accountId });
  });

  test('that has arrived answers 200 with its place', async () => {
    const asked = owner.post('/v1/test-clock/advance', { by: 'day' });
    const arrive = async (): Promise<void> => {
      const done = await setAccountWhenMoving();
      if (!done) await arrive();
    };
    await arrive();

    expect(await asked).toMatchObject({ status: 200, body: { now: '2027-02-01T09:00:00.000Z', isMoving: false } });
  });

  const setAccountWhenMoving = async (): Promise<number> =>
    api.orm.em
      .fork()
      .nativeUpdate(
        Account,
        { id: world.accountId, clockTarget: { $ne: null } },
        { clockAt: '2027-02-01T09:00:00.000Z', clockTarget: null },
      );

  test('goes to what is due next, and says so where nothing is', async () => {
    const nothing = await owner.post('/v1/test-clock/advance', { by: 'next' });
    const purchaseId = await aPurchase(api.orm, world);
    const sql = `update purchases set next_due_at = '2027-02-28T09:00:00.5Z' where id = ?`;
    await api.orm.em.fork().execute(sql, [purchaseId]);

    const next = await owner.post('/v1/test-clock/advance', { by: 'next' });

    expect({ status: nothing.status, field: nothing.body.field }).toEqual({ status: 422, field: 'by' });
    expect(next.body.target).toBe('2027-02-28T09:00:01.000Z');
  });

  test('that is moving is not moved again, and holds up a checkout', async () => {
    await setAccount({ clockTarget: '2027-03-01T00:00:00.000Z' });

    const again = await owner.post('/v1/test-clock/advance', { by: 'day' });
    const checkout = await owner.post('/v1/checkouts', { offerId: world.offerId, email: 'a@b.co' });

    expect([again.body.code, checkout.body.code]).toEqual(['clock_moving', 'clock_moving']);
  });

  test('is a test account’s alone', async () => {
    const live = api.client((await aWorld(api.orm, { mode: 'live' })).keys.owner);

    const answers = [await live.get('/v1/test-clock'), await live.post('/v1/test-clock/advance', { by: 'day' })];

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(Array(2).fill([409, 'not_test_account']));
  });

  test('with a key is moved once', async () => {
    const headers = { 'idempotency-key': 'move' };
    const first = await owner.post('/v1/test-clock/advance', { by: 'day' }, headers);
    await setAccount({ clockTarget: null });

    const again = await owner.post('/v1/test-clock/advance', { by: 'day' }, headers);

    expect(again.body).toEqual(first.body);
    expect((await owner.get('/v1/test-clock')).body.isMoving).toBe(false);
  });
});

describe('settings', () => {
  test('change one by one', async () => {
    await owner.patch('/v1/settings', { autoRevoke: 'off' });
    const { body } = await owner.patch('/v1/settings', { emailsOff: ['payment-receipt'] });

    expect(body).toMatchObject({ autoRevoke: 'off', receipts: 'all', emailsOff: ['payment-receipt'] });
  });
});

describe('a write with a key', () => {
  test('is done once however often it is asked, at once or later', async () => {
    const headers = { 'idempotency-key': 'product' };
    const ask = () => owner.post('/v1/products', { name: 'Once' }, headers);

    const answers = await Promise.all([ask(), ask(), ask()]);

    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect((await owner.get('/v1/products')).body.data).toHaveLength(2);
  });

  test('that was refused leaves nothing, and may be put right under the same key', async () => {
    const headers = { 'idempotency-key': 'contact' };
    await owner.post('/v1/contacts', { email: 'ada@example.com' }, headers);

    const { status } = await owner.post('/v1/contacts', { email: 'bob@example.com' }, headers);

    expect(status).toBe(201);
  });

  test('whose answer carries a secret is repeated, but not kept in the clear', async () => {
    const headers = { 'idempotency-key': 'key' };
    const first = await owner.post('/v1/api-keys', { name: 'Website', role: 'support' }, headers);
    const again = await owner.post('/v1/api-keys', { name: 'Website', role: 'support' }, headers);

    expect(again.body).toEqual(first.body);
    const kept = await api.orm.em.fork().findOneOrFail(IdempotentRequest, { accountId: world.accountId, key: 'key' });
    expect(JSON.stringify(kept.body)).not.toContain(first.body.key);
  });
});

describe('login', () => {
  test('of an admin gives a token that acts with the admin’s role', async () => {
    const em = api.orm.em.fork();
    const passwordHash = await hashPassword('correct horse');
    const email = `${uuid()}@studio.test`;
    await anAdmin(em, { accountId: world.accountId, email, role: 'support', passwordHash });
    const wrong = await guest.post('/v1/sessions', { email, password: 'wrong' });
    const unknown = await guest.post('/v1/sessions', { email: 'nobody@studio.test', password: 'wrong' });
    const right = await guest.post('/v1/sessions', { email: email.toUpperCase(), password: 'correct horse' });

    expect([wrong.status, unknown.status, right.status]).toEqual([401, 401, 200]);
    const session = api.client(right.body.token);
    expect((await session.get('/v1/account')).body.id).toBe(world.accountId);
    expect((await session.patch('/v1/settings', {})).status).toBe(403);
    expect((await api.client(`${right.body.token}x`).get('/v1/account')).status).toBe(401);
  });

  test('by one-time links works once, and by the account’s clock [R13.2]', async () => {
    const em = api.orm.em.fork();
    const of = { accountId: world.accountId, contactId: world.contactId, now: T0 };
    const { token } = await createLoginToken(em, { ...of, kind: 'set_password' });
    const late = await createLoginToken(em, { ...of, kind: 'login' });
    const set = () => guest.post('/v1/set-password', { token, password: 'long enough' });

    const statuses = (await Promise.all([set(), set()])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 422]);
    expect((await guest.post('/v1/login-links/exchange', { token })).status).toBe(422);
    await setAccount({ clockAt: '2027-01-31T09:15:00.000Z' });
    expect((await guest.post('/v1/login-links/exchange', { token: late.token })).body.code).toBe('token_invalid');
  });

  test('a link is exchanged for a session', async () => {
    const of = { accountId: world.accountId, contactId: world.contactId, now: T0 };
    const { token } = await createLoginToken(api.orm.em.fork(), { ...of, kind: 'login' });

    const { status, body } = await guest.post('/v1/login-links/exchange', { token });

    expect({ status, contactId: body.contactId }).toEqual({ status: 200, contactId: world.contactId });
    // A customer's session is no admin's.
    expect((await api.client(body.token).get('/v1/account')).status).toBe(401);
  });
});

describe('operators', () => {
  test('make accounts whose key works at once, and see them all', async () => {
    const operator = api.client(world.keys.operator);
    const given = {
      name: 'Fresh',
      mode: 'test',
      timeZone: 'Europe/Vienna',
      supportEmail: 'h@f.test',
      ownerEmail: 'O@f.test',
    };

    const { status, body } = await operator.post('/v1/operator/accounts', given);

    expect(status).toBe(201);
    expect(body.owner.email).toBe('o@f.test');
    expect((await api.client(body.apiKey.key).get('/v1/account')).body.id).toBe(body.account.id);
    const ids = (await operator.get('/v1/operator/accounts?limit=200')).body.data.map(({ id }: { id: string }) => id);
    expect(ids).toContain(body.account.id);
  });
});

describe('emails', () => {
  const WELCOME = { kind: 'member-welcome', isWelcome: true };
  const toAda = () => ({ accountId: world.accountId, recipientId: world.contactId });

  test('are listed with their address, read as sent, and sent once more on demand', async () => {
    const bytes = { subject: 'Welcome', html: '<p>Hi</p>', text: 'Hi' };
    const id = await anEmail(api.orm.em.fork(), { ...toAda(), ...WELCOME, ...bytes, state: 'bounced' });

    const list = await owner.get(`/v1/emails?contactId=${world.contactId}&state=bounced`);
    const one = await owner.get(`/v1/emails/${id}`);
    const again = await owner.post(`/v1/emails/${id}/resend`);

    expect(list.body.data).toMatchObject([{ id, to: 'ada@example.com', state: 'bounced' }]);
    expect(one.body).toMatchObject({ subject: 'Welcome', html: '<p>Hi</p>' });
    expect(again).toMatchObject({ status: 202, body: { state: 'queued', resendOf: id } });
    expect(api.woken).toContainEqual({ what: 'startMail', id: again.body.id });
    expect((await owner.post(`/v1/emails/${again.body.id}/resend`)).status).toBe(409);
  });

  test('sent once more are found with the record that they tell of', async () => {
    const em = api.orm.em.fork();
    const purchaseId = await aPurchase(api.orm, world);
    const paused = { kind: 'purchase-paused', recordKey: `${purchaseId}:7:0`, data: { resumeAt: null } };
    const id = await anEmail(em, { ...toAda(), purchaseId, ...paused, state: 'sent' });

    const again = await owner.post(`/v1/emails/${id}/resend`);

    expect(again.status).toBe(202);
    expect(await readEmail(em, again.body.id)).toMatchObject({
      material: { kind: 'purchase-paused', to: 'ada@example.com' },
    });
  });

  test.each(['queued', 'suppressed', 'complained'] as const)('that are %s are not sent once more', async (state) => {
    const id = await anEmail(api.orm.em.fork(), { ...toAda(), ...WELCOME, state });

    const refused = await owner.post(`/v1/emails/${id}/resend`);

    expect(refused).toMatchObject({ status: 409, body: { code: 'wrong_state', state } });
  });
});
