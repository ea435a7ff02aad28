import { describe, expect, it } from '@jest/globals';
import { advance, aPrice, aSubscriber, at, DAY, eventTypes, lastEvent, refusal, T0 } from './sandbox.ts';
import { sandbox, useSandbox } from './use-sandbox.ts';

useSandbox();

const FEB_14 = T0 + 14 * DAY;
const FEB_28 = at('2027-02-28T10:00:00Z');
const MAR_31 = at('2027-03-31T10:00:00Z');
const MAR_28 = at('2027-03-28T10:00:00Z');

/** Half of the period of 28 days is over. */
async function halfway(card = 'pm_card_visa') {
  const subscriber = await aSubscriber(sandbox, { amount: 3_000, card });
  await advance(sandbox, subscriber.clock.id, FEB_14);
  const { id: item } = subscriber.subscription.items.data[0]!;
  return { ...subscriber, id: subscriber.subscription.id, item };
}

const IMMEDIATELY = { proration_behavior: 'always_invoice', payment_behavior: 'error_if_incomplete' } as const;

const latestOf = async (id: string) => {
  const { latest_invoice } = await sandbox.stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
  return typeof latest_invoice === 'object' ? latest_invoice : null;
};

describe('another price now', () => {
  it('credits half of the old and charges half of the new at once, as its preview said', async () => {
    const { stripe } = sandbox;
    const { id, item } = await halfway();
    const items = [{ id: item, price: (await aPrice(sandbox, { amount: 6_000 })).id }];
    const details = { items, proration_behavior: 'always_invoice' as const, proration_date: FEB_14 };
    const before = await lastEvent(sandbox);

    const preview = await stripe.invoices.createPreview({ subscription: id, subscription_details: details });
    expect(await eventTypes(sandbox, before)).toEqual([]);
    const changed = await stripe.subscriptions.update(id, { items, ...IMMEDIATELY, proration_date: FEB_14 });

    expect(preview).toMatchObject({ amount_due: 1_500, status: 'draft', ending_balance: 0 });
    expect(preview.lines.data.map(({ amount }) => amount)).toEqual([-1_500, 3_000]);
    expect(await latestOf(id)).toMatchObject({
      amount_paid: 1_500,
      status: 'paid',
      billing_reason: 'subscription_update',
    });
    expect(changed.items.data[0]).toMatchObject({
      price: { unit_amount: 6_000 },
      plan: { amount: 6_000 },
      current_period_start: T0,
      current_period_end: FEB_28,
    });
  });

  it('of another interval begins a new period on that day', async () => {
    const { stripe } = sandbox;
    const { id, item, clock } = await halfway();
    const items = [{ id: item, price: (await aPrice(sandbox, { amount: 30_000, interval: 'year' })).id }];

    const changed = await stripe.subscriptions.update(id, { items, ...IMMEDIATELY });

    expect(await latestOf(id)).toMatchObject({ amount_paid: 28_500, billing_reason: 'subscription_update' });
    expect(changed.billing_cycle_anchor).toBe(FEB_14);
    expect(changed.items.data[0]).toMatchObject({
      current_period_start: FEB_14,
      current_period_end: at('2028-02-14T10:00:00Z'),
    });
    await advance(sandbox, clock.id, at('2028-02-14T10:00:01Z'));
    expect(await latestOf(id)).toMatchObject({ amount_paid: 30_000, billing_reason: 'subscription_cycle' });
  });

  it('charged in full credits nothing, whatever the interval', async () => {
    const { stripe } = sandbox;
    const { id, item } = await halfway();
    const items = [{ id: item, price: (await aPrice(sandbox, { amount: 6_000 })).id }];

    const params = { items, billing_cycle_anchor: { type: 'now' as const }, proration_behavior: 'none' as const };
    const preview = await stripe.invoices.createPreview({ subscription: id, subscription_details: params });
    const changed = await stripe.subscriptions.update(id, { ...params, payment_behavior: 'error_if_incomplete' });

    expect(preview.amount_due).toBe(6_000);
    expect(await latestOf(id)).toMatchObject({ amount_paid: 6_000 });
    expect(changed.items.data[0]).toMatchObject({
      current_period_start: FEB_14,
      current_period_end: at('2027-03-14T10:00:00Z'),
    });
  });

  it('for less leaves a credit, which pays the next invoices of the customer', async () => {
    const { stripe } = sandbox;
    const { id, item, customer, clock } = await halfway();
    const cheap = await aPrice(sandbox, { amount: 1_000 });

    await stripe.subscriptions.update(id, { items: [{ id: item, price: cheap.id }], ...IMMEDIATELY });
    const credited = await stripe.customers.retrieve(customer.id);
    await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: (await aPrice(sandbox, { amount: 400 })).id }],
    });
    await advance(sandbox, clock.id, FEB_28 + 1);

    expect(credited).toMatchObject({ balance: -1_000 });
    const { data } = await stripe.invoices.list({ customer: customer.id });
    expect(data.map(({ total, amount_paid, status }) => `${status} ${total}: ${amount_paid}`)).toEqual([
      'paid 1000: 400',
      'paid 400: 0',
      'paid -1000: 0',
      'paid 3000: 3000',
    ]);
  });

  it.each([
    ['pm_card_chargeCustomerFail', 'card_declined'],
    ['pm_card_authenticationRequired', 'subscription_payment_intent_requires_action'],
  ])('with %s is refused as a whole', async (card, code) => {
    const { stripe } = sandbox;
    const { id, item, customer } = await halfway();
    const method = await stripe.paymentMethods.attach(card, { customer: customer.id });
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } });
    const was = await stripe.subscriptions.retrieve(id);
    const items = [{ id: item, price: (await aPrice(sandbox, { amount: 6_000 })).id }];
    const sinceThePrice = await lastEvent(sandbox);

    const refused = await refusal(stripe.subscriptions.update(id, { items, ...IMMEDIATELY }));

    expect(refused).toMatchObject({ statusCode: 402, code });
    expect(await eventTypes(sandbox, sinceThePrice)).toEqual([]);
    expect({ ...(await stripe.subscriptions.retrieve(id)), lastResponse: null }).toEqual({
      ...was,
      lastResponse: null,
    });
  });

  it('on trial costs nothing, and the trial runs on', async () => {
    const { stripe } = sandbox;
    const { subscription, clock } = await aSubscriber(sandbox, { amount: 3_000, trial_period_days: 20 });
    await advance(sandbox, clock.id, FEB_14);
    const yearly = await aPrice(sandbox, { amount: 30_000, interval: 'year' });

    const items = [{ id: subscription.items.data[0]!.id, price: yearly.id }];
    const changed = await stripe.subscriptions.update(subscription.id, { items, ...IMMEDIATELY });
    await advance(sandbox, clock.id, T0 + 20 * DAY + 1);

    expect(changed).toMatchObject({ status: 'trialing', trial_end: T0 + 20 * DAY });
    expect(await latestOf(subscription.id)).toMatchObject({ amount_paid: 30_000 });
  });

  it('waits for no bank: a pending update is not spoken here', async () => {
    const { id, item, price } = await halfway();
    const params = { items: [{ id: item, price: price.id }], payment_behavior: 'pending_if_incomplete' as const };

    expect(await refusal(sandbox.stripe.subscriptions.update(id, params))).toMatchObject({ statusCode: 400 });
  });
});

