import { beforeEach, describe, expect, test } from '@jest/globals';
import { Email } from '../../db/entities/email.ts';
import { eventually } from '../ground/eventually.ts';
import { aPurchase } from './a-world.ts';
import { api, guest, owner, useApi, world } from './use-api.ts';

useApi({ waitMs: 300 });
beforeEach(() => {
  api.stripe.calls.length = 0;
  api.stripe.checkouts.length = 0;
  api.stripe.refuses = false;
});

const make = (given: object = {}) =>
  owner.post('/v1/promotion-codes', { code: 'SPRING', percentOff: 50, duration: { months: 3 }, ...given });
const checkOut = (given: object = {}) =>
  owner.post('/v1/checkouts', { offerId: world.offerId, email: 'new@example.com', promotionCode: 'spring', ...given });

test('a code is made, listed, read and ended; one of a text holds at a time', async () => {
  const { status, body } = await make();

  expect([status, body]).toMatchObject([201, { code: 'SPRING', state: 'active', uses: 0, duration: { months: 3 } }]);
  expect(await make({ code: 'spring' })).toMatchObject({ status: 409, body: { code: 'duplicate', field: 'code' } });
  const ended = await owner.post(`/v1/promotion-codes/${body.id}/end`);
  expect(ended.body).toMatchObject({ state: 'ended', endedAt: expect.any(String) });
  expect((await make({ code: 'Spring' })).status).toBe(201);
  const lists = await Promise.all(
    ['', '?active=true', '?active=false'].map((query) => owner.get(`/v1/promotion-codes${query}`)),
  );
  expect(lists.map(({ body: { data } }) => data.map((row) => (row as unknown as { code: string }).code))).toEqual([
    ['Spring', 'SPRING'],
    ['Spring'],
    ['SPRING'],
  ]);
});

test.each([
  [{ amountOffMinor: 500, currency: 'usd' }, 'percentOff'],
  [{ percentOff: undefined, amountOffMinor: 500 }, 'currency'],
  [{ percentOff: undefined, amountOffMinor: 501, currency: 'isk' }, 'amountOffMinor'],
  [{ percentOff: 100.5 }, 'percentOff'],
  [{ duration: 'twice' }, 'duration'],
  [{ code: 'NO SPACES' }, 'code'],
  [{ endsAt: '2020-01-01T00:00:00Z' }, 'endsAt'],
  [{ offerIds: ['0199a000-0000-7000-8000-0000000000ff'] }, 'offerIds'],
])('%j is refused, and names %s', async (given, field) => {
  const { status, body } = await make(given);

  expect(status).toBe(422);
  expect(JSON.stringify(body)).toContain(`"field":"${field}"`);
});

test('a checkout makes the code at Stripe once, and goes there with it', async () => {
  await make();

  const [first, second] = [await checkOut(), await checkOut({ email: 'other@example.com' })];

  expect([first.status, second.status]).toEqual([201, 201]);
  expect(new Set(api.stripe.checkouts.map(({ stripePromotionId }) => stripePromotionId)).size).toBe(1);
  expect(api.stripe.checkouts[0]?.stripePromotionId).toEqual(expect.any(String));
  expect(api.stripe.calls.filter(({ what }) => what === 'promotion')).toHaveLength(1);
});

test('a code that does not hold is refused with its reason before anything is made', async () => {
  const other = await owner.post('/v1/offers', {
    name: 'Other',
    productIds: [world.productId],
    price: { kind: 'subscription', amountMinor: 2900, currency: 'usd', interval: 'month' },
  });
  await make({ code: 'OTHER', offerIds: [other.body.id] });
  await make({ code: 'EURO', percentOff: undefined, amountOffMinor: 100, currency: 'eur' });
  await make({ code: 'MUCH', percentOff: 99.5 });
  const ended = await make({ code: 'ENDED' });
  await owner.post(`/v1/promotion-codes/${ended.body.id}/end`);

  const refusals: unknown[] = [];
  for (const promotionCode of ['NONE', 'OTHER', 'EURO', 'MUCH', 'ENDED']) {
    const { status, body } = await checkOut({ promotionCode });
    refusals.push([status, body.code, body.field]);
  }

  expect(refusals).toEqual(
    ['unknown', 'other_offer', 'other_currency', 'too_much', 'ended'].map((why) => [
      422,
      `promotion_code_${why}`,
      'promotionCode',
    ]),
  );
  expect(api.stripe.calls).toEqual([]);
});

test.each([
  [{ duration: { months: 121 } }, 'duration.months', 'must be 120 or less'],
  [{ maxUses: 1_000_000_001 }, 'maxUses', 'must be 1000000000 or less'],
  [{ percentOff: undefined, amountOffMinor: 100_000_000, currency: 'usd' }, 'amountOffMinor', 'is too large'],
  [{ percentOff: undefined, amountOffMinor: 9.5, currency: 'usd' }, 'amountOffMinor', 'must be a whole number'],
])('what a code cannot be is said by its own reason: %j', async (given, field, message) => {
  expect((await make(given)).body).toMatchObject({ code: 'validation_failed', errors: [{ field, message }] });
});

describe('who types an address on a public page learns nothing of what was bought with it [R5.7]', () => {
  const PAGE = () => `/v1/public/offers/${world.offerId}/checkout`;
  const told = async () => {
    const asked = { kind: 'promotion-code-refused', accountId: world.accountId };
    return (await eventually(() => api.orm.em.fork().findOne(Email, asked)))?.data;
  };
  const another = async () => {
    const price = { kind: 'subscription', amountMinor: 2900, currency: 'usd', interval: 'month' };
    return (await owner.post('/v1/offers', { name: 'Other', productIds: [world.productId], price })).body.id;
  };

  test('a code for first purchases is refused by mail, and the API says why', async () => {
    await make({ firstPurchaseOnly: true });
    await aPurchase(api.orm, { ...world, offerId: await another() });
    const asked = { email: 'ada@example.com', promotionCode: 'spring' };

    const answer = await guest.post(PAGE(), asked);
    const byKey = await checkOut(asked);

    expect([answer.status, answer.body]).toEqual([202, {}]);
    const why = 'promotion_code_first_purchase_only';
    expect(await told()).toMatchObject({ offerId: world.offerId, code: 'SPRING', why });
    expect(byKey).toMatchObject({ status: 422, body: { code: why, field: 'promotionCode' } });
  });

  test('so is one that Stripe refuses, where the reason may be the person', async () => {
    await make({ firstPurchaseOnly: true });
    api.stripe.refuses = true;

    const answer = await guest.post(PAGE(), { email: 'new@example.com', promotionCode: 'spring' });

    expect([answer.status, answer.body]).toEqual([202, {}]);
    expect(await told()).toMatchObject({ why: 'promotion_code_refused' });
  });

  test('coming back from Stripe’s page keeps the code', async () => {
    await make();

    await guest.post(PAGE(), { email: 'new@example.com', promotionCode: 'spring' });

    expect(api.stripe.checkouts[0]?.cancelUrl).toContain(`/join/${world.offerId}?code=spring`);
  });
});

test('anybody may ask what an offer costs with a code', async () => {
  await make();

  const quoted = await guest.post(`/v1/public/offers/${world.offerId}/price`, { promotionCode: ' spring ' });
  const unknown = await guest.post(`/v1/public/offers/${world.offerId}/price`, { promotionCode: 'x' });

  expect(quoted).toMatchObject({ status: 200, body: { code: 'SPRING', percentOff: 50 } });
  expect(unknown).toMatchObject({ status: 422, body: { code: 'promotion_code_unknown' } });
});
