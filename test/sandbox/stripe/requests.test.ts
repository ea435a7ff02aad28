import { describe, expect, it } from '@jest/globals';
import type Stripe from 'stripe';
import { aCustomer, aPrice, clientFor, control, refusal, until } from './sandbox.ts';
import { sandbox, useSandbox } from './use-sandbox.ts';

useSandbox();

describe('an idempotency key', () => {
  it('gives the stored answer again, and refuses other parameters', async () => {
    const { stripe } = sandbox;
    const options = { idempotencyKey: 'k1' };
    const first = await stripe.customers.create({ email: 'a@example.com' }, options);
    const again = await stripe.customers.create({ email: 'a@example.com' }, options);

    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect((await stripe.customers.list()).data).toHaveLength(1);
    const other = await refusal(stripe.customers.create({ email: 'b@example.com' }, options));
    expect(other).toMatchObject({ type: 'StripeIdempotencyError', statusCode: 400 });
  });

  it('stores refusals and declines too, but nothing that was refused before it began', async () => {
    const { stripe } = sandbox;
    const { customer } = await aCustomer(sandbox, { card: 'pm_card_chargeCustomerFail' });
    const wish = { amount: 100, currency: 'usd', customer: customer.id, confirm: true };
    const payment_method = customer.invoice_settings.default_payment_method as string;
    const pay = () => stripe.paymentIntents.create({ ...wish, payment_method }, { idempotencyKey: 'k2' });
    const first = await refusal(pay());
    const again = await refusal(pay());

    expect(first).toMatchObject({ statusCode: 402, code: 'card_declined' });
    expect(again).toMatchObject({
      statusCode: 402,
      code: 'card_declined',
      headers: { 'original-request': first.requestId },
    });
    expect((await stripe.charges.list()).data).toHaveLength(1);

    const bad = stripe.customers.create({ nonsense: '1' } as object, { idempotencyKey: 'k3' });
    expect(await refusal(bad)).toMatchObject({ statusCode: 400, code: 'parameter_unknown', param: 'nonsense' });
    expect((await stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'k3' })).name).toBe('Ada');
  });
});

