import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Stripe from 'stripe';
import {
  constructEvent,
  fromStripeEvent,
  HANDLED_EVENTS,
  StripeMissing,
  StripeRefused,
} from '../../../activities/gateways/stripe.ts';
import { routeOf } from '../../../activities/gateways/stripe/route.ts';
import { idOf } from '../../../activities/gateways/stripe/unreadable.ts';
import { control } from '../../sandbox/stripe/sandbox.ts';
import { aBought, aCheckout, aKey, anOffer, aStripe, fault, PURCHASE, T0, type TestStripe } from './a-stripe.ts';

let stripe: TestStripe;

beforeEach(async () => {
  stripe = await aStripe();
});

afterEach(() => stripe.close());

const paymentIntentOf = async (invoice: string) => {
  const { data } = await stripe.sandbox.stripe.invoicePayments.list({ invoice });
  return idOf(data[0]?.payment.payment_intent) ?? '';
};
const chargeOf = async (invoice: string) => {
  const intent = await stripe.sandbox.stripe.paymentIntents.retrieve(await paymentIntentOf(invoice));
  return idOf(intent.latest_charge) ?? '';
};

describe('an offer at Stripe', () => {
  test('has a product and a price, and a price for its fee where it has one', async () => {
    const { prices } = stripe.sandbox.stripe;
    const plain = await stripe.gateway.createPrice(anOffer(), 'key-1', null);
    const withFee = await stripe.gateway.createPrice(anOffer({ setupFeeMinor: 1500 }), 'key-2', null);

    expect(plain.stripeFeePriceId).toBeNull();
    expect(await prices.retrieve(plain.stripePriceId)).toMatchObject({
      product: plain.stripeProductId,
      unit_amount: 4900,
      recurring: { interval: 'month' },
      metadata: { offerId: 'offer-1' },
    });
    expect(await prices.retrieve(String(withFee.stripeFeePriceId))).toMatchObject({
      unit_amount: 1500,
      type: 'one_time',
    });
  });

  test('has a customer who is renamed there; one that is gone is nothing to tell of', async () => {
    const { customers } = stripe.sandbox.stripe;
    const { customerId } = (await aCheckout(stripe)).input;
    const rename = (name: string | null) =>
      stripe.gateway.updateCustomer({ customerId, email: 'new@example.com', name }, null);

    await rename(null);
    const renamed = await customers.retrieve(customerId);
    await customers.del(customerId);
    await rename('Ada');

    expect(renamed).toMatchObject({ email: 'new@example.com', name: null });
  });

  test.each(['customer', 'price', 'product'])('is known to be gone once its %s is', async (what) => {
    const { customers, prices, products } = stripe.sandbox.stripe;
    const { input } = await aCheckout(stripe);
    const { customerId, priceId } = input;
    const { product } = await prices.retrieve(priceId);
    const look = () => stripe.gateway.stillSells({ customerId, priceIds: [priceId] }, null);
    const before = await look();

    if (what === 'customer') await customers.del(customerId);
    if (what === 'price') await prices.update(priceId, { active: false });
    if (what === 'product') await products.update(idOf(product) ?? '', { active: false });

    expect([before, await look()]).toEqual([
      { customer: true, price: true },
      { customer: what !== 'customer', price: what === 'customer' },
    ]);
    await expect(stripe.gateway.createCheckout(input, 'anew', null)).rejects.toMatchObject({ name: 'StripeRefused' });
  });

  test.each(['429', '500'])('is made once, whatever is repeated after %s', async (kind) => {
    await fault(stripe, { kind, method: 'POST', path: '/v1/prices' });
    await expect(stripe.gateway.createPrice(anOffer(), 'key-1', null)).rejects.toMatchObject({
      name: 'StripeUnavailable',
    });

    const made = await stripe.gateway.createPrice(anOffer(), 'key-1', null);

    expect(await stripe.gateway.createPrice(anOffer(), 'key-1', null)).toEqual(made);
    expect((await stripe.sandbox.stripe.products.list()).data).toHaveLength(1);
    expect((await stripe.sandbox.stripe.prices.list()).data).toHaveLength(1);
  });
});

