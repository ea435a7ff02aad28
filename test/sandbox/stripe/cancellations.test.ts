import { describe, expect, it } from '@jest/globals';
import { advance, aPrice, aSubscriber, at, DAY, eventTypes, lastEvent, refusal, T0 } from './sandbox.ts';
import { sandbox, useSandbox } from './use-sandbox.ts';

useSandbox();

const FEB_28 = at('2027-02-28T10:00:00Z');
const MAR_31 = at('2027-03-31T10:00:00Z');

const subscribed = () => aSubscriber(sandbox, { amount: 3_100 });

async function invoicesOf(subscription: string) {
  const { data } = await sandbox.stripe.invoices.list({ subscription });
  return data.map(({ status, total }) => `${status} ${total}`);
}

describe('canceling', () => {
  it('now ends the subscription at once and refuses a second time', async () => {
    const { stripe } = sandbox;
    const { subscription } = await subscribed();
    const before = await lastEvent(sandbox);

    const canceled = await stripe.subscriptions.cancel(subscription.id, {
      cancellation_details: { comment: 'too dear', feedback: 'too_expensive' },
    });

    expect(canceled).toMatchObject({ status: 'canceled', ended_at: T0, canceled_at: T0 });
    expect(canceled.cancellation_details).toMatchObject({
      reason: 'cancellation_requested',
      comment: 'too dear',
      feedback: 'too_expensive',
    });
    expect(await eventTypes(sandbox, before)).toEqual(['customer.subscription.deleted']);
    expect(await refusal(stripe.subscriptions.cancel(subscription.id))).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
    });
    expect(await refusal(stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true }))).toMatchObject({
      statusCode: 400,
    });
    expect((await stripe.subscriptions.update(subscription.id, { metadata: { a: 'b' } })).metadata).toEqual({ a: 'b' });
    expect((await stripe.subscriptions.list()).data).toEqual([]);
    expect((await stripe.subscriptions.list({ status: 'all' })).data).toHaveLength(1);
  });

  it('at period end runs up to it, and can be taken back before', async () => {
    const { stripe } = sandbox;
    const { clock, subscription } = await subscribed();
    const planned = await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    expect(planned).toMatchObject({ status: 'active', cancel_at: FEB_28, cancel_at_period_end: true, canceled_at: T0 });

    const undone = await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: false });
    expect(undone).toMatchObject({ cancel_at: null, cancel_at_period_end: false, canceled_at: null });

    await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    await advance(sandbox, clock.id, FEB_28 + DAY);
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      status: 'canceled',
      ended_at: FEB_28,
      canceled_at: T0,
    });
    expect(await invoicesOf(subscription.id)).toEqual(['paid 3100']);
  });

  it('inside the paid period without prorations credits nothing', async () => {
    const { stripe } = sandbox;
    const { clock, subscription } = await subscribed();
    await stripe.subscriptions.update(subscription.id, { cancel_at: T0 + 7 * DAY, proration_behavior: 'none' });
    await advance(sandbox, clock.id, T0 + 8 * DAY);

    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      status: 'canceled',
      ended_at: T0 + 7 * DAY,
    });
    expect(await invoicesOf(subscription.id)).toEqual(['paid 3100']);
  });

  it('on a date in a later period bills that period by the second, as the preview said', async () => {
    const { stripe } = sandbox;
    const { clock, subscription } = await subscribed();
    const cancelAt = FEB_28 + 10 * DAY;
    const preview = await stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: { cancel_at: cancelAt },
    });
    expect(preview.amount_due).toBe(1_000);

    await stripe.subscriptions.update(subscription.id, { cancel_at: cancelAt });
    await advance(sandbox, clock.id, FEB_28);
    expect(await invoicesOf(subscription.id)).toEqual(['paid 1000', 'paid 3100']);
    const running = await stripe.subscriptions.retrieve(subscription.id);
    expect(running.items.data[0]).toMatchObject({ current_period_start: FEB_28, current_period_end: cancelAt });

    await advance(sandbox, clock.id, MAR_31);
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      status: 'canceled',
      ended_at: cancelAt,
    });
    expect(await invoicesOf(subscription.id)).toEqual(['paid 1000', 'paid 3100']);
  });

  it('taken back after the shortened part was charged bills the rest with the next invoice', async () => {
    const { stripe } = sandbox;
    const { clock, subscription } = await subscribed();
    await stripe.subscriptions.update(subscription.id, { cancel_at: FEB_28 + 10 * DAY });
    await advance(sandbox, clock.id, FEB_28);

    const undone = await stripe.subscriptions.update(subscription.id, { cancel_at: '' });
    expect(undone.items.data[0]!.current_period_end).toBe(MAR_31);
    const preview = await stripe.invoices.createPreview({ subscription: subscription.id });
    expect(preview.lines.data.map(({ amount }) => amount)).toEqual([2_100, 3_100]);

    await advance(sandbox, clock.id, MAR_31);
    expect(await invoicesOf(subscription.id)).toEqual(['paid 5200', 'paid 1000', 'paid 3100']);
  });

  it('leaves an unpaid invoice open, without further tries', async () => {
    const { stripe } = sandbox;
    const { clock, customer, subscription } = await subscribed();
    const method = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customer.id });
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } });
    await advance(sandbox, clock.id, FEB_28);
    await stripe.subscriptions.cancel(subscription.id);
    await advance(sandbox, clock.id, FEB_28 + 20 * DAY);

    const { latest_invoice } = await stripe.subscriptions.retrieve(subscription.id);
    const invoice = await stripe.invoices.retrieve(latest_invoice as string);
    expect(invoice).toMatchObject({
      status: 'open',
      attempt_count: 1,
      auto_advance: false,
      next_payment_attempt: null,
    });
    expect((await stripe.invoices.voidInvoice(invoice.id)).status).toBe('void');
  });

  it('now with prorate and invoice_now credits the unused time to the balance', async () => {
    const { stripe } = sandbox;
    const { clock, customer, subscription } = await subscribed();
    await advance(sandbox, clock.id, T0 + 14 * DAY);
    const preview = await stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: { cancel_now: true },
    });
    expect(preview).toMatchObject({ total: -1_550, amount_due: 0 });

    await stripe.subscriptions.cancel(subscription.id, { prorate: true, invoice_now: true });
    expect((await stripe.customers.retrieve(customer.id)) as unknown).toMatchObject({ balance: -1_550 });
  });

  it('has no upcoming invoice to preview when nothing more will be billed', async () => {
    const { stripe } = sandbox;
    const { subscription } = await subscribed();
    await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });

    const call = stripe.invoices.createPreview({ subscription: subscription.id });
    expect(await refusal(call)).toMatchObject({ statusCode: 404, code: 'invoice_upcoming_none' });
    expect(await refusal(stripe.subscriptions.update(subscription.id, { cancel_at: T0 }))).toMatchObject({
      param: 'cancel_at',
    });
  });
});

describe('a change of price', () => {
  it('credits the unused old time and charges the rest of the new at once when asked to', async () => {
    const { stripe } = sandbox;
    const { clock, subscription } = await subscribed();
    const dearer = await aPrice(sandbox, { amount: 6_200 });
    await advance(sandbox, clock.id, T0 + 14 * DAY);

    await stripe.subscriptions.update(subscription.id, {
      items: [{ id: subscription.items.data[0]!.id, price: dearer.id }],
      proration_behavior: 'always_invoice',
    });
    expect(await invoicesOf(subscription.id)).toEqual(['paid 1550', 'paid 3100']);
    await advance(sandbox, clock.id, FEB_28);
    expect((await invoicesOf(subscription.id))[0]).toBe('paid 6200');
  });
});
