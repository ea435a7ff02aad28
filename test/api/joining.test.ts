import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { hashPassword } from '../../api/auth/passwords.ts';
import { Contact } from '../../db/entities/contact.ts';
import { Email } from '../../db/entities/email.ts';
import { Offer } from '../../db/entities/offer.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import { startApi, type TestApi } from './an-api.ts';
import type { Client } from './a-client.ts';
import { aPurchase, aWorld, T0, type World } from './a-world.ts';

let api: TestApi;
let world: World;
let guest: Client;

beforeAll(async () => {
  api = await startApi();
  guest = api.client(null);
});
afterAll(() => api.close());
beforeEach(async () => {
  world = await aWorld(api.orm);
});

const changeOffer = (change: Partial<Offer>) => api.orm.em.fork().nativeUpdate(Offer, { id: world.offerId }, change);

describe('what a stranger may know of an offer', () => {
  test('is its name, price and products, and whether it can be bought', async () => {
    const path = `/v1/public/offers/${world.offerId}`;

    const open = await guest.get(path);
    await changeOffer({ price: { kind: 'free' } });
    const free = await guest.get(path);
    await changeOffer({ archivedAt: T0 });
    const archived = await guest.get(path);

    expect(open.body).toEqual({
      ...{ id: world.offerId, name: 'Monthly', sale: 'open', refundWindowDays: 30 },
      price: expect.objectContaining({ amountMinor: 2900, interval: 'month' }),
      ...{ accessDays: null, accessStartsAt: null, products: [{ name: 'Course' }] },
      site: { name: 'Studio', supportEmail: 'help@studio.test', timeZone: 'UTC' },
    });
    expect([free.body, archived.body]).toMatchObject([{ sale: 'granted_only' }, { sale: 'archived' }]);
    expect((await guest.get(`/v1/public/offers/${uuid()}`)).status).toBe(404);
  });
});

const newEmail = () => `ada-${uuid().slice(-12)}@example.com`;

async function begin(email = newEmail()) {
  const { status, body } = await guest.post(`/v1/public/offers/${world.offerId}/checkout`, { email, name: null });
  const input = api.stripe.checkouts.at(-1);
  const token = new URL(input?.successUrl ?? 'http://none').searchParams.get('checkout') ?? '';
  return { email, status, body, input, path: `/v1/public/checkouts/${token}` };
}

describe('buying as a stranger', () => {
  test("leads to Stripe's page and from there back to ours; a free, archived or live offer is not sold", async () => {
    const { status, body, input } = await begin();

    expect(status).toBe(201);
    expect(Object.keys(body).sort()).toEqual(['expiresAt', 'url']);
    expect(input?.cancelUrl).toBe(`http://perennial.test/join/${world.offerId}`);
    expect(input?.successUrl).toMatch(/^http:\/\/perennial\.test\/join\/[\w-]+\/thanks\?checkout=[\w.-]+$/);

    await aPurchase(api.orm, world);
    expect((await begin('ada@example.com')).body.code).toBe('already_live');
    await changeOffer({ archivedAt: T0 });
    expect((await begin()).body.code).toBe('archived');
  });

  test('who paid sets a password once, and is logged in; before that, and for who had one, there is nothing to set', async () => {
    const { path, input, email } = await begin();
    const password = { password: 'correct horse' };
    expect((await guest.get(path)).body).toMatchObject({ state: 'waiting', email, canSetPassword: false });
    expect((await guest.post(`${path}/password`, password)).status).toBe(409);

    await api.orm.em.fork().nativeUpdate(Purchase, { id: input?.purchaseId ?? '' }, { bornAt: T0 });
    expect((await guest.get(path)).body).toMatchObject({ state: 'bought', canSetPassword: true });
    const set = await guest.post(`${path}/password`, password);

    expect((await api.client(set.body.token).get('/v1/me')).body).toMatchObject({ email, hasPassword: true });
    expect((await guest.post(`${path}/password`, password)).status).toBe(409);
    expect((await guest.get(path)).body).toMatchObject({ state: 'bought', canSetPassword: false });
  });

  test('an address that had something here before gets no password from whoever types it', async () => {
    const otherOffer = { id: uuid(), name: 'Other', price: { kind: 'free' } as const, productIds: [world.productId] };
    const blank = { refundWindowDays: 0, emailsOff: [], createdAt: T0, accountId: world.accountId };
    const em = api.orm.em.fork();
    await em.insert(Offer, { ...otherOffer, ...blank });
    await aPurchase(api.orm, { ...world, offerId: otherOffer.id });
    const { path, input } = await begin('ada@example.com');
    await em.nativeUpdate(Purchase, { id: input?.purchaseId ?? '' }, { bornAt: T0 });

    expect((await guest.get(path)).body).toMatchObject({ state: 'bought', canSetPassword: false });
    expect((await guest.post(`${path}/password`, { password: 'correct horse' })).status).toBe(409);
  });

  test('a second purchase of what was live already is said to be sent back', async () => {
    const { path, input } = await begin();
    const change = { bornAt: T0, duplicateOf: uuid() };
    await api.orm.em.fork().nativeUpdate(Purchase, { id: input?.purchaseId ?? '' }, change);

    expect((await guest.get(path)).body).toMatchObject({ state: 'sent_back' });
  });

  test('a token that is not ours leads nowhere', async () => {
    const { path } = await begin();

    expect((await guest.get(`${path}x`)).status).toBe(404);
    expect((await guest.get(`/v1/public/checkouts/${uuid()}.forged`)).status).toBe(404);
  });
});

