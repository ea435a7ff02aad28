import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { API_VERSION, createStripeGateway, HANDLED_EVENTS } from '../../activities/gateways/stripe.ts';
import { stripeEndpoint } from '../../worker/stripe-endpoint.ts';
import { aSandbox, type Sandbox } from '../sandbox/stripe/sandbox.ts';

const URL_HERE = 'https://willow.example/webhooks/stripe/platform';
let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await aSandbox();
});
afterEach(() => sandbox.close());

function run({ isCheck = false } = {}) {
  const gateway = createStripeGateway({ apiKey: 'sk_test_owner', apiBase: sandbox.url, timeoutMs: 5_000 });
  return stripeEndpoint({ gateway, publicUrl: 'https://willow.example/' }, { isCheck });
}
const endpoints = async () => (await sandbox.stripe.webhookEndpoints.list()).data;

test('the endpoint is made once, with the types that we act on and our API version, and its secret is told once', async () => {
  const missing = await run({ isCheck: true });
  const created = await run();
  const again = await run();

  expect(missing).toMatchObject({ state: 'missing', id: null });
  expect(created).toMatchObject({
    state: 'created',
    url: URL_HERE,
    secret: expect.stringMatching(/^whsec_/),
    differs: [],
  });
  expect(created.account).toMatch(/^acct_/);
  expect(again).toMatchObject({ state: 'right', id: created.id, differs: [] });
  expect(again.secret).toBeUndefined();
  const [endpoint, ...others] = await endpoints();
  expect(others).toEqual([]);
  expect(endpoint).toMatchObject({ url: URL_HERE, api_version: API_VERSION, status: 'enabled' });
  expect(endpoint?.enabled_events).toEqual([...HANDLED_EVENTS]);
});

test('an endpoint that lacks a type or is disabled is told by a check, and put right without a new secret', async () => {
  const { id } = await sandbox.stripe.webhookEndpoints.create({
    url: URL_HERE,
    api_version: API_VERSION,
    enabled_events: ['invoice.paid', 'customer.created'],
  });
  await sandbox.stripe.webhookEndpoints.update(id, { disabled: true });

  const told = await run({ isCheck: true });
  const [before] = await endpoints();
  const updated = await run();

  expect(told.state).toBe('differs');
  expect(told.differs.join(' ')).toMatch(
    /disabled.*does not send .*refund\.created.*nobody here acts on: customer\.created/,
  );
  expect(before?.status).toBe('disabled');
  expect(updated).toEqual({ account: told.account, url: URL_HERE, id, state: 'updated', differs: [] });
  expect((await endpoints())[0]).toMatchObject({ status: 'enabled', enabled_events: [...HANDLED_EVENTS] });
});

test('what Stripe lets nobody change is told: another API version, and a second endpoint of the address', async () => {
  const wish = { url: URL_HERE, enabled_events: ['*' as const] };
  await sandbox.stripe.webhookEndpoints.create({ ...wish, api_version: API_VERSION });
  await sandbox.stripe.webhookEndpoints.create({ ...wish, api_version: '2024-06-20' });
  await sandbox.stripe.webhookEndpoints.create({ url: 'https://elsewhere.example', enabled_events: ['*'] });

  const { state, differs } = await run();

  expect(state).toBe('differs');
  expect(differs.join(' ')).toMatch(/API version is 2024-06-20 and has to be .*we_\w+ has the same address/);
});
