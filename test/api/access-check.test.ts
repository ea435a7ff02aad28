import { describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { ROLES } from '../../workflows/domain/verb.ts';
import { aPurchase, aWorld, T0 } from './a-world.ts';
import { api, owner, world, useApi } from './use-api.ts';

useApi();

const MARCH = '2027-03-01T00:00:00.000Z';
const APRIL = '2027-04-01T00:00:00.000Z';

const check = (query: Record<string, string>, client = owner) =>
  client.get(`/v1/access-check?${new URLSearchParams(query).toString()}`);
const ofAda = () => check({ contactId: world.contactId, productId: world.productId });
const upTo = (endsAt: string) => (state: PurchaseState) => ({ ...state, access: { startsAt: T0, endsAt } });
const revoked = (state: PurchaseState): PurchaseState => ({
  ...state,
  revoked: state.terms.productIds.map((productId) => ({ productId, since: T0, by: { kind: 'system', id: null } })),
});

describe('an access check [R27.8]', () => {
  test('says yes, until when, and for how long that may be kept; by id and by address alike', async () => {
    await aPurchase(api.orm, world, upTo(MARCH));
    const { contactId, productId } = world;
    const answer = { productId, access: true, from: null, until: MARCH, maxAgeSeconds: 60 };

    expect(await ofAda()).toMatchObject({ status: 200, body: { ...answer, contactId, email: null } });
    const byAddress = await check({ email: ' Ada@Example.com', productId });
    expect(byAddress.body).toEqual({ ...answer, contactId: null, email: 'ada@example.com' });
  });

  test('is of all purchases: one of two is revoked, and the later end counts [R5.4]', async () => {
    const { contactId, productId } = world;
    await aPurchase(api.orm, world, revoked);
    expect((await ofAda()).body).toMatchObject({ access: false, from: null, until: null });
    const granted = await owner.post('/v1/offers', {
      name: 'Second',
      productIds: [productId],
      price: { kind: 'free' },
    });

    const through = await aPurchase(api.orm, { contactId, offerId: granted.body.id }, upTo(APRIL));

    expect((await ofAda()).body).toMatchObject({ access: true, until: APRIL });
    const explained = await owner.get(`/v1/contacts/${contactId}/access?productId=${productId}`);
    expect(explained.body).toMatchObject({
      hasAccess: true,
      through,
      from: null,
      until: APRIL,
      purchases: [
        { purchaseId: through, open: true },
        { open: false, blocks: [{ source: 'revoked', since: T0 }] },
      ],
    });
  });

  test('moves with the clock of a test account alone: it begins and ends without a record', async () => {
    await aPurchase(api.orm, world, (state) => ({ ...state, access: { startsAt: MARCH, endsAt: APRIL } }));
    const at = async (clockAt: string) => {
      await api.orm.em.fork().execute('update accounts set clock_at = ? where id = ?', [clockAt, world.accountId]);
      return (await ofAda()).body;
    };

    expect(await at('2027-02-28T23:59:59.999Z')).toMatchObject({ access: false, from: MARCH, until: null });
    expect(await at(MARCH)).toMatchObject({ access: true, from: null, until: APRIL });
    expect(await at(APRIL)).toMatchObject({ access: false, from: null, until: null });
  });

  test('of an address, contact or product that is not known, or is another account’s, is no', async () => {
    const other = await aWorld(api.orm);
    await aPurchase(api.orm, other);
    const { contactId, productId } = world;
    const asked = [
      { email: 'nobody@example.com', productId },
      { contactId: uuid(), productId },
      { contactId, productId: uuid() },
      { contactId: other.contactId, productId: other.productId },
      { email: 'ada@example.com', productId: other.productId },
    ];

    for (const query of asked) expect(await check(query)).toMatchObject({ status: 200, body: { access: false } });
  });

  test.each(ROLES)('may be asked by %s', async (role) => {
    const headers = role === 'operator' ? { 'perennial-account': world.accountId } : {};
    const { contactId, productId } = world;

    expect((await check({ contactId, productId }, api.client(world.keys[role], headers))).status).toBe(200);
  });

  test.each([
    [{}, 'productId'],
    [{ productId: uuid() }, 'contactId'],
    [{ productId: uuid(), contactId: uuid(), email: 'ada@example.com' }, 'contactId'],
    [{ productId: uuid(), email: 'ada' }, 'email'],
  ])('of %j is refused, naming the field', async (query, field) => {
    const { status, body } = await check(query);

    expect({ status, field: body.field }).toEqual({ status: 422, field });
  });
});

describe('many checks in one request', () => {
  test('are answered in their order', async () => {
    await aPurchase(api.orm, world);
    const { contactId, productId } = world;
    const pairs = [
      { email: 'nobody@example.com', productId },
      { contactId, productId },
      { email: 'ADA@example.com', productId },
    ];

    const { status, body } = await owner.post('/v1/access-check', { pairs });

    expect(status).toBe(200);
    expect(body.data).toMatchObject([
      { email: 'nobody@example.com', access: false },
      { contactId, access: true },
      { email: 'ada@example.com', access: true },
    ]);
  });

  test('are a hundred at most, and each names one person', async () => {
    const pair = { contactId: uuid(), productId: uuid() };
    const post = async (pairs: object[]) => (await owner.post('/v1/access-check', { pairs })).status;

    expect(await post(Array(100).fill(pair))).toBe(200);
    expect(await post(Array(101).fill(pair))).toBe(422);
    expect(await post([])).toBe(422);
    expect(await post([{ productId: uuid() }])).toBe(422);
  });
});
