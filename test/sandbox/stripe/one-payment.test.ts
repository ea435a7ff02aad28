import { describe, expect, it } from '@jest/globals';
import type Stripe from 'stripe';
import { aCustomer, aPrice, control, eventTypes, lastEvent, refusal } from './sandbox.ts';
import { sandbox, useSandbox } from './use-sandbox.ts';

useSandbox();

const LABELS = { purchaseId: 'p-1' };

/** A session in payment mode for 49.00, with an invoice that carries its own metadata. */
async function aSession(more: Partial<Stripe.Checkout.SessionCreateParams> = {}) {
  const { stripe } = sandbox;
  const { customer, clock } = await aCustomer(sandbox);
  const product = await stripe.products.create({ name: 'Course' });
  const price = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 4_900 });
  const session = await stripe.checkout.sessions.create({
    mode: 'payment',
    customer: customer.id,
    line_items: [{ price: price.id, quantity: 1 }],
    payment_intent_data: { metadata: LABELS },
    invoice_creation: { enabled: true, invoice_data: { metadata: LABELS } },
    success_url: 'https://willow.example/thanks',
    ...more,
  });
  return { session, customer, clock };
}

const read = (id: string) => sandbox.stripe.checkout.sessions.retrieve(id);

describe('a session in payment mode', () => {
  it('is paid once, with an invoice that its payment belongs to', async () => {
    const { stripe } = sandbox;
    const { session, customer } = await aSession();
    const before = await lastEvent(sandbox);

    await control(sandbox, 'POST', `/checkout/${session.id}/pay`, {});

    const done = await read(session.id);
    expect(done).toMatchObject({ status: 'complete', payment_status: 'paid', subscription: null });
    const invoice = await stripe.invoices.retrieve(done.invoice as string, { expand: ['payments'] });
    expect(invoice).toMatchObject({
      status: 'paid',
      customer: customer.id,
      billing_reason: 'manual',
      parent: null,
      metadata: LABELS,
      amount_paid: 4_900,
      number: expect.stringMatching(/-0001$/),
      lines: { data: [{ amount: 4_900, description: 'Course' }] },
      payments: { data: [{ status: 'paid', payment: { payment_intent: done.payment_intent } }] },
    });
    expect(await stripe.paymentIntents.retrieve(done.payment_intent as string)).toMatchObject({
      status: 'succeeded',
      amount_received: 4_900,
      metadata: LABELS,
    });
    expect(await eventTypes(sandbox, before)).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'invoice.created',
      'invoice.finalized',
      'invoice_payment.paid',
      'invoice.paid',
      'invoice.payment_succeeded',
      'checkout.session.completed',
    ]);
  });

  it('has an invoice only where one is asked for', async () => {
    const { session } = await aSession({ invoice_creation: { enabled: false } });

    await control(sandbox, 'POST', `/checkout/${session.id}/pay`, {});

    expect(await read(session.id)).toMatchObject({ payment_status: 'paid', invoice: null });
  });

  it('leaves the balance of the customer alone', async () => {
    const { session, customer } = await aSession();
    await sandbox.stripe.customers.update(customer.id, { balance: -1_000 });

    await control(sandbox, 'POST', `/checkout/${session.id}/pay`, {});

    expect(await sandbox.stripe.customers.retrieve(customer.id)).toMatchObject({ balance: -1_000 });
  });

  it.each([
    ['a recurring price', { line_items: 'recurring' }, 'mode'],
    ['a trial', { subscription_data: { trial_period_days: 3 } }, 'subscription_data'],
    ['a rule for when a card is asked for', { payment_method_collection: 'always' }, undefined],
  ] as const)('takes no %s', async (_what, more, param) => {
    const items = 'line_items' in more ? [{ price: (await aPrice(sandbox)).id, quantity: 1 }] : undefined;
    const asked = { ...more, ...(items && { line_items: items }) } as Partial<Stripe.Checkout.SessionCreateParams>;

    expect(await refusal(aSession(asked))).toMatchObject({ statusCode: 400, ...(param && { param }) });
  });

  it('is the only one that makes an invoice of its own', async () => {
    const price = await aPrice(sandbox);
    const { customer } = await aCustomer(sandbox);
    const asked = sandbox.stripe.checkout.sessions.create({
      mode: 'subscription',
      customer: customer.id,
      line_items: [{ price: price.id, quantity: 1 }],
      invoice_creation: { enabled: true },
      success_url: 'https://willow.example/thanks',
    });

    expect(await refusal(asked)).toMatchObject({ param: 'invoice_creation' });
  });
});

describe('a payment that its bank confirms days later', () => {
  async function underWay() {
    const made = await aSession();
    await control(sandbox, 'POST', `/checkout/${made.session.id}/pay`, { later: true });
    return { ...made, before: await lastEvent(sandbox) };
  }

  it('leaves the session complete and unpaid, without an invoice', async () => {
    const { session } = await underWay();

    const done = await read(session.id);
    expect(done).toMatchObject({ status: 'complete', payment_status: 'unpaid', invoice: null });
    expect(await sandbox.stripe.paymentIntents.retrieve(done.payment_intent as string)).toMatchObject({
      status: 'processing',
      latest_charge: null,
    });
  });

  it('is paid when it succeeds, with its invoice', async () => {
    const { session, before } = await underWay();

    await control(sandbox, 'POST', `/checkout/${session.id}/succeed`);

    const done = await read(session.id);
    expect(done).toMatchObject({ payment_status: 'paid', invoice: expect.any(String) });
    const types = await eventTypes(sandbox, before);
    expect([types.includes('invoice.paid'), types.at(-1)]).toEqual([true, 'checkout.session.async_payment_succeeded']);
  });

  it('stays unpaid when it fails, and is decided once', async () => {
    const { session, before } = await underWay();

    await control(sandbox, 'POST', `/checkout/${session.id}/fail`);

    expect(await read(session.id)).toMatchObject({ payment_status: 'unpaid', invoice: null });
    expect(await eventTypes(sandbox, before)).toEqual([
      'charge.failed',
      'payment_intent.payment_failed',
      'checkout.session.async_payment_failed',
    ]);
    expect(await control(sandbox, 'POST', `/checkout/${session.id}/succeed`)).toMatchObject({
      error: { message: 'No payment of this Checkout Session is under way.' },
    });
  });
});
