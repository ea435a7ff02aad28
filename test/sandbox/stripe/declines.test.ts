import { describe, expect, it } from '@jest/globals';
import {
  aCustomer,
  advance,
  aPrice,
  aSubscriber,
  control,
  DAY,
  eventTypes,
  lastEvent,
  refusal,
  T0,
} from './sandbox.ts';
import { sandbox, useSandbox } from './use-sandbox.ts';

useSandbox();

const FAILED_RETRY = ['charge.failed', 'payment_intent.payment_failed', 'invoice.payment_failed'];

const subscribed = (card = 'pm_card_visa') => aSubscriber(sandbox, { card });

async function changeCard(customer: string, token: string) {
  const method = await sandbox.stripe.paymentMethods.attach(token, { customer });
  await sandbox.stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
  return method;
}

describe('a declined first payment', () => {
  it('leaves the subscription incomplete with an open invoice, and expires it after 23 hours', async () => {
    const { stripe } = sandbox;
    const { clock, subscription } = await subscribed('pm_card_chargeCustomerFail');
    const expanded = await stripe.subscriptions.retrieve(subscription.id, {
      expand: ['latest_invoice.payments.data.payment.payment_intent'],
    });

    expect(expanded).toMatchObject({
      status: 'incomplete',
      latest_invoice: {
        status: 'open',
        attempt_count: 1,
        next_payment_attempt: null,
        payments: {
          data: [
            {
              status: 'open',
              payment: {
                payment_intent: { status: 'requires_payment_method', last_payment_error: { code: 'card_declined' } },
              },
            },
          ],
        },
      },
    });

    await advance(sandbox, clock.id, T0 + 24 * 3_600);
    expect(await stripe.subscriptions.retrieve(subscription.id, { expand: ['latest_invoice'] })).toMatchObject({
      status: 'incomplete_expired',
      latest_invoice: { status: 'void' },
    });
  });

  it('becomes active when the invoice is paid with another card', async () => {
    const { stripe } = sandbox;
    const { customer, subscription } = await subscribed('pm_card_chargeCustomerFail');
    const method = await changeCard(customer.id, 'pm_card_visa');

    const invoice = await stripe.invoices.pay(subscription.latest_invoice as string, { payment_method: method.id });

    expect(invoice.status).toBe('paid');
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
  });

  it('is a card error and nothing is made with error_if_incomplete', async () => {
    const { stripe } = sandbox;
    const price = await aPrice(sandbox);
    const { customer } = await aCustomer(sandbox, { card: 'pm_card_chargeCustomerFail' });

    const call = stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      payment_behavior: 'error_if_incomplete',
    });

    expect(await refusal(call)).toMatchObject({
      type: 'StripeCardError',
      statusCode: 402,
      code: 'card_declined',
      decline_code: 'generic_decline',
    });
    expect((await stripe.subscriptions.list({ customer: customer.id, status: 'all' })).data).toEqual([]);
  });

  it('refuses to save a card that its bank declines', async () => {
    const { customer } = await aCustomer(sandbox);
    const call = sandbox.stripe.paymentMethods.attach('pm_card_visa_chargeDeclinedInsufficientFunds', {
      customer: customer.id,
    });

    expect(await refusal(call)).toMatchObject({
      statusCode: 402,
      code: 'card_declined',
      decline_code: 'insufficient_funds',
    });
  });
});

