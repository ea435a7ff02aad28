import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Stripe from 'stripe';
import { startStripeSandbox } from '../../../sandbox/stripe/server.ts';

/** 31 January on purpose: the calendar's hard case. */
export const T0 = Date.parse('2027-01-31T10:00:00Z') / 1000;
export const DAY = 86_400;

export interface Sandbox {
  url: string;
  dataDir: string;
  stripe: Stripe;
  /** Stops the server and starts another one over the same data, at another port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export function clientFor(url: string, key = 'sk_test_owner'): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(key, {
    host: hostname,
    port: Number(port),
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
    timeout: 5_000,
  });
}

/** A sandbox on a free port with its own data, and the real SDK for it. */
export async function aSandbox(): Promise<Sandbox> {
  const dataDir = await mkdtemp(join(tmpdir(), 'stripe-sandbox-'));
  let server = await startStripeSandbox({ port: 0, dataDir });
  const sandbox: Sandbox = {
    url: server.url,
    dataDir,
    stripe: clientFor(server.url),
    restart: async () => {
      await server.close();
      server = await startStripeSandbox({ port: 0, dataDir });
      sandbox.url = server.url;
      sandbox.stripe = clientFor(server.url);
    },
    close: async () => {
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return sandbox;
}

export async function control(
  sandbox: Pick<Sandbox, 'url'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const headers = { 'content-type': 'application/json', authorization: 'Bearer sk_test_owner' };
  const response = await fetch(`${sandbox.url}/_sandbox${path}`, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
  });
  return (await response.json()) as Record<string, unknown>;
}

export interface PriceWish {
  amount?: number;
  interval?: 'day' | 'week' | 'month' | 'year';
  name?: string;
}

export async function aPrice(
  { stripe }: Sandbox,
  { amount = 3_000, interval = 'month', name = 'Gold' }: PriceWish = {},
) {
  const product = await stripe.products.create({ name });
  return stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: amount, recurring: { interval } });
}

/** A customer on a test clock that stands at T0, with a saved default card. */
export async function aCustomer({ stripe }: Sandbox, { card = 'pm_card_visa', at = T0 } = {}) {
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: at });
  const customer = await stripe.customers.create({
    email: 'ada@example.com',
    test_clock: clock.id,
    payment_method: card,
    invoice_settings: { default_payment_method: card },
  });
  return { clock, customer };
}

type SubscriberWish = { card?: string; amount?: number } & Partial<Stripe.SubscriptionCreateParams>;

/** Such a customer, who subscribes to a monthly price. */
export async function aSubscriber(
  sandbox: Sandbox,
  { card = 'pm_card_visa', amount = 3_000, ...more }: SubscriberWish = {},
) {
  const price = await aPrice(sandbox, { amount });
  const { clock, customer } = await aCustomer(sandbox, { card });
  const items = [{ price: price.id }];
  const subscription = await sandbox.stripe.subscriptions.create({ customer: customer.id, items, ...more });
  return { clock, customer, subscription, price };
}

/** Moves a clock and waits until it stands. */
export async function advance({ stripe }: Sandbox, clock: string, to: number): Promise<void> {
  await stripe.testHelpers.testClocks.advance(clock, { frozen_time: to });
  await until(async () => (await stripe.testHelpers.testClocks.retrieve(clock)).status === 'ready');
}

export async function until(holds: () => boolean | Promise<boolean>, timeoutMs = 5_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('What was waited for did not come about.');
    await pause(5);
  }
}

/** Types of all events after the one named (or all), oldest first. */
export async function eventTypes({ stripe }: Sandbox, after?: string): Promise<string[]> {
  const events = await stripe.events.list({ limit: 100, ...(after && { ending_before: after }) });
  return events.data.map(({ type }) => type).reverse();
}

export async function lastEvent({ stripe }: Sandbox): Promise<string> {
  return (await stripe.events.list({ limit: 1 })).data[0]!.id;
}

/** The error of a call that must be refused. */
export async function refusal(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await call;
  } catch (error) {
    return error as Stripe.errors.StripeError;
  }
  throw new Error('The call was not refused.');
}

export function at(iso: string): number {
  return Date.parse(iso) / 1000;
}