describe('a checkout', () => {
  test('makes a subscription that leads back to its purchase', async () => {
    const { subscriptionId } = await aBought(stripe);
    const subscription = await stripe.sandbox.stripe.subscriptions.retrieve(subscriptionId);

    expect(subscription.metadata).toEqual({ purchaseId: PURCHASE, accountId: 'account-1' });
  });

  test('with trial and fee charges the fee now and the price later', async () => {
    const { subscriptionId } = await aBought(stripe, { trialDays: 14, setupFeeMinor: 1500 });
    const facts = await stripe.gateway.readSubscription(subscriptionId, null);

    expect(facts).toMatchObject([
      {
        type: 'invoice',
        status: 'paid',
        amountPaidMinor: 1500,
        reason: 'first',
        periodEnd: '2027-02-14T10:00:00.000Z',
      },
      { type: 'subscription', status: 'trialing', trialEndsAt: '2027-02-14T10:00:00.000Z' },
    ]);
  });

  test('asked for again with its key is the same session', async () => {
    const { input, session } = await aCheckout(stripe);

    expect(await stripe.gateway.createCheckout(input, 'checkout-key', null)).toEqual(session);
  });

  test('is expired while it is open, and wins once it is completed', async () => {
    const open = await aCheckout(stripe);
    const { sessionId } = await stripe.gateway.createCheckout(open.input, 'another-key', null);
    await control(stripe.sandbox, 'POST', `/checkout/${sessionId}/pay`, {});

    expect(await stripe.gateway.expireCheckout(open.session.sessionId, null)).toBe('expired');
    expect(await stripe.gateway.expireCheckout(open.session.sessionId, null)).toBe('expired');
    expect(await stripe.gateway.expireCheckout(sessionId, null)).toBe('completed');
  });

  test('that Stripe will not make is refused with the code alone', async () => {
    const { input } = await aCheckout(stripe);
    const asked = stripe.gateway.createCheckout({ ...input, priceId: 'price_none' }, 'another-key', null);

    await expect(asked).rejects.toBeInstanceOf(StripeRefused);
    await expect(asked).rejects.toMatchObject({ message: 'Stripe refused: resource_missing' });
  });

  test('for a card alone buys nothing', async () => {
    const { input } = await aCheckout(stripe);
    const setup = await stripe.gateway.createSetupCheckout({ ...input, currency: 'usd' }, 'setup-key', null);

    expect(await stripe.sandbox.stripe.checkout.sessions.retrieve(setup.sessionId)).toMatchObject({
      mode: 'setup',
      customer: input.customerId,
    });
    expect(setup.url).toContain(setup.sessionId);
  });

  test('left by a customer pays from then on, for its own purchase only and not from an old page', async () => {
    const { input } = await aCheckout(stripe);
    const bought = await stripe.gateway.createCheckout(input, 'buys', null);
    await control(stripe.sandbox, 'POST', `/checkout/${bought.sessionId}/pay`, {});
    const { subscription } = await stripe.sandbox.stripe.checkout.sessions.retrieve(bought.sessionId);
    const setup = await stripe.gateway.createSetupCheckout({ ...input, currency: 'usd' }, 'setup-2', null);
    const { customerId, purchaseId } = input;
    const use = { sessionId: setup.sessionId, customerId, purchaseId, subscriptionId: subscription as string, now: T0 };

    expect(await stripe.gateway.useCard(use, null)).toBeNull();
    await control(stripe.sandbox, 'POST', `/checkout/${setup.sessionId}/pay`, { card: '5555555555554444' });
    expect(await stripe.gateway.useCard({ ...use, purchaseId: 'another' }, null)).toBeNull();
    expect(await stripe.gateway.useCard({ ...use, customerId: 'cus_another' }, null)).toBeNull();
    expect(await stripe.gateway.useCard({ ...use, now: setup.expiresAt }, null)).toBeNull();
    expect(await stripe.gateway.useCard({ ...use, sessionId: 'cs_none' }, null)).toBeNull();
    const used = await stripe.gateway.useCard(use, null);

    const expand = ['default_payment_method'];
    const paid = await stripe.sandbox.stripe.subscriptions.retrieve(use.subscriptionId, { expand });
    expect(paid.default_payment_method).toMatchObject({ id: used, card: { last4: '4444' } });
  });
});

