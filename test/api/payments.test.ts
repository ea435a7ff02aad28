import { beforeEach, describe, expect, test } from '@jest/globals';
import { Account } from '../../db/entities/account.ts';
import type { Payment } from '../../db/entities/payment.ts';
import { Refund } from '../../db/entities/refund.ts';
import { aContact, aPaymentRow } from '../builders/rows.ts';
import { aPurchase, aWorld, T0, type World } from './a-world.ts';
import { api, owner, world, useApi } from './use-api.ts';

useApi();

let purchaseId: string;
beforeEach(async () => {
  purchaseId = await aPurchase(api.orm, world);
});

const em = () => api.orm.em.fork();
let made = 0;

const aPayment = (given: Partial<Payment> = {}, { accountId, contactId }: World = world): Promise<string> =>
  aPaymentRow(em(), { accountId, contactId, purchaseId, id: `in_${(made += 1)}`, ...given });

const failure = { paidAt: null, failedAt: T0, attempts: 2, nextTryAt: '2027-02-03T09:00:00.000Z' };
const ids = async (query: string): Promise<string[]> =>
  (await owner.get(`/v1/payments?${query}`)).body.data.map(({ id }) => id);

describe('a payment', () => {
  test('says whose it is, for what, and what became of it', async () => {
    const disputes = [
      { disputeId: 'dp_1', amountMinor: 2900, status: 'open', since: T0, reason: 'fraudulent', evidenceDueAt: T0 },
    ] as const;
    const id = await aPayment({ refundedMinor: 1000, disputedAt: T0, disputes: [...disputes] });
    const refund = {
      amountMinor: -1000,
      currency: 'usd',
      status: 'succeeded',
      commandId: null,
      createdAt: T0,
    } as const;
    await em().insert(Refund, { ...refund, id: 're_1', accountId: world.accountId, purchaseId, paymentId: id });

    const one = await owner.get(`/v1/payments/${id}`);
    const list = await owner.get('/v1/payments');

    expect(list.body.data).toEqual([one.body]);
    expect(one.body).toMatchObject({
      id,
      purchaseId,
      contact: { id: world.contactId, email: 'ada@example.com' },
      offer: { id: world.offerId, name: 'Monthly' },
      state: 'disputed',
      at: T0,
      paidAt: T0,
      failedAt: null,
      declineReason: null,
      refundedMinor: 1000,
      refunds: [{ id: 're_1', amountMinor: -1000, status: 'succeeded' }],
      disputes: [{ id: 'dp_1', status: 'open', reason: 'fraudulent', evidenceDueAt: T0 }],
    });
  });

  test('that failed is listed with the reason in words and the next try', async () => {
    await aPayment({ ...failure, declineCode: 'insufficient_funds' });

    const { body } = await owner.get('/v1/payments?state=failed');

    expect(body.data).toMatchObject([
      {
        state: 'failed',
        at: T0,
        paidAt: null,
        failedAt: T0,
        attempts: 2,
        nextTryAt: '2027-02-03T09:00:00.000Z',
        declineCode: 'insufficient_funds',
        declineReason: 'there was not enough money on the card',
      },
    ]);
  });

  test('that was paid at last, or given up, has no next try any more, but keeps why it failed', async () => {
    const paid = await aPayment({ ...failure, paidAt: T0, declineCode: 'expired_card' });
    const canceled = await aPayment({ ...failure, canceledAt: T0, declineCode: 'expired_card' });

    const told = { nextTryAt: null, attempts: 2, declineReason: 'the card has expired' };
    expect((await owner.get(`/v1/payments/${paid}`)).body).toMatchObject({ ...told, state: 'succeeded' });
    expect((await owner.get(`/v1/payments/${canceled}`)).body).toMatchObject({ ...told, state: 'canceled' });
  });

  test('is read with its card, which is asked of Stripe once and in the list from then on', async () => {
    const id = await aPayment();
    const one = () => owner.get(`/v1/payments/${id}`);

    api.stripe.isAway = true;
    expect(await one()).toMatchObject({ status: 200, body: { card: null } });
    api.stripe.isAway = false;
    expect((await owner.get('/v1/payments')).body.data).toMatchObject([{ card: null }]);

    expect((await one()).body).toMatchObject({ card: { brand: 'visa', last4: '4242' } });
    expect((await owner.get('/v1/payments')).body.data).toMatchObject([{ card: { brand: 'visa', last4: '4242' } }]);
    api.stripe.isAway = true;
    expect((await one()).body).toMatchObject({ card: { brand: 'visa', last4: '4242' } });
    api.stripe.isAway = false;
  });

  test('has its card in the list once the card of its purchase has been looked at', async () => {
    await aPayment({ id: `in_${purchaseId}` });

    await owner.get(`/v1/purchases/${purchaseId}/card`);

    expect((await owner.get('/v1/payments')).body.data).toMatchObject([{ card: { brand: 'visa', last4: '4242' } }]);
  });

  test('that was not paid by card is asked for once as well, and one that failed not at all', async () => {
    const failed = await aPayment(failure);
    const id = await aPayment({ isCardRead: true });
    const before = api.stripe.calls.length;

    expect((await owner.get(`/v1/payments/${id}`)).body).toMatchObject({ card: null });
    expect((await owner.get(`/v1/payments/${failed}`)).body).toMatchObject({ card: null });
    expect(api.stripe.calls).toHaveLength(before);
  });

  test('that failed is nothing paid: neither of the person nor of the day', async () => {
    await aPayment(failure);
    await aPayment();

    const totals = await owner.get(`/v1/contacts/${world.contactId}/totals`);

    expect(totals.body.data).toEqual([{ currency: 'usd', payments: 1, paidMinor: 2900, refundedMinor: 0 }]);
  });
});

