import { beforeEach, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ApiLoginHelp } from '../../api/people/login-help-schema.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import { createLoginToken, type LoginTokenKind } from '../../db/people/login-tokens.ts';
import { recordPurchase } from '../../db/purchase/record-purchase.ts';
import { startPurchase } from '../../workflows/domain/start-purchase.ts';
import { anIncompletePurchase, anOffer } from '../builders/rows.ts';
import type { Client } from './a-client.ts';
import { T0 } from './a-world.ts';
import { api, guest, owner, world, useApi } from './use-api.ts';

const PASSWORD = 'correct horse';

useApi();
beforeEach(() => api.orm.em.fork().execute('delete from rate_limits'));

/** What the workflow records first of a purchase. */
async function isStarted(purchaseId: string, type: 'purchase.bought' | 'purchase.granted'): Promise<void> {
  const { snapshot } = await api.orm.em.fork().findOneOrFail(Purchase, { id: purchaseId });
  const actor = { kind: 'stripe', id: null } as const;
  const nothing = { emails: [], ends: [], followUps: [], payments: [], stuckReason: null };
  const { kind } = await recordPurchase(api.orm.em.fork(), {
    ...nothing,
    epoch: 0,
    revision: 1,
    state: startPurchase(snapshot, T0),
    now: T0,
    entries: [{ type, at: T0, actor, commandId: null, data: {} }],
  });
  expect(kind).toBe('recorded');
}

async function another(origin: 'bought' | 'granted', contactId: string): Promise<string> {
  const em = api.orm.em.fork();
  const { offerId } = await anOffer(em, world.accountId, { price: { kind: 'free' } });
  return (await anIncompletePurchase(em, { contactId, offerId, origin })).purchaseId;
}

/** A stranger who has paid, with whatever address they typed. */
async function whoPaid() {
  const email = `ada-${uuid().slice(-12)}@example.com`;
  await guest.post(`/v1/public/offers/${world.offerId}/checkout`, { email, name: null });
  const { successUrl, purchaseId, contactId } = api.stripe.checkouts.at(-1)!;
  await isStarted(purchaseId, 'purchase.bought');
  const path = `/v1/public/checkouts/${new URL(successUrl).searchParams.get('checkout')}/password`;
  const set = () => guest.post(path, { password: PASSWORD });
  const logIn = async () => (await guest.post('/v1/customer-sessions', { email, password: PASSWORD })).status;
  return { contactId, path, set, logIn };
}

/** The same, who has set the first password. */
async function aPayer() {
  const payer = await whoPaid();
  const session = api.client((await payer.set()).body.token);
  const isIn = async () => (await session.get('/v1/me')).status === 200;
  return { ...payer, session, isIn };
}

const ofLink = (contactId: string, kind: LoginTokenKind = 'login') =>
  createLoginToken(api.orm.em.fork(), { accountId: world.accountId, contactId, kind, now: T0 });

/** Logs in by a mailed link, in the browser of `from`. */
async function openLink(contactId: string, from = guest): Promise<Client> {
  const { token } = await ofLink(contactId);
  return api.client((await from.post('/v1/login-links/exchange', { token })).body.token);
}

test.each([
  ['bought', 'purchase.bought'],
  ['granted', 'purchase.granted'],
] as const)('a password of who only paid opens that, and what is %s later drops it', async (origin, type) => {
  const { contactId, path, logIn, isIn } = await aPayer();
  expect([await logIn(), await isIn()]).toEqual([200, true]);

  await isStarted(await another(origin, contactId), type);

  expect([await logIn(), await isIn()]).toEqual([401, false]);
  expect((await guest.post(path, { password: PASSWORD })).status).toBe(409);
  expect((await owner.get(`/v1/contacts/${contactId}/login-help`)).body).toMatchObject({
    causes: [{ code: 'password_dropped', at: T0, nextStep: { kind: 'send_login_link' } }],
  });
  const me = await openLink(contactId);
  expect((await me.post('/v1/me/password', { password: PASSWORD })).status).toBe(200);
  expect([await logIn(), await isIn()]).toEqual([200, false]);
});

test('a password of who opens a mailed link where they are logged in stays, whatever is theirs later', async () => {
  const { contactId, session, logIn, isIn } = await aPayer();
  const me = await openLink(contactId, session);
  expect((await me.get('/v1/me')).body).toMatchObject({ hasPassword: true, passwordDroppedAt: null });

  await isStarted(await another('granted', contactId), 'purchase.granted');

  expect([await logIn(), await isIn()]).toEqual([200, true]);
});

describe('a password of whoever typed the address of somebody else', () => {
  test('is dropped by the first link that its owner opens, who is told so; the one that they choose stays', async () => {
    const { contactId, logIn, isIn } = await aPayer();

    const me = await openLink(contactId);

    expect([await logIn(), await isIn()]).toEqual([401, false]);
    expect((await me.get('/v1/me')).body).toMatchObject({ hasPassword: false, passwordDroppedAt: expect.any(String) });
    const { causes } = (await owner.get(`/v1/contacts/${contactId}/login-help`)).body as unknown as ApiLoginHelp;
    expect(causes[0]).toMatchObject({ code: 'password_dropped', nextStep: { kind: 'send_login_link' } });
    const chosen = await me.post('/v1/me/password', { password: 'quartz lantern' });
    expect(chosen.body).toMatchObject({ hasPassword: true, passwordDroppedAt: null });
    await openLink(contactId);
    expect((await me.get('/v1/me')).body).toMatchObject({ hasPassword: true });
  });

  test('is dropped where somebody else is logged in, or looks at their pages', async () => {
    const [ada, kim, stranger] = [await aPayer(), await aPayer(), await aPayer()];
    const { token } = (await owner.post(`/v1/contacts/${kim.contactId}/preview-session`)).body;

    await openLink(ada.contactId, stranger.session);
    await openLink(kim.contactId, api.client(token));

    expect([await ada.isIn(), await kim.isIn(), await stranger.isIn()]).toEqual([false, false, true]);
  });

  test('is dropped, or not set at all, where it is set at the same time', async () => {
    const { contactId, set, logIn } = await whoPaid();

    await Promise.all([openLink(contactId), set()]);

    expect(await logIn()).toBe(401);
  });

  test('stays where the link was refused', async () => {
    const { contactId, logIn } = await aPayer();
    const { token } = await ofLink(contactId, 'set_password');

    expect((await guest.post('/v1/set-password', { token, password: 'password123' })).status).toBe(422);

    expect(await logIn()).toBe(200);
  });

  test('stays at a link that lets nobody in: it proves nothing, and what is theirs later drops it', async () => {
    const { contactId, logIn } = await aPayer();
    const { token } = await ofLink(contactId, 'confirm_opt_in');

    expect((await guest.post('/v1/public/confirm-subscription', { token })).status).toBe(200);

    expect(await logIn()).toBe(200);
    await isStarted(await another('granted', contactId), 'purchase.granted');
    expect(await logIn()).toBe(401);
  });
});