describe('a request', () => {
  it('without a key is 401, with another key sees another account', async () => {
    const nobody = await fetch(`${sandbox.url}/v1/customers`);
    expect(nobody.status).toBe(401);
    expect(await nobody.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
    expect(nobody.headers.get('request-id')).toMatch(/^req_/);

    const { id } = await sandbox.stripe.customers.create({ name: 'Ada' });
    const other = clientFor(sandbox.url, 'sk_test_other');
    expect(await refusal(other.customers.retrieve(id))).toMatchObject({ statusCode: 404, code: 'resource_missing' });
    const connected = { stripeAccount: 'acct_connected' };
    const theirs = await sandbox.stripe.customers.create({ name: 'Bob' }, connected);
    expect(await refusal(sandbox.stripe.customers.retrieve(theirs.id))).toMatchObject({ statusCode: 404 });
    expect((await sandbox.stripe.events.list({}, connected)).data[0]).toMatchObject({ account: 'acct_connected' });
  });

  it('is checked for unknown, missing and malformed parameters', async () => {
    const { stripe } = sandbox;
    const price = await aPrice(sandbox);
    const calls: [Promise<unknown>, object][] = [
      [stripe.refunds.create({}), { code: 'parameter_missing' }],
      [
        stripe.prices.create({ product: price.product as string, unit_amount: 1 } as Stripe.PriceCreateParams),
        { param: 'currency', code: 'parameter_missing' },
      ],
      [
        stripe.subscriptions.create({ customer: 'cus_x', items: [{ price: price.id }] }),
        { param: 'customer', code: 'resource_missing', statusCode: 400 },
      ],
      [
        stripe.subscriptions.create({ customer: 'cus_x', items: [{ prize: 'p' } as object] }),
        { param: 'items[0][prize]', code: 'parameter_unknown' },
      ],
      [
        stripe.events.list({ limit: 'many' as unknown as number }),
        { param: 'limit', code: 'parameter_invalid_integer' },
      ],
      [
        stripe.subscriptions.retrieve('sub_x'),
        { statusCode: 404, code: 'resource_missing', message: "No such subscription: 'sub_x'" },
      ],
      [stripe.quotes.list(), { statusCode: 404 }],
    ];

    for (const [call, expected] of calls)
      expect(await refusal(call)).toMatchObject({ type: 'StripeInvalidRequestError', ...expected });
  });

  it('pages through a list in both directions and filters by creation', async () => {
    const { stripe } = sandbox;
    for (const name of ['a', 'b', 'c', 'd', 'e']) await stripe.customers.create({ name });
    const names = (page: { data: Stripe.Customer[] }) => page.data.map(({ name }) => name);

    const first = await stripe.customers.list({ limit: 2 });
    expect([names(first), first.has_more]).toEqual([['e', 'd'], true]);
    const second = await stripe.customers.list({ limit: 2, starting_after: first.data[1]!.id });
    expect(names(second)).toEqual(['c', 'b']);
    expect(names(await stripe.customers.list({ limit: 2, ending_before: second.data[0]!.id }))).toEqual(['e', 'd']);
    const all = await stripe.customers.list({ limit: 2 }).autoPagingToArray({ limit: 100 });
    expect(all).toHaveLength(5);
    const future = Math.floor(Date.now() / 1000) + 60;
    expect((await stripe.customers.list({ created: { gte: future } })).data).toEqual([]);
  });
});

describe('a staged fault', () => {
  it('is the answer as often as asked for, and 429 is not stored under the key', async () => {
    const { stripe } = sandbox;
    await control(sandbox, 'POST', '/faults', { kind: '429', method: 'POST', path: '/v1/customers', times: 1 });
    const create = () => stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'k' });

    expect(await refusal(create())).toMatchObject({ type: 'StripeRateLimitError', statusCode: 429 });
    expect((await create()).name).toBe('Ada');
  });

  it('500 is stored: the same key gives it again', async () => {
    const { stripe } = sandbox;
    await control(sandbox, 'POST', '/faults', { kind: '500', times: 1 });
    const create = (idempotencyKey: string) => stripe.customers.create({ name: 'Ada' }, { idempotencyKey });

    expect(await refusal(create('k'))).toMatchObject({ type: 'StripeAPIError', statusCode: 500 });
    expect(await refusal(create('k'))).toMatchObject({ statusCode: 500 });
    expect((await create('other')).name).toBe('Ada');
  });

  // The SDK itself asks once more after a cut connection, whatever its retry setting.
  it('reset loses the request', async () => {
    const { stripe } = sandbox;
    await control(sandbox, 'POST', '/faults', { kind: 'reset', times: 2 });

    expect(await refusal(stripe.customers.create({ name: 'Ada' }))).toMatchObject({ type: 'StripeConnectionError' });
    expect((await stripe.customers.list()).data).toHaveLength(0);
  });

  it('reset_after loses only the answer, which the same key then gets', async () => {
    const { stripe } = sandbox;
    await control(sandbox, 'POST', '/faults', { kind: 'reset_after', times: 2 });
    const create = () => stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'k' });

    expect(await refusal(create())).toMatchObject({ type: 'StripeConnectionError' });
    expect((await create()).lastResponse.headers['idempotent-replayed']).toBe('true');
    expect((await stripe.customers.list()).data).toHaveLength(1);
  });

  it('hang holds the request, and its key is in use meanwhile', async () => {
    const { stripe } = sandbox;
    await control(sandbox, 'POST', '/faults', { kind: 'hang', times: 1 });
    const hanging = refusal(stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'k', timeout: 300 }));
    await control(sandbox, 'GET', '/faults');

    const meanwhile = await refusal(stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'k' }));
    expect(meanwhile).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
    expect(await hanging).toMatchObject({ type: 'StripeConnectionError' });

    const create = () => stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'k' });
    await until(() => create().then(Boolean, () => false));
    expect((await stripe.customers.list()).data).toHaveLength(1);
  });

  it('and every request can be looked up afterwards', async () => {
    await sandbox.stripe.customers.create({ name: 'Ada', metadata: { commandId: 'c' } }, { idempotencyKey: 'k' });
    const { data } = await control(sandbox, 'GET', '/requests?method=POST&path=/v1/customers');

    const params = { name: 'Ada', metadata: { commandId: 'c' } };
    expect(data).toMatchObject([{ method: 'POST', path: '/v1/customers', idempotencyKey: 'k', params, status: 200 }]);
  });
});