describe('discounts of another price', () => {
  async function discounted() {
    const { id: coupon } = await sandbox.stripe.coupons.create({ percent_off: 50, duration: 'forever' });
    const subscriber = await aSubscriber(sandbox, { amount: 3_000, discounts: [{ coupon }] });
    const { id, items, discounts } = subscriber.subscription;
    const price = (await aPrice(sandbox, { amount: 6_000 })).id;
    const item = items.data[0]!.id;
    return { ...subscriber, id, price, items: [{ id: item, price }], discount: discounts[0] as string };
  }

  it('end with it: what is credited is half of what was charged, and the new one is charged in full', async () => {
    const { stripe } = sandbox;
    const { id, clock, items } = await discounted();
    await advance(sandbox, clock.id, FEB_14);
    const details = { items, proration_behavior: 'always_invoice' as const, proration_date: FEB_14 };

    const asked = { subscription: id, subscription_details: details };
    const kept = await stripe.invoices.createPreview(asked);
    const ended = await stripe.invoices.createPreview({ ...asked, discounts: '' });
    const changed = await stripe.subscriptions.update(id, { ...details, discounts: '' });

    expect([kept.amount_due, ended.amount_due]).toEqual([750, -750 + 3_000]);
    expect((await latestOf(id))?.amount_paid).toBe(2_250);
    expect(changed.discounts).toEqual([]);
  });

  it('are those of the phase that begins', async () => {
    const { stripe } = sandbox;
    for (const stays of [true, false]) {
      const { id, clock, price, discount } = await discounted();
      const made = await stripe.subscriptionSchedules.create({ from_subscription: id });
      const [running] = made.phases;
      const { start_date, end_date, items } = running!;
      const old = items.map((item) => ({ price: item.price as string }));
      const discounts = [{ discount }];

      await stripe.subscriptionSchedules.update(made.id, {
        phases: [
          { items: old, start_date, end_date, discounts },
          { items: [{ price }], duration: { interval: 'month' }, discounts: stays ? discounts : '' },
        ],
      });
      await advance(sandbox, clock.id, FEB_28);

      expect(running?.discounts).toEqual([{ coupon: null, discount, promotion_code: null }]);
      expect((await latestOf(id))?.amount_paid).toBe(stays ? 3_000 : 6_000);
      expect((await stripe.subscriptions.retrieve(id)).discounts).toEqual(stays ? [discount] : []);
    }
  });
});

