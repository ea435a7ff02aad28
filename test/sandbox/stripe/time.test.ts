import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { aCustomer, advance, aPrice, at, clientFor, control, DAY, refusal, T0, until } from './sandbox.ts';
import { sandbox, useSandbox } from './use-sandbox.ts';

useSandbox();

describe('a test clock', () => {
  it('goes forward only, at most two intervals of the shortest subscription, for at most three customers', async () => {
    const { stripe } = sandbox;
    const { clock, customer } = await aCustomer(sandbox);
    const week = await aPrice(sandbox, { interval: 'week' });
    const { testClocks } = stripe.testHelpers;
    expect(await refusal(testClocks.advance(clock.id, { frozen_time: T0 }))).toMatchObject({
      statusCode: 400,
      param: 'frozen_time',
    });
    await stripe.subscriptions.create({ customer: customer.id, items: [{ price: week.id }] });
    expect(await refusal(testClocks.advance(clock.id, { frozen_time: T0 + 14 * DAY + 1 }))).toMatchObject({
      statusCode: 400,
    });

    const moving = await testClocks.advance(clock.id, { frozen_time: T0 + 14 * DAY });
    expect(moving.status).toBe('advancing');
    await until(async () => (await testClocks.retrieve(clock.id)).status === 'ready');
    expect((await stripe.invoices.list({ customer: customer.id })).data).toHaveLength(3);

    await stripe.customers.create({ test_clock: clock.id });
    await stripe.customers.create({ test_clock: clock.id });
    expect(await refusal(stripe.customers.create({ test_clock: clock.id }))).toMatchObject({ param: 'test_clock' });
    await testClocks.del(clock.id);
    expect(await refusal(stripe.customers.retrieve(customer.id))).toMatchObject({ statusCode: 404 });
  });

  it('bills several customers strictly in the order of their instants', async () => {
    const { stripe } = sandbox;
    const price = await aPrice(sandbox);
    const { clock, customer } = await aCustomer(sandbox);
    await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
    await advance(sandbox, clock.id, T0 + 5 * DAY);
    const second = await stripe.customers.create({
      test_clock: clock.id,
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
    });
    await stripe.subscriptions.create({ customer: second.id, items: [{ price: price.id }] });

    await advance(sandbox, clock.id, T0 + 60 * DAY);

    const paid = await stripe.events.list({ type: 'invoice.paid', limit: 100 });
    const instants = paid.data.map(({ created }) => created).reverse();
    expect(instants).toEqual([
      T0,
      T0 + 5 * DAY,
      at('2027-02-28T10:00:00Z'),
      at('2027-03-05T10:00:00Z'),
      at('2027-03-31T10:00:00Z'),
    ]);
  });

  it('finishes an advance that a restart interrupted', async () => {
    const { stripe } = sandbox;
    const price = await aPrice(sandbox);
    const { clock, customer } = await aCustomer(sandbox);
    await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
    await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: T0 + 59 * DAY });

    await sandbox.restart();

    await until(async () => (await sandbox.stripe.testHelpers.testClocks.retrieve(clock.id)).status === 'ready');
    expect((await sandbox.stripe.invoices.list({ customer: customer.id })).data).toHaveLength(3);
  });
});

describe('real time', () => {
  async function live() {
    const { stripe } = sandbox;
    const price = await aPrice(sandbox, { interval: 'day' });
    const customer = await stripe.customers.create({
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
    });
    return stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  }

  it('bills what fell due while the sandbox was down, as of its instants', async () => {
    const subscription = await live();
    await control(sandbox, 'POST', '/time', { advanceSeconds: 3 * DAY });
    await sandbox.restart();

    await until(async () => (await sandbox.stripe.invoices.list({ subscription: subscription.id })).data.length === 4);

    const { data } = await sandbox.stripe.invoices.list({ subscription: subscription.id });
    expect(data.map(({ created }) => created - subscription.created)).toEqual([3 * DAY, 2 * DAY, DAY, 0]);
  });

  it('leaves a renewal as a draft for as long as the account says', async () => {
    await control(sandbox, 'POST', '/settings', { draftMinutes: 60 });
    const subscription = await live();
    await control(sandbox, 'POST', '/time', { advanceSeconds: DAY });
    const latest = async () => (await sandbox.stripe.invoices.list({ subscription: subscription.id })).data[0]!;

    await until(async () => (await latest()).billing_reason === 'subscription_cycle');
    expect(await latest()).toMatchObject({
      status: 'draft',
      automatically_finalizes_at: subscription.created + DAY + 3_600,
    });
    await control(sandbox, 'POST', '/time', { advanceSeconds: 3_600 });
    await until(async () => (await latest()).status === 'paid');
  });
});

it('keeps what it has answered when it is killed', async () => {
  const server = fileURLToPath(new URL('../../../sandbox/stripe/server.ts', import.meta.url));
  const program = `import { startStripeSandbox } from ${JSON.stringify(server)};
    console.log((await startStripeSandbox({ port: 0, dataDir: ${JSON.stringify(sandbox.dataDir)} })).url);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = (await once(child.stdout, 'data')) as [Buffer];
  const { id } = await clientFor(url.toString().trim()).customers.create({ name: 'Ada' });
  child.kill('SIGKILL');
  await once(child, 'exit');

  expect((await sandbox.stripe.customers.retrieve(id)) as unknown).toMatchObject({ name: 'Ada' });
});

it('keeps what it has answered over a restart, keys included', async () => {
  const first = await sandbox.stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'k' });
  await sandbox.restart();

  expect((await sandbox.stripe.customers.retrieve(first.id)) as unknown).toMatchObject({ name: 'Ada' });
  expect((await sandbox.stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'k' })).id).toBe(first.id);
});
