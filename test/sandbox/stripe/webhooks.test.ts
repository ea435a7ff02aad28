import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type Stripe from 'stripe';
import { aCustomer, advance, aPrice, at, control, until } from './sandbox.ts';
import { sandbox, useSandbox } from './use-sandbox.ts';

interface Received {
  body: string;
  signature: string;
}

let receiver: Server;
let received: Received[];
/** Answers to the next deliveries; afterwards 200. */
let answers: number[];

useSandbox();
beforeEach(async () => {
  [received, answers] = [[], []];
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({ body, signature: String(request.headers['stripe-signature']) });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

function listen(types: string[], more: { connect?: boolean } = {}) {
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  return sandbox.stripe.webhookEndpoints.create({ url, enabled_events: types as ['*'], ...more });
}

function typesReceived(): string[] {
  return received.map(({ body }) => (JSON.parse(body) as Stripe.Event).type);
}

describe('a webhook endpoint', () => {
  it('gets the events it listens to, signed so that the SDK accepts them', async () => {
    const endpoint = await listen(['customer.created']);
    expect(endpoint.secret).toMatch(/^whsec_/);
    await sandbox.stripe.products.create({ name: 'Gold' });
    const customer = await sandbox.stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'k9' });
    await until(() => received.length === 1);

    const { body, signature } = received[0]!;
    const event = sandbox.stripe.webhooks.constructEvent(body, signature, endpoint.secret!);
    expect(event).toMatchObject({
      object: 'event',
      type: 'customer.created',
      livemode: false,
      api_version: '2026-10-28.endive',
      data: { object: { id: customer.id, name: 'Ada' } },
      request: { idempotency_key: 'k9' },
    });
    expect(() => sandbox.stripe.webhooks.constructEvent(body, signature, 'whsec_other')).toThrow();
    expect((await sandbox.stripe.webhookEndpoints.retrieve(endpoint.id)).secret).toBeUndefined();
  });

  it('is asked again until it takes the event, over a restart too', async () => {
    await listen(['customer.created']);
    answers = [500];
    await sandbox.stripe.customers.create({ name: 'Ada' });
    await until(() => received.length === 1);
    const [event] = (await sandbox.stripe.events.list({ type: 'customer.created' })).data;
    expect(event!.pending_webhooks).toBe(1);

    await sandbox.restart();
    await until(() => received.length === 2);

    expect(received[1]!.body).toBe(received[0]!.body);
    await until(async () => (await sandbox.stripe.events.retrieve(event!.id)).pending_webhooks === 0);
  });

  it('of a platform hears of connected accounts only when made for them', async () => {
    await listen(['customer.created']);
    await listen(['customer.created'], { connect: true });
    await sandbox.stripe.customers.create({ name: 'Bob' }, { stripeAccount: 'acct_connected' });
    await until(() => received.length === 1);

    expect(JSON.parse(received[0]!.body)).toMatchObject({
      account: 'acct_connected',
      data: { object: { name: 'Bob' } },
    });
  });

  it('hears of simulated time as of its instants', async () => {
    await listen(['invoice.paid']);
    const price = await aPrice(sandbox);
    const { clock, customer } = await aCustomer(sandbox);
    await sandbox.stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
    await advance(sandbox, clock.id, at('2027-02-28T12:00:00Z'));
    await until(() => received.length === 2);

    const created = received.map(({ body }) => (JSON.parse(body) as Stripe.Event).created).sort();
    expect(created).toEqual([at('2027-01-31T10:00:00Z'), at('2027-02-28T10:00:00Z')]);
  });
});

describe('a staged webhook fault', () => {
  it('drops, repeats or delays as asked', async () => {
    await listen(['product.created', 'customer.created', 'price.created']);
    await control(sandbox, 'POST', '/faults', { kind: 'drop', types: ['product.created'] });
    await control(sandbox, 'POST', '/faults', { kind: 'delay', types: ['price.created'], delayMs: 300, times: 1 });
    await control(sandbox, 'POST', '/faults', { kind: 'repeat', types: ['customer.created'], times: 1 });

    await aPrice(sandbox);
    await sandbox.stripe.customers.create({ name: 'Ada' });
    await until(() => received.length === 3);

    expect(typesReceived()).toEqual(['customer.created', 'customer.created', 'price.created']);
    expect(received[0]!.body).toBe(received[1]!.body);
    expect((await sandbox.stripe.events.list({ type: 'product.created' })).data).toHaveLength(1);
  });
});
