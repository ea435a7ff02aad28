import { describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import type {
  accountForecastSchema,
  contactForecastSchema,
  purchaseForecastSchema,
} from '../../api/forecast/forecast-schema.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { aContact, anOffer } from '../builders/rows.ts';
import { anOverdue } from '../builders/purchase.ts';
import { aPurchase, T0 } from './a-world.ts';
import { api, owner, world, useApi } from './use-api.ts';

useApi();

type Forecast = z.output<typeof purchaseForecastSchema>;

const PAUSE = { since: T0, access: 'keep', resumeAt: null } as const;
const CHANGE = { kind: 'subscription', ended: null } as const;

const withBilling =
  (billing: Partial<Extract<PurchaseState['billing'], { kind: 'subscription' }>>) =>
  (state: PurchaseState): PurchaseState => ({
    ...state,
    billing: { ...state.billing, ...CHANGE, ...billing } as never,
  });

const forecast = async (purchaseId: string, query = '') =>
  (await owner.get(`/v1/purchases/${purchaseId}/forecast${query}`)).body as unknown as Forecast;

describe('of a purchase', () => {
  test('says what comes, each thing at its instant, with its sums', async () => {
    const purchaseId = await aPurchase(api.orm, world);

    const body = await forecast(purchaseId, '?until=2027-03-31T09:00:00Z');

    const known = { purchaseId, certain: true, why: null };
    const charge = { kind: 'charge', amountMinor: 2900, currency: 'usd', instalment: null, instalments: null };
    const receipt = { kind: 'email', email: 'payment-receipt', to: 'customer' };
    const [february, march, closes] = [
      '2027-02-28T09:00:00.000Z',
      '2027-03-31T09:00:00.000Z',
      '2027-03-02T09:00:00.000Z',
    ];
    expect(body).toEqual({
      purchaseId,
      asOf: T0,
      until: march,
      entries: [
        { at: february, kind: 'due', due: 'renewal', ...known },
        { at: february, ...charge, ...known },
        { at: february, ...receipt, ...known },
        { at: closes, kind: 'due', due: 'refund-window-closes', ...known },
        { at: closes, kind: 'event', event: 'purchase.refund-window-closed', ...known },
        { at: march, kind: 'due', due: 'renewal', ...known },
        { at: march, ...charge, ...known },
        { at: march, ...receipt, ...known },
      ],
      totals: [{ currency: 'usd', charges: 2, amountMinor: 5800, uncertainMinor: 0 }],
      notes: [],
    });
  });

  test('does nothing', async () => {
    const purchaseId = await aPurchase(api.orm, world);
    const stored = () => api.orm.em.fork().findOneOrFail(Purchase, purchaseId);
    const before = await stored();

    await forecast(purchaseId, '?until=2029-12-31T00:00:00Z');

    expect(await stored()).toEqual(before);
  });

  test('goes a year ahead unless said, and never beyond 36 months, nor into the past', async () => {
    const purchaseId = await aPurchase(api.orm, world);
    const asked = async (until: string) =>
      (await owner.get(`/v1/purchases/${purchaseId}/forecast?until=${until}`)).body;

    expect((await forecast(purchaseId)).until).toBe('2028-01-31T09:00:00.000Z');
    expect((await forecast(purchaseId, '?until=2030-01-31T09:00:00Z')).totals).toMatchObject([{ charges: 36 }]);
    expect(await asked('2030-01-31T09:00:01Z')).toMatchObject({
      status: 422,
      code: 'validation_failed',
      field: 'until',
    });
    expect(await asked(T0)).toMatchObject({ status: 422, code: 'instant_past', field: 'until' });
    expect(await asked('2027-12-31')).toMatchObject({ status: 422 });
  });

  test('says in words what only Stripe knows, and of how much', async () => {
    const overdue = [
      anOverdue({ invoiceId: 'in_2', since: T0, amountMinor: 2900, nextTryAt: '2027-02-03T09:00:00.000Z' }),
    ];
    const pastDue = await aPurchase(api.orm, world, withBilling({ overdue }));
    const changedPrice = { amountMinor: 3300, currency: 'usd' };
    const { offerId } = await anOffer(api.orm.em.fork(), world.accountId, { productIds: [world.productId] });
    const repriced = await aPurchase(api.orm, { ...world, offerId }, withBilling({ changedPrice }));

    const { entries, totals } = await forecast(pastDue, '?until=2027-03-01T00:00:00Z');
    const ofPrice = await forecast(repriced, '?until=2027-03-01T00:00:00Z');

    expect(entries.filter(({ certain }) => !certain)[0]).toMatchObject({
      at: '2027-02-03T09:00:00.000Z',
      kind: 'due',
      due: 'payment-retry',
      why: expect.stringContaining('Whether the card is taken'),
    });
    expect(entries).toContainEqual(
      expect.objectContaining({
        kind: 'state',
        before: { billingStatus: 'past_due', accessStatus: 'full' },
        after: { billingStatus: 'active', accessStatus: 'full' },
      }),
    );
    expect(totals).toEqual([{ currency: 'usd', charges: 2, amountMinor: 5800, uncertainMinor: 2900 }]);
    expect(ofPrice.totals).toMatchObject([{ amountMinor: 3300, uncertainMinor: 3300 }]);
  });

  test('notes a pause without an end', async () => {
    const purchaseId = await aPurchase(api.orm, world, withBilling({ pause: PAUSE }));

    const { totals, notes } = await forecast(purchaseId);

    expect(totals).toEqual([]);
    expect(notes).toEqual([{ purchaseId, text: 'It is paused without an end, so nothing is charged.' }]);
  });

  test('ends with what it requires [R27.6]', async () => {
    const em = api.orm.em.fork();
    const addOn = await anOffer(em, world.accountId, { productIds: [world.productId], requires: [world.offerId] });
    const cancellation = { at: '2027-02-28T09:00:00.000Z', cause: 'internal', askedAt: T0 } as const;
    await aPurchase(api.orm, world, withBilling({ cancellation }));
    const dependentId = await aPurchase(api.orm, { ...world, offerId: addOn.offerId });
    await api.orm.em.fork().nativeUpdate(Purchase, { id: dependentId }, { requires: [world.offerId] });

    const { entries } = await forecast(dependentId);

    const last = { before: { billingStatus: 'active' }, after: { billingStatus: 'canceled', accessStatus: 'none' } };
    expect(entries.findLast(({ kind }) => kind === 'state')).toMatchObject({ at: cancellation.at, ...last });
  });

  test('is no money of assistants, and nothing of other accounts', async () => {
    const purchaseId = await aPurchase(api.orm, world);
    const assistant = api.client(world.keys.assistant);

    for (const path of [`/v1/purchases/${purchaseId}`, `/v1/contacts/${world.contactId}`, '/v1'])
      expect((await assistant.get(`${path}/forecast`)).status).toBe(403);
    expect((await owner.get(`/v1/purchases/${world.contactId}/forecast`)).status).toBe(404);
    expect((await owner.get(`/v1/contacts/${purchaseId}/forecast`)).status).toBe(404);
  });
});

test('of a contact: everything that it has, in the order in which it happens', async () => {
  const { offerId } = await anOffer(api.orm.em.fork(), world.accountId, { productIds: [world.productId] });
  const ids = [await aPurchase(api.orm, world), await aPurchase(api.orm, { ...world, offerId })];

  const answer = await owner.get(`/v1/contacts/${world.contactId}/forecast?until=2027-03-01T00:00:00Z`);
  const body = answer.body as unknown as z.output<typeof contactForecastSchema>;

  expect(body).toMatchObject({ contactId: world.contactId, totals: [{ charges: 2, amountMinor: 5800 }] });
  const charged = body.entries.filter(({ kind }) => kind === 'charge').map(({ purchaseId }) => purchaseId);
  expect(charged.toSorted()).toEqual(ids.toSorted());
});

test('of the account: revenue by month; its pages add up', async () => {
  const em = api.orm.em.fork();
  for (let count = 0; count < 3; count += 1)
    await aPurchase(api.orm, { ...world, contactId: await aContact(em, world.accountId) });
  const read = async (query: string) =>
    (await owner.get(`/v1/forecast?until=2027-03-31T08:00:00Z${query}`)).body as unknown as z.output<
      typeof accountForecastSchema
    >;

  const all = await read('');
  const first = await read('&limit=2');
  const second = await read(`&limit=2&cursor=${first.nextCursor}`);

  const sum = { currency: 'usd', charges: 3, amountMinor: 8700, uncertainMinor: 0 };
  expect(all).toMatchObject({ purchases: 3, months: [{ month: '2027-02', ...sum }], totals: [sum], nextCursor: null });
  expect([first, second].map(({ purchases, totals }) => [purchases, totals[0]?.amountMinor])).toEqual([
    [2, 5800],
    [1, 2900],
  ]);
  expect(second.nextCursor).toBeNull();
});