describe('before a refund', () => {
  const refund = (paymentId: string, amountMinor: number) => ({ op: 'refund' as const, paymentId, amountMinor });

  test('what is left of the charge counts, for all refunds of a payment together', async () => {
    const { invoiceId } = await aBought(stripe);
    await stripe.gateway.send(refund(invoiceId, 900), aKey(), null);

    expect(await stripe.gateway.checkRefunds([refund(invoiceId, 4000)], aKey(), null)).toEqual({ ok: true });
    expect(await stripe.gateway.checkRefunds([refund(invoiceId, 3000), refund(invoiceId, 1001)], aKey(), null)).toEqual(
      {
        ok: false,
        paymentId: invoiceId,
        code: 'amount_too_large',
      },
    );
  });

  test('a check repeated after the answer was lost lets the command go on', async () => {
    const { invoiceId } = await aBought(stripe);
    const writes = [refund(invoiceId, 3000)];
    const check = (commandId: string) => stripe.gateway.checkRefunds(writes, aKey({ commandId }), null);

    await stripe.gateway.send(writes[0]!, aKey({ commandId: 'ours' }), null);

    expect(await check('ours')).toEqual({ ok: true });
    expect(await check('another')).toEqual({ ok: false, paymentId: invoiceId, code: 'amount_too_large' });
  });

  test('a disputed payment is found, until the dispute is won', async () => {
    const { invoiceId } = await aBought(stripe);
    const { id } = (await control(stripe.sandbox, 'POST', '/disputes', { charge: await chargeOf(invoiceId) })) as {
      id: string;
    };
    const disputed = await stripe.gateway.checkRefunds([refund(invoiceId, 100)], aKey(), null);
    await control(stripe.sandbox, 'POST', `/disputes/${id}/win`);

    expect(disputed).toEqual({ ok: false, paymentId: invoiceId, code: 'payment_disputed' });
    expect(await stripe.gateway.checkRefunds([refund(invoiceId, 100)], aKey(), null)).toEqual({ ok: true });
  });
});