describe('logging in', () => {
  const withPassword = async (password: string, of = world): Promise<void> => {
    const change = { passwordHash: await hashPassword(password), customerSince: T0 };
    await api.orm.em.fork().nativeUpdate(Contact, { id: of.contactId }, change);
  };

  test('an address may be a customer of several sites; the password says which', async () => {
    const email = newEmail();
    const other = await aWorld(api.orm);
    for (const { contactId } of [world, other])
      await api.orm.em.fork().nativeUpdate(Contact, { id: contactId }, { email });
    await withPassword('one password');
    await withPassword('another password', other);

    const sessions = await Promise.all(
      ['one password', 'another password'].map((password) => guest.post('/v1/customer-sessions', { email, password })),
    );

    expect(sessions.map(({ body }) => body.contactId)).toEqual([world.contactId, other.contactId]);
  });

  test('five wrong passwords make the address wait, right ones too, whether or not anybody has it [R14.3]', async () => {
    const email = newEmail();
    await api.orm.em.fork().nativeUpdate(Contact, { id: world.contactId }, { email });
    await withPassword('correct horse');
    const tryOut = async (address: string, passwords: string[]) => {
      const statuses: number[] = [];
      for (const password of passwords)
        statuses.push((await guest.post('/v1/customer-sessions', { email: address, password })).status);
      return statuses;
    };

    expect(await tryOut(email, ['no', 'no', 'correct horse', 'no', 'no', 'no', 'no', 'no', 'correct horse'])).toEqual([
      ...[401, 401, 200, 401, 401, 401, 401, 401, 429],
    ]);
    expect(await tryOut(newEmail(), ['no', 'no', 'no', 'no', 'no', 'no'])).toEqual([401, 401, 401, 401, 401, 429]);
  });

  test('a login link goes to customers only, and the answer is the same for everybody', async () => {
    const [email, lead] = [newEmail(), newEmail()];
    const em = api.orm.em.fork();
    await em.nativeUpdate(Contact, { id: world.contactId }, { email, customerSince: T0 });
    await aPurchase(api.orm, world);
    await em.insert(Contact, { id: uuid(), accountId: world.accountId, email: lead, name: null, createdAt: T0 });

    const answers = [];
    for (const address of [email, lead, newEmail()])
      answers.push(await guest.post('/v1/login-links', { email: address }));

    expect(answers.map(({ status, body }) => [status, body])).toEqual(Array(3).fill([202, {}]));
    const emails = await api.orm.em.fork().find(Email, { kind: 'login-link', accountId: world.accountId });
    expect(emails).toMatchObject([{ recipientId: world.contactId, state: 'queued' }]);
    expect(api.poked).toContainEqual({ what: 'startMail', id: emails[0]?.id });
  });
});