describe('payments are found', () => {
  test('by contact and by purchase', async () => {
    const contactId = await aContact(em(), world.accountId, { email: 'grace@example.com' });
    const other = await aPurchase(api.orm, { ...world, contactId });
    const ada = await aPayment();
    const grace = await aPayment({ contactId, purchaseId: other });

    expect(await ids(`contactId=${contactId}`)).toEqual([grace]);
    expect(await ids(`purchaseId=${purchaseId}`)).toEqual([ada]);
    expect(await ids(`contactId=${contactId}&purchaseId=${purchaseId}`)).toEqual([]);
  });

  test('by state, each as what is so', async () => {
    const of = {
      succeeded: await aPayment(),
      partially_refunded: await aPayment({ refundedMinor: 1 }),
      refunded: await aPayment({ refundedMinor: 2900 }),
      disputed: await aPayment({ disputedAt: T0 }),
      failed: await aPayment(failure),
      requires_action: await aPayment({ ...failure, needsConfirmation: true }),
      canceled: await aPayment({ ...failure, canceledAt: T0 }),
    };

    for (const [state, id] of Object.entries(of)) expect(await ids(`state=${state}`)).toEqual([id]);
    const one = Object.fromEntries(Object.keys(of).map((state) => [state, 1]));
    expect((await owner.get('/v1/payments/counts')).body).toEqual({ ...one, all: 7, over: [] });
    const none = Object.fromEntries(Object.keys(of).map((state) => [state, 0]));
    expect((await owner.get('/v1/payments/counts?currency=eur')).body).toEqual({ ...none, all: 0, over: [] });
  });

  test('by currency and amount', async () => {
    const usd = await aPayment();
    const eur = await aPayment({ currency: 'eur', amountMinor: 700 });
    const big = await aPayment({ amountMinor: 29000 });

    expect(await ids('currency=eur')).toEqual([eur]);
    expect(await ids('amountMinor=2900&currency=usd')).toEqual([usd]);
    expect(await ids('amountMinorFrom=2900')).toEqual([big, usd]);
    expect(await ids('amountMinorFrom=700&amountMinorTo=2900')).toEqual([eur, usd]);
  });

  test('within [from, to), by instants and by dates of the zone of the account', async () => {
    await em().nativeUpdate(Account, { id: world.accountId }, { timeZone: 'Europe/Vienna' });
    // In Vienna, midnight of 1 February.
    const midnight = await aPayment({ paidAt: '2027-01-31T23:00:00.000Z' });
    const before = await aPayment({ paidAt: '2027-01-31T22:59:59.999Z' });

    expect(await ids('from=2027-02-01')).toEqual([midnight]);
    expect(await ids('to=2027-02-01')).toEqual([before]);
    expect(await ids('from=2027-01-31T23:00:00Z')).toEqual([midnight]);
    expect(await ids('from=2027-01-31&to=2027-02-02')).toEqual([midnight, before]);
    expect(await ids('to=2027-01-31T23:00:00.000Z')).toEqual([before]);
  });

  test('in pages that share nothing and leave nothing out, the newest first', async () => {
    const later = await aPayment({ paidAt: '2027-02-28T09:00:00.000Z' });
    const equal = [await aPayment(), await aPayment(), await aPayment(failure)];
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await owner.get(`/v1/payments?limit=1${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.data.map(({ id }) => id));
      cursor = body.nextCursor;
    }

    expect(seen).toEqual([later, ...equal.toSorted().toReversed()]);
    expect((await owner.get('/v1/payments/count?state=succeeded')).body).toEqual({ count: 3, isOver: false });
  });

  test('only of the account that asks', async () => {
    const other = await aWorld(api.orm);
    const foreign = await aPayment({}, other);

    expect(await ids('')).toEqual([]);
    expect(await ids(`contactId=${other.contactId}`)).toEqual([]);
    expect((await owner.get('/v1/payments/count')).body).toEqual({ count: 0, isOver: false });
    expect((await owner.get(`/v1/payments/${foreign}`)).status).toBe(404);
  });
});

describe('payments are refused', () => {
  test('to assistants, and shown to everybody else of the account [R2.1]', async () => {
    const id = await aPayment();
    const paths = ['/v1/payments', '/v1/payments/count', `/v1/payments/${id}`];
    const of = async (role: 'assistant' | 'support' | 'administrator') =>
      Promise.all(paths.map(async (path) => (await api.client(world.keys[role]).get(path)).status));

    expect(await of('assistant')).toEqual([403, 403, 403]);
    expect(await of('support')).toEqual([200, 200, 200]);
    expect(await of('administrator')).toEqual([200, 200, 200]);
  });

  test.each([
    'state=paid',
    'from=2027-02-30',
    'from=2027-02-01T00:00',
    'to=yesterday',
    'amountMinor=29.00',
    'amountMinorFrom=-1',
    'currency=xxy',
    'contactId=ada',
    'q=ada',
  ])('where the address says %s', async (query) => {
    const { status, body } = await owner.get(`/v1/payments?${query}`);

    expect(status).toBe(422);
    expect(body).toMatchObject({ errors: [{ field: query.split('=')[0] }] });
  });
});