describe('reading', () => {
  test('a subscription that does not exist is missing', async () => {
    await expect(stripe.gateway.readSubscription('sub_none', null)).rejects.toBeInstanceOf(StripeMissing);
  });

  test('a customer who must authenticate is told from a card that declines', async () => {
    const { subscriptionId, customerId, clockId } = await aBought(stripe);
    const { paymentMethods, subscriptions } = stripe.sandbox.stripe;
    const card = await paymentMethods.attach('pm_card_authenticationRequired', { customer: customerId });
    await subscriptions.update(subscriptionId, { default_payment_method: card.id });
    await stripe.gateway.advanceClock(clockId, '2027-02-28T12:00:00.000Z', null);

    const facts = await stripe.gateway.readSubscription(subscriptionId, null);

    expect(facts.at(-2)).toMatchObject({ type: 'invoice', status: 'open', trouble: 'action_required' });
  });

  test('the reason of a failed try is told by its code, with the card, and not once another try has come', async () => {
    const { subscriptionId, customerId, clockId } = await aBought(stripe);
    const { paymentMethods, subscriptions, invoices } = stripe.sandbox.stripe;
    const card = await paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customerId });
    await subscriptions.update(subscriptionId, { default_payment_method: card.id });
    await stripe.gateway.advanceClock(clockId, '2027-02-28T12:00:00.000Z', null);
    const [invoice] = (await invoices.list({ subscription: subscriptionId, status: 'open' })).data;
    const reasonOf = (attempts: number) => stripe.gateway.failureOf({ invoiceId: invoice?.id ?? '', attempts }, null);

    const facts = await stripe.gateway.readSubscription(subscriptionId, null);
    const first = await reasonOf(1);
    await stripe.gateway.advanceClock(clockId, '2027-03-04T12:00:00.000Z', null);

    expect(facts.at(-2)).toMatchObject({ trouble: 'failed', declineCode: 'generic_decline' });
    const failure = { declineCode: 'generic_decline', methodId: card.id };
    expect([first, await reasonOf(1), await reasonOf(2)]).toEqual([failure, null, failure]);
  });

  test('a payment intent, or a charge alone, leads to its payment and subscription; unknown ones nowhere', async () => {
    const { invoiceId, subscriptionId } = await aBought(stripe);
    const paymentIntentId = await paymentIntentOf(invoiceId);
    const { latest_charge } = await stripe.sandbox.stripe.paymentIntents.retrieve(paymentIntentId);
    const resolve = (money: { paymentIntentId: string | null; chargeId: string | null }) =>
      stripe.gateway.resolvePayment(money, null);

    const payment = { paymentId: invoiceId, subscriptionId };
    expect(await resolve({ paymentIntentId, chargeId: null })).toEqual(payment);
    expect(await resolve({ paymentIntentId: null, chargeId: latest_charge as string })).toEqual(payment);
    expect(await resolve({ paymentIntentId: 'pi_none', chargeId: null })).toBeNull();
    expect(await resolve({ paymentIntentId: null, chargeId: 'ch_none' })).toBeNull();
  });

  test('a completed checkout names what it has led to, an open one nothing', async () => {
    const open = await aCheckout(stripe);

    expect(await stripe.gateway.readCheckout(open.session.sessionId, null)).toEqual([]);
    await control(stripe.sandbox, 'POST', `/checkout/${open.session.sessionId}/pay`, { card: '4242424242424242' });
    const done = await stripe.sandbox.stripe.checkout.sessions.retrieve(open.session.sessionId);
    expect(await stripe.gateway.readCheckout(open.session.sessionId, null)).toEqual([done.subscription, done.invoice]);
  });

  test('the platform’s own account has the name that Stripe gives it', async () => {
    const { id } = await stripe.sandbox.stripe.accounts.retrieveCurrent();

    expect(await stripe.gateway.ownAccount()).toBe(id);
  });

  test('the price of a shortened last cycle is Stripe’s, per second', async () => {
    const { subscriptionId } = await aBought(stripe);
    const quote = (at: string) => stripe.gateway.cancelQuote(subscriptionId, at, null);

    // The cycle after 28 February has 31 days; 4900 x 15.5 / 31 = 2450.
    expect(await quote('2027-03-15T22:00:00.000Z')).toEqual({ amountMinor: 2450, currency: 'usd' });
    expect(await quote('2027-02-10T00:00:00.000Z')).toBeNull();
    expect(await quote('2027-05-10T00:00:00.000Z')).toBeNull();
  });
});

describe('the receipt of a payment', () => {
  test('has its invoice’s number and the card that was charged, and is not known while Stripe is away [R12.2]', async () => {
    const { subscriptionId } = await aBought(stripe);
    const [invoice] = (await stripe.sandbox.stripe.invoices.list({ subscription: subscriptionId })).data;

    expect(invoice?.number).toEqual(expect.any(String));
    expect(await stripe.gateway.receiptOf(invoice?.id ?? '', null)).toEqual({
      number: invoice?.number,
      card: { brand: 'visa', last4: '4242', expMonth: expect.any(Number), expYear: expect.any(Number) },
    });
    await fault(stripe, { kind: '500', method: 'GET', path: '/v1/invoice_payments' });
    await expect(stripe.gateway.receiptOf(invoice?.id ?? '', null)).rejects.toMatchObject({
      name: 'StripeUnavailable',
    });
  });
});

