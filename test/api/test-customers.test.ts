import { expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { Account } from '../../db/entities/account.ts';
import { CancellationReason } from '../../db/entities/cancellation-reason.ts';
import { Checkout } from '../../db/entities/checkout.ts';
import { Contact } from '../../db/entities/contact.ts';
import { Refund } from '../../db/entities/refund.ts';
import { recordOwn } from '../../db/people/activity.ts';
import { MOST_TEST_CUSTOMERS } from '../../db/people/test-customers.ts';
import { ROUTES } from '../../api/routes.ts';
import { aContact, anEmail, aPaymentRow } from '../builders/rows.ts';
import { aPurchase, T0 } from './a-world.ts';
import { api, owner, useApi, world } from './use-api.ts';

useApi();

const em = () => api.orm.em.fork();
const make = (email: string) => owner.post('/v1/contacts', { email, name: 'Tester', isTest: true });

/** Somebody of whom every list and every figure has something. */
async function somebody(contactId: string): Promise<void> {
  const { accountId, offerId } = world;
  await em().nativeUpdate(Contact, { id: contactId }, { customerSince: T0, marketingStatus: 'subscribed' });
  const purchaseId = await aPurchase(api.orm, { ...world, contactId });
  const paymentId = await aPaymentRow(em(), { accountId, contactId, purchaseId, currency: 'chf', paidAt: T0 });
  const money = { amountMinor: -500, currency: 'chf', status: 'succeeded', createdAt: T0 } as const;
  await em().insert(Refund, { id: `re_${uuid()}`, accountId, purchaseId, paymentId, commandId: null, ...money });
  await anEmail(em(), { accountId, recipientId: contactId, state: 'failed', dueAt: T0, sentAt: T0 });
  await aCheckout(contactId, purchaseId);
  const left = { reason: 'price', undoneAt: null, cause: 'voluntary' } as const;
  await em().insert(CancellationReason, { id: uuid(), accountId, purchaseId, offerId, at: T0, ...left });
  for (const kind of ['login', 'posted'] as const) await recordOwn(em(), { id: contactId, accountId }, kind, T0);
}

async function aCheckout(contactId: string, purchaseId: string): Promise<void> {
  const { accountId, offerId } = world;
  const none = { forAccountId: null, promotionCodeId: null, signUp: null, addOnAt: null, expiresAt: null };
  const page = { stripeSessionId: `cs_${uuid()}`, url: 'https://stripe.test', state: 'open', createdAt: T0 } as const;
  await em().insert(Checkout, { ...none, ...page, id: uuid(), accountId, contactId, offerId, purchaseId });
}

/** What was done is told, to whomever it was done. */
const TELLING = ['/v1/audit-log', '/v1/audit-log.csv'];

/** What every list and figure of the account says. */
async function everything(): Promise<Map<string, unknown>> {
  const said = new Map<string, unknown>();
  for (const { scope, method, path } of ROUTES) {
    if (scope !== 'account' || method !== 'get' || path.includes('{') || TELLING.includes(path)) continue;
    const { status, body } = await owner.get(path);
    if (status === 200) said.set(path, body);
  }
  return said;
}

test('a test customer counts nowhere, and no list has them unless they are asked for', async () => {
  await somebody(world.contactId);
  const before = await everything();
  const { id } = (await make('try@studio.example')).body;
  await somebody(id);

  const after = await everything();

  const changed = [...after].flatMap(([path, body]) => (isSame(body, before.get(path)) ? [] : [path]));
  expect(changed).toEqual([]);
  expect(before.size).toBeGreaterThan(40);
  for (const path of ['/v1/contacts', '/v1/purchases', '/v1/payments', '/v1/emails', '/v1/checkouts']) {
    const { body } = await owner.get(`${path}?includeTest=true`);
    expect([path, body.data.length]).toEqual([path, 1 + ((before.get(path) as typeof body).data.length ?? 0)]);
    if (path === '/v1/contacts') continue;
    expect((await owner.get(`${path}?contactId=${id}`)).body.data).toHaveLength(1);
  }
  expect((await owner.get('/v1/contacts/count?includeTest=true')).body).toMatchObject({ count: 2 });
});

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

test('with real money a test customer buys nothing, and there are only so many', async () => {
  await em().nativeUpdate(Account, { id: world.accountId }, { mode: 'live', clockAt: null });
  await make('try@studio.example');

  const asked = { offerId: world.offerId, email: 'try@studio.example' };
  expect(await owner.post('/v1/checkouts', asked)).toMatchObject({ status: 409, body: { code: 'test_customer' } });

  for (let n = 1; n < MOST_TEST_CUSTOMERS; n += 1) await aContact(em(), world.accountId, { isTest: true });
  expect(await make('one-more@studio.example')).toMatchObject({ status: 422 });
  expect((await owner.post('/v1/contacts', { email: 'real@studio.example' })).status).toBe(201);
});