describe('a declined renewal', () => {
  it('is retried after 3, 5 and 7 days and then ends the subscription', async () => {
    const { stripe } = sandbox;
    const { clock, customer, subscription } = await subscribed();
    await changeCard(customer.id, 'pm_card_chargeCustomerFail');
    const due = subscription.items.data[0]!.current_period_end;
    await advance(sandbox, clock.id, due);

    const late = await stripe.subscriptions.retrieve(subscription.id, { expand: ['latest_invoice'] });
    expect(late).toMatchObject({
      status: 'past_due',
      latest_invoice: { attempt_count: 1, next_payment_attempt: due + 3 * DAY },
    });

    const failed = await lastEvent(sandbox);
    await advance(sandbox, clock.id, due + 15 * DAY);
    expect(await eventTypes(sandbox, failed)).toEqual([
      'test_helpers.test_clock.advancing',
      ...FAILED_RETRY,
      ...FAILED_RETRY,
      ...FAILED_RETRY,
      'invoice.updated',
      'customer.subscription.deleted',
      'test_helpers.test_clock.ready',
    ]);
    const gone = await stripe.subscriptions.retrieve(subscription.id, { expand: ['latest_invoice'] });
    expect(gone).toMatchObject({
      status: 'canceled',
      ended_at: due + 15 * DAY,
      cancellation_details: { reason: 'payment_failed' },
      latest_invoice: { status: 'open', attempt_count: 4, next_payment_attempt: null, auto_advance: false },
    });
  });

  it('becomes unpaid instead when the account says so, with its own retries', async () => {
    const { stripe } = sandbox;
    await control(sandbox, 'POST', '/settings', { afterRetries: 'unpaid', retryDays: [1] });
    const { clock, customer, subscription } = await subscribed();
    await changeCard(customer.id, 'pm_card_chargeCustomerFail');
    const due = subscription.items.data[0]!.current_period_end;

    await advance(sandbox, clock.id, due + DAY);
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('unpaid');

    await advance(sandbox, clock.id, due + 32 * DAY);
    const [draft] = (await stripe.invoices.list({ subscription: subscription.id })).data;
    expect(draft).toMatchObject({ status: 'draft', auto_advance: false });
  });

  it('is active again once the latest invoice is paid', async () => {
    const { stripe } = sandbox;
    const { clock, customer, subscription } = await subscribed();
    await changeCard(customer.id, 'pm_card_chargeCustomerFail');
    await advance(sandbox, clock.id, subscription.items.data[0]!.current_period_end);
    const { latest_invoice } = await stripe.subscriptions.retrieve(subscription.id);

    expect(await refusal(stripe.invoices.pay(latest_invoice as string))).toMatchObject({
      statusCode: 402,
      code: 'card_declined',
    });
    expect((await stripe.invoices.retrieve(latest_invoice as string)).attempt_count).toBe(1);

    await changeCard(customer.id, 'pm_card_mastercard');
    await stripe.invoices.pay(latest_invoice as string);
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
  });
});

describe('3-D Secure', () => {
  it('asked for at a renewal is an action required, which the person completes', async () => {
    const { stripe } = sandbox;
    const { clock, customer, subscription } = await subscribed();
    await changeCard(customer.id, 'pm_card_authenticationRequired');
    const before = await lastEvent(sandbox);

    await advance(sandbox, clock.id, subscription.items.data[0]!.current_period_end);

    expect((await eventTypes(sandbox, before)).slice(-6)).toEqual([
      'payment_intent.created',
      'payment_intent.requires_action',
      'invoice.payment_action_required',
      'invoice.payment_failed',
      'customer.subscription.updated',
      'test_helpers.test_clock.ready',
    ]);
    const { latest_invoice } = await stripe.subscriptions.retrieve(subscription.id);
    const { outcome } = await control(sandbox, 'POST', `/invoices/${latest_invoice as string}/pay`, {
      authenticate: 'pass',
    });
    expect(outcome).toBe('paid');
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
  });

  it('passed once in checkout is not asked for again by a card that needs it only when saved', async () => {
    const { stripe } = sandbox;
    const price = await aPrice(sandbox);
    const { clock, customer } = await aCustomer(sandbox);
    const session = await stripe.checkout.sessions.create({
      mode: 'subscription',
      customer: customer.id,
      line_items: [{ price: price.id, quantity: 1 }],
      success_url: 'https://example.com',
    });

    const failed = await control(sandbox, 'POST', `/checkout/${session.id}/pay`, {
      card: '4000002500003155',
      authenticate: 'fail',
    });
    expect(failed).toMatchObject({ outcome: 'declined', session: { status: 'open' } });
    const passed = await control(sandbox, 'POST', `/checkout/${session.id}/pay`, {
      card: '4000002500003155',
      authenticate: 'pass',
    });
    expect(passed).toMatchObject({ outcome: 'completed', session: { status: 'complete' } });

    await advance(sandbox, clock.id, T0 + 28 * DAY);
    const invoices = await stripe.invoices.list({ customer: customer.id });
    expect(invoices.data.map(({ status }) => status)).toEqual(['paid', 'paid']);
  });
});
