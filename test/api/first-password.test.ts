import { expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { Purchase } from '../../db/entities/purchase.ts';
import { createLoginToken } from '../../db/people/login-tokens.ts';
import { recordPurchase } from '../../db/purchase/record-purchase.ts';
import { startPurchase } from '../../workflows/domain/start-purchase.ts';
import { anIncompletePurchase, anOffer } from '../builders/rows.ts';
import { T0 } from './a-world.ts';
import { api, guest, owner, world, useApi } from './use-api.ts';

const PASSWORD = 'correct horse';

useApi();

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

/** A stranger who has paid, with whatever address they typed, and has set the first password. */
async function aPayer() {
  const email = `ada-${uuid().slice(-12)}@example.com`;
  await guest.post(`/v1/public/offers/${world.offerId}/checkout`, { email, name: null });
  const { successUrl, purchaseId, contactId } = api.stripe.checkouts.at(-1)!;
  await isStarted(purchaseId, 'purchase.bought');
  const path = `/v1/public/checkouts/${new URL(successUrl).searchParams.get('checkout')}/password`;
  const { token } = (await guest.post(path, { password: PASSWORD })).body;
  const logIn = async () => (await guest.post('/v1/customer-sessions', { email, password: PASSWORD })).status;
  const isIn = async () => (await api.client(token).get('/v1/me')).status === 200;
  return { contactId, path, logIn, isIn };
}

const ofLink = (contactId: string) =>
  createLoginToken(api.orm.em.fork(), { accountId: world.accountId, contactId, kind: 'login', now: T0 });

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
    causes: [{ code: 'address_unproven', at: T0, nextStep: { kind: 'send_login_link' } }],
  });
  const { token } = await ofLink(contactId);
  const session = (await guest.post('/v1/login-links/exchange', { token })).body.token;
  expect((await api.client(session).post('/v1/me/password', { password: PASSWORD })).status).toBe(200);
  expect([await logIn(), await isIn()]).toEqual([200, false]);
});

test('a password of who has opened a link that was mailed to the address stays', async () => {
  const { contactId, logIn, isIn } = await aPayer();
  const { token } = await ofLink(contactId);
  await guest.post('/v1/login-links/exchange', { token });

  await isStarted(await another('granted', contactId), 'purchase.granted');

  expect([await logIn(), await isIn()]).toEqual([200, true]);
});