describe('a schedule', () => {
  async function scheduled(amount: number, interval: 'month' | 'year' = 'month') {
    const subscriber = await halfway();
    const next = await aPrice(sandbox, { amount, interval });
    const { stripe } = sandbox;
    const { id, phases } = await stripe.subscriptionSchedules.create({ from_subscription: subscriber.id });
    const [first] = phases;
    const items = first!.items.map(({ price, quantity }) => ({
      price: typeof price === 'string' ? price : price.id,
      quantity: quantity ?? 1,
    }));
    const running = {
      items,
      start_date: first!.start_date,
      end_date: first!.end_date,
      proration_behavior: 'none',
    } as const;
    const later = { items: [{ price: next.id }], duration: { interval }, proration_behavior: 'none' as const };
    const schedule = await stripe.subscriptionSchedules.update(id, {
      phases: [running, later],
      end_behavior: 'release',
      metadata: { commandId: 'c1' },
    });
    return { ...subscriber, schedule, next };
  }

  it('changes the price at the end of the period, and bills the new one', async () => {
    const { stripe } = sandbox;
    const { id, clock, next, schedule } = await scheduled(1_000);
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
      schedule: schedule.id,
      items: { data: [{ price: { unit_amount: 3_000 } }] },
    });
    const before = await lastEvent(sandbox);

    await advance(sandbox, clock.id, FEB_28 + 1);

    expect(await latestOf(id)).toMatchObject({ amount_paid: 1_000, billing_reason: 'subscription_cycle' });
    const { items } = await stripe.subscriptions.retrieve(id);
    expect(items.data[0]).toMatchObject({
      price: { id: next.id },
      current_period_start: FEB_28,
      current_period_end: MAR_31,
    });
    expect((await eventTypes(sandbox, before)).slice(1, 4)).toEqual([
      'subscription_schedule.updated',
      'customer.subscription.updated',
      'invoice.created',
    ]);
    expect(await stripe.subscriptionSchedules.retrieve(schedule.id)).toMatchObject({
      status: 'active',
      metadata: { commandId: 'c1' },
      current_phase: { start_date: FEB_28, end_date: MAR_28 },
    });
    await advance(sandbox, clock.id, MAR_31 + 1);
    expect(await stripe.subscriptionSchedules.retrieve(schedule.id)).toMatchObject({ status: 'released' });
    expect(await latestOf(id)).toMatchObject({ amount_paid: 1_000, period_end: MAR_31 });
  });

  it('of another interval moves the anchor to that day', async () => {
    const { id, clock } = await scheduled(30_000, 'year');

    await advance(sandbox, clock.id, FEB_28 + 1);

    expect(await sandbox.stripe.subscriptions.retrieve(id)).toMatchObject({ billing_cycle_anchor: FEB_28 });
    expect(await latestOf(id)).toMatchObject({ amount_paid: 30_000 });
  });

  it('that is released changes nothing', async () => {
    const { stripe } = sandbox;
    const { id, clock, schedule } = await scheduled(1_000);

    const released = await stripe.subscriptionSchedules.release(schedule.id);
    await advance(sandbox, clock.id, FEB_28 + 1);

    expect(released).toMatchObject({ status: 'released', released_subscription: id, subscription: null });
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ schedule: null });
    expect(await latestOf(id)).toMatchObject({ amount_paid: 3_000 });
    expect(await refusal(stripe.subscriptionSchedules.release(schedule.id))).toMatchObject({ statusCode: 400 });
  });

  it('stands alone, forbids cancellation dates, and ends with its subscription', async () => {
    const { stripe } = sandbox;
    const { id, schedule } = await scheduled(1_000);

    expect(await refusal(stripe.subscriptionSchedules.create({ from_subscription: id }))).toMatchObject({
      statusCode: 400,
    });
    expect(await refusal(stripe.subscriptions.update(id, { cancel_at: MAR_31 }))).toMatchObject({ statusCode: 400 });
    await stripe.subscriptions.cancel(id);
    expect(await stripe.subscriptionSchedules.retrieve(schedule.id)).toMatchObject({ status: 'canceled' });
  });

  it('that is canceled takes its subscription along', async () => {
    const { stripe } = sandbox;
    const { id, schedule, customer } = await scheduled(1_000);

    expect(await stripe.subscriptionSchedules.cancel(schedule.id)).toMatchObject({ status: 'canceled' });
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'canceled' });
    const { data } = await stripe.subscriptionSchedules.list({ customer: customer.id });
    expect(data.map(({ id: one }) => one)).toEqual([schedule.id]);
  });
});
