import { describe, expect, it } from '@jest/globals';
import { aCustomer, advance, aPrice, at, control, DAY, eventTypes, lastEvent, T0 } from './sandbox.ts';
import { sandbox, useSandbox } from './use-sandbox.ts';

useSandbox();

const PAID_CYCLE = [
  'customer.subscription.updated',
  'invoice.created',
  'invoice.finalized',
  'payment_intent.created',
  'charge.succeeded',
  'payment_intent.succeeded',
  'invoice_payment.paid',
  'invoice.paid',
  'invoice.payment_succeeded',
];

describe('a subscription bought through checkout', () => {
  it('is paid on the page, renews by the calendar and says so in order', async () => {
    const { stripe } = sandbox;
    const price = await aPrice(sandbox);
    const { clock, customer } = await aCustomer(sandbox);
    const before = await lastEvent(sandbox);

    const session = await stripe.checkout.sessions.create({
      mode: 'subscription',
      customer: customer.id,
      line_items: [{ price: price.id, quantity: 1 }],
      success_url: 'https://example.com/done?id={CHECKOUT_SESSION_ID}',
      client_reference_id: 'purchase-1',
      subscription_data: { metadata: { purchaseId: 'p1' } },
    });
    const { outcome } = await control(sandbox, 'POST', `/checkout/${session.id}/pay`, { card: '4242424242424242' });

    expect(outcome).toBe('completed');
    expect(await eventTypes(sandbox, before)).toEqual([
      'payment_method.attached',
      'customer.subscription.created',
      'invoice.created',
      'invoice.finalized',
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'invoice_payment.paid',
      'invoice.paid',
      'invoice.payment_succeeded',
      'customer.subscription.updated',
      'checkout.session.completed',
    ]);
    const done = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['subscription', 'invoice.payments', 'line_items'],
    });
    const subscription = done.subscription as {
      id: string;
      status: string;
      metadata: unknown;
      items: { data: { current_period_end: number }[] };
    };
    expect(done).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      client_reference_id: 'purchase-1',
      url: null,
    });
    expect(subscription).toMatchObject({ status: 'active', metadata: { purchaseId: 'p1' } });
    expect(subscription.items.data[0]!.current_period_end).toBe(at('2027-02-28T10:00:00Z'));
    expect(done.invoice).toMatchObject({
      status: 'paid',
      amount_paid: 3_000,
      parent: { subscription_details: { metadata: { purchaseId: 'p1' } } },
    });

    const bought = await lastEvent(sandbox);
    await advance(sandbox, clock.id, at('2027-03-31T10:00:00Z'));

    expect(await eventTypes(sandbox, bought)).toEqual([
      'test_helpers.test_clock.advancing',
      ...PAID_CYCLE,
      ...PAID_CYCLE,
      'test_helpers.test_clock.ready',
    ]);
    const renewed = await stripe.subscriptions.retrieve(subscription.id);
    expect(renewed.items.data[0]).toMatchObject({
      current_period_start: at('2027-03-31T10:00:00Z'),
      current_period_end: at('2027-04-30T10:00:00Z'),
    });
    const updates = await stripe.events.list({ type: 'customer.subscription.updated', limit: 1 });
    expect(updates.data[0]!.created).toBe(at('2027-03-31T10:00:00Z'));
  });

  it('with a trial and a setup fee charges the fee now and the price at the end of the trial', async () => {
    const { stripe } = sandbox;
    const price = await aPrice(sandbox);
    const { clock, customer } = await aCustomer(sandbox);
    const fee = { currency: 'usd', unit_amount: 500, product_data: { name: 'Setup' } };

    const session = await stripe.checkout.sessions.create({
      mode: 'subscription',
      customer: customer.id,
      line_items: [
        { price: price.id, quantity: 1 },
        { price_data: fee, quantity: 1 },
      ],
      success_url: 'https://example.com',
      subscription_data: { trial_period_days: 7 },
    });
    await control(sandbox, 'POST', `/checkout/${session.id}/pay`, {});
    const bought = await lastEvent(sandbox);

    const [subscription] = (await stripe.subscriptions.list({ customer: customer.id, expand: ['data.latest_invoice'] }))
      .data;
    expect(subscription).toMatchObject({
      status: 'trialing',
      trial_end: T0 + 7 * DAY,
      latest_invoice: { amount_paid: 500, status: 'paid' },
    });

    await advance(sandbox, clock.id, T0 + 7 * DAY);
    expect(await eventTypes(sandbox, bought)).toEqual([
      'test_helpers.test_clock.advancing',
      'customer.subscription.trial_will_end',
      ...PAID_CYCLE,
      'test_helpers.test_clock.ready',
    ]);
    const invoices = await stripe.invoices.list({ subscription: subscription!.id });
    expect(invoices.data.map(({ amount_paid }) => amount_paid)).toEqual([3_000, 500]);
    expect((await stripe.subscriptions.retrieve(subscription!.id)).status).toBe('active');
  });
});
