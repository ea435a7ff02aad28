import { describe, expect, test } from '@jest/globals';
import { createLoginToken } from '../../db/people/login-tokens.ts';
import { aPlan, month } from '../builders/plan.ts';
import { subscriptionIdOf } from '../../workflows/domain/billing-parts.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { aPurchase, T0 } from './a-world.ts';
import { api, guest, owner, world, useApi } from './use-api.ts';

useApi();

const PLAN = { kind: 'payment_plan', amountMinor: 4900, currency: 'usd', instalments: 6 } as const;
const offer = (price: object) => owner.post('/v1/offers', { name: 'Plan', productIds: [world.productId], price });

describe('an offer of a payment plan [R4.2]', () => {
  test('says how many instalments there are, and what each is', async () => {
    expect(await offer(PLAN)).toMatchObject({ status: 201, body: { price: PLAN } });
  });

  test.each([
    ['one instalment', { instalments: 1 }, 'price.instalments'],
    ['thirteen', { instalments: 13 }, 'price.instalments'],
    ['none named', { instalments: undefined }, 'price.instalments'],
    ['less than Stripe charges', { amountMinor: 49 }, 'price.amountMinor'],
    ['an uneven amount', { amountMinor: 12_345, currency: 'isk' }, 'price.amountMinor'],
    ['an interval of its own', { interval: 'year' }, 'price.interval'],
    ['a trial', { trialDays: 7 }, 'price.trialDays'],
  ])('is refused with %s, naming the field', async (_what, change, field) => {
    expect(await offer({ ...PLAN, ...change })).toMatchObject({ status: 422, body: { field } });
  });

  test('tells Stripe’s page for how many months', async () => {
    const { body } = await offer(PLAN);
    const begun = await owner.post('/v1/checkouts', { offerId: body.id, email: 'bob@example.com' });

    expect(begun.status).toBe(201);
    expect(api.stripe.checkouts.at(-1)).toMatchObject({
      mode: 'subscription',
      trialDays: 0,
      note: '6 monthly payments of $49.00, and nothing after them.',
    });
  });
});

describe('a purchase of a payment plan', () => {
  function inPlan(state: PurchaseState): PurchaseState {
    const subscriptionId = subscriptionIdOf(state.billing);
    const { terms, billing, payments } = aPlan({ paid: 3, billing: { subscriptionId } });
    return { ...state, terms: { ...state.terms, price: terms.price }, billing, payments };
  }

  test('shows its instalments, what is due, and its kind', async () => {
    const { body } = await owner.get(`/v1/purchases/${await aPurchase(api.orm, world, inPlan)}`);

    expect(body).toMatchObject({
      instalments: { paid: 3, total: 6 },
      nextCharge: { amountMinor: 4900, currency: 'usd' },
      cancelAt: null,
      billing: { kind: 'payment_plan', status: 'active', cancellation: null },
      due: expect.arrayContaining([
        { kind: 'last-instalment', at: month(5), owner: 'stripe' },
        { kind: 'instalment', at: month(4), owner: 'stripe' },
      ]),
    });
  });

  test('cannot be canceled by its customer, whatever the setting, and says what is legal [R9.1]', async () => {
    const of = { accountId: world.accountId, contactId: world.contactId, kind: 'login', now: T0 } as const;
    const { token } = await createLoginToken(api.orm.em.fork(), of);
    const ada = api.client((await guest.post('/v1/login-links/exchange', { token })).body.token);
    const path = `/v1/me/purchases/${await aPurchase(api.orm, world, inPlan)}/cancel`;

    expect(await ada.post(path, {})).toMatchObject({
      status: 409,
      body: { code: 'wrong_state', state: 'active', legalVerbs: expect.arrayContaining(['cancel']) },
    });
    await owner.patch('/v1/settings', { selfCancel: { isOn: false } });
    expect((await ada.post(path, { dryRun: true })).status).toBe(409);
  });
});
