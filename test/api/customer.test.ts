import { beforeEach, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { Purchase } from '../../db/entities/purchase.ts';
import { lookIntoInbox } from '../../db/inbox/open-rows.ts';
import { DEFAULT_SETTINGS } from '../../workflows/domain/settings.ts';
import { createLoginToken } from '../../db/people/login-tokens.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { aContact, aCustomerAtStripe } from '../builders/rows.ts';
import type { Client } from './a-client.ts';
import { aPurchase, aWorld, endCommand, T0 } from './a-world.ts';
import { api, guest, owner, world, useApi } from './use-api.ts';

let ada: Client;

useApi({ waitMs: 500 });
beforeEach(async () => {
  ada = await asContact(world.contactId);
});

async function asContact(contactId: string, { accountId } = world): Promise<Client> {
  const of = { accountId, contactId, kind: 'login', now: T0 } as const;
  const { token } = await createLoginToken(api.orm.em.fork(), of);
  const { body } = await guest.post('/v1/login-links/exchange', { token });
  return api.client(body.token);
}

async function anotherContact(): Promise<Client> {
  return asContact(await aContact(api.orm.em.fork(), world.accountId));
}

const PENDING = { at: '2027-02-28T09:00:00.000Z', askedAt: T0 };
const canceling =
  (cause: 'voluntary' | 'internal') =>
  (state: PurchaseState): PurchaseState =>
    state.billing.kind === 'subscription'
      ? { ...state, billing: { ...state.billing, cancellation: { ...PENDING, cause } } }
      : state;

describe('who is who', () => {
  test("a customer's token opens the customer's routes only, and an admin's key none of them", async () => {
    const admin = owner;

    expect((await ada.get('/v1/me')).body).toMatchObject({
      id: world.contactId,
      email: 'ada@example.com',
      hasPassword: false,
      site: { name: 'Studio', supportEmail: 'help@studio.test', timeZone: 'UTC' },
      selfCancel: { isOn: true },
    });
    const statuses = await Promise.all([
      ...['/v1/me', '/v1/me/library', '/v1/me/purchases'].map((path) => admin.get(path)),
      ...['/v1/contacts', '/v1/purchases', '/v1/settings', '/v1/emails'].map((path) => ada.get(path)),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual(Array(7).fill(401));
  });

  test("nothing of another contact's is there", async () => {
    const purchaseId = await aPurchase(api.orm, world);
    const eve = await anotherContact();

    const asked = await Promise.all([
      eve.get(`/v1/me/purchases/${purchaseId}`),
      eve.post(`/v1/me/purchases/${purchaseId}/cancel`, {}),
      eve.post(`/v1/me/purchases/${purchaseId}/undo-cancel`, {}),
    ]);

    expect(asked.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect((await eve.get('/v1/me/purchases')).body.data).toEqual([]);
    expect((await eve.get('/v1/me/library')).body.data).toEqual([]);
  });

  test('who came by a link sets a password, a forgotten one too; who came by a password sets none', async () => {
    const first = await ada.post('/v1/me/password', { password: 'correct horse' });
    const second = await ada.post('/v1/me/password', { password: 'another one' });
    const login = { email: 'ada@example.com', password: 'another one', accountId: world.accountId };
    const { body } = await guest.post('/v1/customer-sessions', login);
    const third = await api.client(body.token).post('/v1/me/password', { password: 'a third one' });

    expect([first.status, second.status, third.status]).toEqual([200, 200, 409]);
    expect(first.body).toMatchObject({ hasPassword: true, canSetPassword: true });
    expect((await api.client(body.token).get('/v1/me')).body).toMatchObject({ canSetPassword: false });
  });
});

describe('what a customer sees', () => {
  test('a purchase with its money and what comes next, and nothing that is for admins', async () => {
    const by = { kind: 'admin' as const, id: uuid(), role: 'owner' as const };
    const purchaseId = await aPurchase(api.orm, world, (state) => ({
      ...state,
      revoked: [{ productId: world.productId, since: T0, by }],
    }));

    const { body } = await ada.get(`/v1/me/purchases/${purchaseId}`);
    const library = await ada.get('/v1/me/library');

    expect(body).toMatchObject({
      billingStatus: 'active',
      accessStatus: 'none',
      canCancel: true,
      canUndoCancel: false,
      canUpdateCard: true,
      nextCharge: { at: '2027-02-28T09:00:00.000Z', amountMinor: 2900, currency: 'usd' },
      payments: [{ amountMinor: 2900, refundedMinor: 0, refunds: [] }],
      refundWindow: { state: 'open', closesAt: '2027-03-02T09:00:00.000Z' },
      products: [{ name: 'Course', open: false, blocks: [{ source: 'revoked', since: T0 }] }],
    });
    expect(library.body.data).toMatchObject([
      { name: 'Course', hasAccess: false, ways: [{ offerName: 'Monthly', blocks: [{ source: 'revoked' }] }] },
    ]);
    expect(JSON.stringify([body, library.body])).not.toContain(by.id);
  });

  test('a product that one of two purchases opens is open, whatever the other says [R5.4]', async () => {
    const by = { kind: 'system' as const, id: null };
    const revoked = (state: PurchaseState) => ({
      ...state,
      billing: { kind: 'none' as const },
      revoked: [{ productId: world.productId, since: T0, by }],
    });
    await aPurchase(api.orm, world, revoked);
    await aPurchase(api.orm, world);

    const { body } = await ada.get('/v1/me/library');

    expect(body.data).toMatchObject([{ hasAccess: true, ways: [{ open: true }, { open: false }] }]);
  });
});

describe('canceling by oneself [R9]', () => {
  test('says beforehand when it ends, and is asked as the customer, at the period end', async () => {
    const purchaseId = await aPurchase(api.orm, world);
    const path = `/v1/me/purchases/${purchaseId}/cancel`;

    const preview = await ada.post(path, { dryRun: true });
    expect(preview.body).toMatchObject({ status: 'preview', cancelAt: '2027-02-28T09:00:00.000Z', nextChargeAt: null });

    const asked: unknown[] = [];
    api.onLook(async (_purchaseId, rowId) => {
      const rows = await api.orm.em.fork().execute('select kind, input, actor from inbox where id = ?', [rowId]);
      asked.push(...rows);
      await endCommand(api.orm, rowId ?? '');
    });
    const { planHash } = preview.body;
    const done = await ada.post(path, { planHash, feedback: 'No time' }, { 'idempotency-key': 'cancel-once' });
    const again = await ada.post(path, { planHash, feedback: 'No time' }, { 'idempotency-key': 'cancel-once' });

    expect(asked).toEqual([
      {
        kind: 'cancel',
        input: { when: 'period_end', cancelAt: null },
        actor: { kind: 'customer', id: world.contactId },
      },
    ]);
    expect([done.status, again.status]).toEqual([200, 200]);
    expect(done.body).toMatchObject({ status: 'applied', purchase: { id: purchaseId } });
    expect(done.body).not.toHaveProperty('command');
  });

  test('is 403 while the site has it off, for previews too', async () => {
    const purchaseId = await aPurchase(api.orm, world);
    const instructions = 'Write to us and we cancel for you.';
    const changed = await owner.patch('/v1/settings', { selfCancel: { isOn: false, instructions } });
    expect(changed.body).toMatchObject({
      selfCancel: { isOn: false, instructions, message: null, isOneStep: false },
    });

    const asked = await ada.post(`/v1/me/purchases/${purchaseId}/cancel`, {});
    const preview = await ada.post(`/v1/me/purchases/${purchaseId}/cancel`, { dryRun: true });

    expect([asked.status, preview.status]).toEqual([403, 403]);
    expect((await ada.get('/v1/me')).body).toMatchObject({ selfCancel: { isOn: false, instructions } });
    expect((await owner.patch('/v1/settings', { selfCancel: { isOn: true } })).body).toMatchObject({
      selfCancel: { isOn: true, instructions },
    });
  });

  test('of an account’s settings a workflow sees those that the lifecycle reads, and no text [R24.4]', async () => {
    const purchaseId = await aPurchase(api.orm, world);
    await owner.patch('/v1/settings', { selfCancel: { message: 'Write to ada@example.com' } });
    const em = api.orm.em.fork();
    await em.execute(`update accounts set settings = settings || '{ "added": "Write to bob@example.com" }'`);

    const { settings } = (await lookIntoInbox(em, purchaseId))!.around;

    expect(Object.keys(settings).toSorted()).toEqual(Object.keys(DEFAULT_SETTINGS).toSorted());
  });

  test('a grant has no billing to cancel, and what is canceled already is not canceled again', async () => {
    const grantId = await aPurchase(api.orm, world, (state) => ({ ...state, billing: { kind: 'none' } }));
    const cancelingId = await aPurchase(api.orm, world, canceling('voluntary'));

    const grant = await ada.post(`/v1/me/purchases/${grantId}/cancel`, {});
    const twice = await ada.post(`/v1/me/purchases/${cancelingId}/cancel`, {});
    const keyed = await ada.post(`/v1/me/purchases/${cancelingId}/cancel`, {}, { 'idempotency-key': 'a-new-one' });

    expect([grant.status, twice.status, keyed.status]).toEqual([409, 409, 409]);
  });

  test('may be taken back by who asked for it, and not where the site decided', async () => {
    const byAdmin = await aPurchase(api.orm, world, canceling('internal'));
    const refused = await ada.post(`/v1/me/purchases/${byAdmin}/undo-cancel`, { dryRun: true });
    await api.orm.em.fork().nativeUpdate(Purchase, { id: byAdmin }, { isLive: false });
    const own = await aPurchase(api.orm, world, canceling('voluntary'));
    const allowed = await ada.post(`/v1/me/purchases/${own}/undo-cancel`, { dryRun: true });
    const none = await aPurchaseOfEve();

    expect([refused.status, allowed.status]).toEqual([403, 200]);
    expect(allowed.body).toMatchObject({ cancelAt: null, nextChargeAt: '2027-02-28T09:00:00.000Z' });
    expect(none).toBe(409);
  });

  const aPurchaseOfEve = async (): Promise<number> => {
    const elsewhere = await aWorld(api.orm);
    const purchaseId = await aPurchase(api.orm, elsewhere);
    const customer = await asContact(elsewhere.contactId, elsewhere);
    return (await customer.post(`/v1/me/purchases/${purchaseId}/undo-cancel`, {})).status;
  };
});

describe('a new card', () => {
  const withCustomer = () => aCustomerAtStripe(api.orm.em.fork(), world.contactId);
  const overdue = (state: PurchaseState): PurchaseState => {
    const unpaid = {
      since: T0,
      invoiceId: 'in_late',
      amountMinor: 2900,
      currency: 'usd',
      attempts: 1,
      nextTryAt: null,
      declineCode: 'stolen_card',
    };
    const overdue = [{ ...unpaid, needsConfirmation: false, hasFailed: true, suspendsAccess: false }];
    return state.billing.kind === 'subscription' ? { ...state, billing: { ...state.billing, overdue } } : state;
  };
  const begin = async (purchaseId: string): Promise<string> => {
    const { body } = await ada.post(`/v1/me/purchases/${purchaseId}/card-session`, {});
    return new URL(body.url).pathname.slice(1);
  };

  test('is left at Stripe and pays from then on; until it is left, nothing is changed', async () => {
    const purchaseId = await aPurchase(api.orm, world);
    await withCustomer();
    const sessionId = await begin(purchaseId);
    const use = () => ada.post(`/v1/me/purchases/${purchaseId}/card`, { sessionId });

    const early = await use();
    api.stripe.completed.add(sessionId);
    const done = await use();

    expect(api.stripe.setups.at(-1)).toMatchObject({
      purchaseId,
      currency: 'usd',
      cancelUrl: expect.stringMatching(/^http:\/\/perennial\.test\/s\/[a-z0-9-]+\/billing$/),
      successUrl: expect.stringContaining(`/billing/card-updated?purchase=${purchaseId}&session={CHECKOUT_SESSION_ID}`),
    });
    expect([early.status, done.status]).toEqual([409, 200]);
    expect(done.body).toMatchObject({ payment: 'none_due', purchase: { id: purchaseId } });
  });

  test('has what is overdue tried once, as the customer, however often the page is opened [R11.5]', async () => {
    const purchaseId = await aPurchase(api.orm, world, overdue);
    await withCustomer();
    const sessionId = await begin(purchaseId);
    api.stripe.completed.add(sessionId);
    const tried: string[] = [];
    api.onLook(async (_purchaseId, rowId) => {
      tried.push(rowId ?? '');
      await endCommand(api.orm, rowId ?? '', { code: 'card_declined', detail: 'Your card was declined.' });
    });

    const answers = [];
    for (let times = 0; times < 2; times += 1)
      answers.push(await ada.post(`/v1/me/purchases/${purchaseId}/card`, { sessionId }));

    expect(answers.map(({ body }) => body)).toMatchObject(Array(2).fill({ payment: 'declined' }));
    expect(tried).toHaveLength(1);
    const [row] = await api.orm.em.fork().execute('select kind, actor from inbox where id = ?', [tried[0]]);
    expect(row).toEqual({ kind: 'retry-new-card', actor: { kind: 'customer', id: world.contactId } });
  });

  test('is asked for without a word of what the bank keeps from whoever holds the card', async () => {
    const purchaseId = await aPurchase(api.orm, world, overdue);

    const { body } = await ada.get(`/v1/me/purchases/${purchaseId}`);
    const { body: seen } = await owner.get(`/v1/purchases/${purchaseId}`);

    expect(body).toMatchObject({ overdue: { amountMinor: 2900, declineCode: 'generic_decline' } });
    expect(seen).toMatchObject({ overdue: [{ declineCode: 'stolen_card' }] });
  });

  test('is not asked for where nothing is charged, nor for what is somebody else’s', async () => {
    const grantId = await aPurchase(api.orm, world, (state) => ({ ...state, billing: { kind: 'none' } }));
    await withCustomer();
    const eve = await anotherContact();
    const path = `/v1/me/purchases/${grantId}/card`;

    const asked = [await ada.post(`${path}-session`, {}), await eve.post(`${path}-session`, {})];
    const used = [await ada.post(path, { sessionId: 'cs_1' }), await eve.post(path, { sessionId: 'cs_1' })];

    expect([...asked, ...used].map(({ status }) => status)).toEqual([409, 404, 409, 404]);
  });
});
