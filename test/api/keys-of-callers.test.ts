import { beforeEach, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { hashPassword } from '../../api/auth/passwords.ts';
import { Account } from '../../db/entities/account.ts';
import { Contact } from '../../db/entities/contact.ts';
import { Product } from '../../db/entities/product.ts';
import { createLoginToken } from '../../db/people/login-tokens.ts';
import { ask, JSON_TYPE, type Heard } from './a-stranger.ts';
import { aKey, aPurchase, endCommand, T0 } from './a-world.ts';
import { api, world, useApi } from './use-api.ts';

useApi({ waitMs: 300, trustProxy: 1 });
beforeEach(async () => {
  api.onLook(async () => undefined);
});

const KEY = 'order-1';

function post(path: string, body: object, token: string | null, key = KEY): Promise<Heard> {
  const authorization: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  const headers = { ...JSON_TYPE, ...authorization, 'idempotency-key': key };
  return ask(api.url, { method: 'POST', path, headers, body: JSON.stringify(body) });
}

async function aCustomer(): Promise<string> {
  const [email, password] = [`${uuid()}@example.com`, 'correct horse battery staple'];
  const passwordHash = await hashPassword(password);
  await api.orm.em.fork().nativeUpdate(Contact, { id: world.contactId }, { email, passwordHash });
  return (JSON.parse((await post('/v1/customer-sessions', { email, password }, null)).text) as { token: string }).token;
}

const letCancel = (): Promise<unknown> =>
  api.orm.em
    .fork()
    .execute(`update accounts set settings = settings || '{"selfCancel":{"isOn":true}}' where id = ?`, [
      world.accountId,
    ]);

/** Ends each command as soon as it is looked for. */
const answerAtOnce = (): void => api.onLook(async (_purchaseId, rowId) => endCommand(api.orm, rowId ?? ''));

describe('an Idempotency-Key is its caller’s', () => {
  test('another key of the account that uses it for the very same request is refused, and told nothing', async () => {
    const other = await aKey(api.orm.em.fork(), world.accountId, 'owner');

    const own = await post('/v1/products', { name: 'Course of keys' }, world.keys.owner);
    const others = await post('/v1/products', { name: 'Course of keys' }, other);

    expect([own.status, others.status]).toEqual([201, 422]);
    expect(others.text).toContain('idempotency_key_reused');
    expect(await api.orm.em.fork().count(Product, { accountId: world.accountId, name: 'Course of keys' })).toBe(1);
  });

  test('a customer cannot use up a key that an admin will use, nor hear what it was answered', async () => {
    const purchaseId = await aPurchase(api.orm, world);
    const token = await aCustomer();
    await letCancel();
    answerAtOnce();

    const theirs = await post(`/v1/me/purchases/${purchaseId}/cancel`, {}, token);
    const admins = await post('/v1/products', { name: 'Course' }, world.keys.owner);

    expect([theirs.status, admins.status]).toEqual([200, 201]);
  });
});

describe('equal repeats have the same bytes', () => {
  test('of what was made, though Postgres would put its fields in another order', async () => {
    const price = { kind: 'subscription', amountMinor: 2900, currency: 'usd', interval: 'month' };
    const offer = { name: 'Offer', productIds: [world.productId], price };

    const answers = [1, 2, 3].map(() => post('/v1/offers', offer, world.keys.owner));
    const [first, ...rest] = (await Promise.all(answers)).map(({ status, text }) => ({ status, text }));

    expect(first?.status).toBe(201);
    expect(rest).toEqual([first, first]);
  });

  test('of a new key, which is kept sealed', async () => {
    const asked = () => post('/v1/api-keys', { name: 'Robot', role: 'support' }, world.keys.owner);

    const [first, second] = [await asked(), await asked()];

    expect([first.status, second.text]).toEqual([201, first.text]);
  });

  test('of a verb, whoever of two that wait for it hears first, and whatever has happened since', async () => {
    const path = `/v1/purchases/${await aPurchase(api.orm, world)}/pause`;
    answerAtOnce();

    const both = await Promise.all([1, 2].map(() => post(path, {}, world.keys.owner)));
    await api.orm.em.fork().nativeUpdate(Account, { id: world.accountId }, { clockAt: '2027-02-05T00:00:00.000Z' });
    const later = await post(path, {}, world.keys.owner);

    expect(new Set([...both, later].map(({ text }) => text)).size).toBe(1);
    expect([...both, later].map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  test("of a customer's verb", async () => {
    const path = `/v1/me/purchases/${await aPurchase(api.orm, world)}/cancel`;
    const token = await aCustomer();
    await letCancel();
    answerAtOnce();

    const first = await post(path, {}, token);
    await api.orm.em.fork().nativeUpdate(Account, { id: world.accountId }, { clockAt: '2027-02-05T00:00:00.000Z' });
    const second = await post(path, {}, token);

    expect([first.status, second.text]).toEqual([200, first.text]);
  });

  test('"still under way" is no answer yet: a repeat gets the answer, and from then on always the same', async () => {
    const path = `/v1/purchases/${await aPurchase(api.orm, world)}/pause`;
    const asked = () => post(path, {}, world.keys.owner);

    const pending = await asked();
    await endCommand(api.orm, (JSON.parse(pending.text) as { id: string }).id);
    const [first, second] = [await asked(), await asked()];

    expect([pending.status, first.status, second.status]).toEqual([202, 200, 200]);
    expect(second.text).toBe(first.text);
  });
});

test.each([
  ['login', '/v1/login-links/exchange', {}],
  ['set_password', '/v1/set-password', { password: 'correct horse battery staple' }],
] as const)('a used %s link stays used: the same key gives no second session', async (kind, path, body) => {
  const of = { accountId: world.accountId, contactId: world.contactId, now: T0 };
  const { token } = await createLoginToken(api.orm.em.fork(), { ...of, kind });

  const first = await post(path, { token, ...body }, null);
  const second = await post(path, { token, ...body }, null);

  expect([first.status, second.status]).toEqual([200, 422]);
  expect(second.text).toContain('token_invalid');
});