describe('events', () => {
  test('are listed from an instant on, the newest last, and say what happened', async () => {
    await aBought(stripe);
    const events: Stripe.Event[] = [];
    const query = {
      createdGte: '2026-01-01T00:00:00.000Z',
      createdLte: null,
      types: HANDLED_EVENTS,
      stripeAccount: null,
    };
    for await (const event of stripe.gateway.eventsSince(query)) events.push(event);

    expect(events.map(({ type }) => type)).toEqual([
      'customer.subscription.created',
      'invoice.paid',
      'customer.subscription.updated',
      'checkout.session.completed',
    ]);
    expect(events.map((event) => routeOf(event).pointsAt)).toEqual([PURCHASE, PURCHASE, PURCHASE, null]);
    expect(routeOf(events.at(-1)!).names).toEqual(expect.arrayContaining([routeOf(events[0]!).refs[0]]));
    expect(events.slice(0, 3).map((event) => fromStripeEvent(event, null)?.object)).toMatchObject([
      { status: 'incomplete' },
      { status: 'paid', amountPaidMinor: 4900, reason: 'first' },
      { status: 'active' },
    ]);
  });

  test('end with an instant, where one is named', async () => {
    await aBought(stripe);
    const listed = async (createdLte: string) => {
      const span = { createdGte: '2020-01-01T00:00:00.000Z', createdLte };
      const types: string[] = [];
      for await (const { type } of stripe.gateway.eventsSince({ ...span, types: HANDLED_EVENTS, stripeAccount: null }))
        types.push(type);
      return types.length;
    };

    expect(await listed('2020-01-02T00:00:00.000Z')).toBe(0);
    expect(await listed('2099-01-01T00:00:00.000Z')).toBe(4);
  });

  test('go on over pages', async () => {
    for (let n = 0; n < 103; n++) {
      const person = { contactId: `contact-${n}`, email: `ada+${n}@example.com`, name: null, clockId: null };
      await stripe.gateway.createCustomer(person, `key-${n}`, null);
    }
    const emails: unknown[] = [];
    const query = {
      createdGte: '2026-01-01T00:00:00.000Z',
      createdLte: null,
      types: ['customer.created'],
      stripeAccount: null,
    };
    for await (const { data } of stripe.gateway.eventsSince(query)) emails.push((data.object as Stripe.Customer).email);

    expect(emails).toEqual(Array.from({ length: 103 }, (_, n) => `ada+${n}@example.com`));
  });

  test('are taken only with a fresh signature over their very bytes', () => {
    const payload = JSON.stringify({ id: 'evt_1', object: 'event', type: 'invoice.paid' });
    const sign = (secret: string, ageSeconds = 0) =>
      Stripe.webhooks.generateTestHeaderString({
        payload,
        secret,
        timestamp: Math.floor(Date.now() / 1000) - ageSeconds,
      });

    expect(constructEvent(Buffer.from(payload), sign('whsec_1'), 'whsec_1').id).toBe('evt_1');
    expect(() => constructEvent(Buffer.from(payload), sign('whsec_2'), 'whsec_1')).toThrow();
    expect(() => constructEvent(Buffer.from(payload), sign('whsec_1', 301), 'whsec_1')).toThrow();
    expect(() => constructEvent(Buffer.from(`${payload} `), sign('whsec_1'), 'whsec_1')).toThrow();
  });
});

test('each connected account has objects of its own', async () => {
  const { subscriptionId } = await aBought(stripe);

  await expect(stripe.gateway.readSubscription(subscriptionId, 'acct_1')).rejects.toBeInstanceOf(StripeMissing);
});
