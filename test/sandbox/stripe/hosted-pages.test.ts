import { describe, expect, it } from '@jest/globals';
import { aCustomer, advance, aPrice, T0 } from './sandbox.ts';
import { sandbox, useSandbox } from './use-sandbox.ts';

useSandbox();

const VALID = { expiry: '12 / 34', cvc: '123', name: 'Ada' };

async function post(url: string, fields: Record<string, string>) {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  return { status: response.status, location: response.headers.get('location'), text: await response.text() };
}

async function aSession(name = 'Gold') {
  const price = await aPrice(sandbox, { name });
  return sandbox.stripe.checkout.sessions.create({
    mode: 'subscription',
    line_items: [{ price: price.id, quantity: 1 }],
    success_url: 'https://example.com/done?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'https://example.com/back',
    subscription_data: { trial_period_days: 14 },
  });
}

describe('the checkout page', () => {
  it('shows what is bought, escaped, and lets the person try another card', async () => {
    const session = await aSession('<b>Gold & "more"</b>');
    const shown = await (await fetch(session.url!)).text();
    expect(shown).toContain('&lt;b&gt;Gold &amp; &quot;more&quot;&lt;/b&gt;');
    expect(shown).toContain('then $30.00 every month');
    expect(shown).not.toContain('<b>Gold');

    const typo = await post(session.url!, { ...VALID, email: 'ada@example.com', number: '4242 4242 4242 4241' });
    expect(typo).toMatchObject({
      status: 402,
      text: expect.stringContaining('Your card number is incorrect.') as unknown,
    });
    const declined = await post(session.url!, { ...VALID, email: 'ada@example.com', number: '4000 0000 0000 9995' });
    expect(declined.text).toContain('Your card has insufficient funds.');
    expect((await sandbox.stripe.subscriptions.list({ status: 'all' })).data).toEqual([]);

    const paid = await post(session.url!, { ...VALID, email: 'ada@example.com', number: '4242 4242 4242 4242' });
    expect(paid).toMatchObject({ status: 303, location: `https://example.com/done?session=${session.id}` });
    const done = await sandbox.stripe.checkout.sessions.retrieve(session.id, { expand: ['customer', 'subscription'] });
    expect(done).toMatchObject({
      status: 'complete',
      payment_status: 'no_payment_required',
      customer: { email: 'ada@example.com', name: 'Ada' },
      subscription: { status: 'trialing' },
      customer_details: { email: 'ada@example.com' },
    });
    expect((await post(session.url!, VALID)).status).toBe(409);
  });

  it('asks for 3-D Secure, which can fail and be tried again', async () => {
    const session = await aSession();
    const fields = { ...VALID, email: 'ada@example.com', number: '4000002760003184' };
    expect((await post(session.url!, fields)).text).toContain('Complete authentication');
    expect((await post(session.url!, { authenticate: 'fail' })).text).toContain('unable to authenticate');
    await post(session.url!, fields);

    expect((await post(session.url!, { authenticate: 'pass' })).status).toBe(303);
  });

  it('saves a card in setup mode, and takes a one-time payment', async () => {
    const { stripe } = sandbox;
    const { customer } = await aCustomer(sandbox);
    const setup = await stripe.checkout.sessions.create({
      mode: 'setup',
      customer: customer.id,
      success_url: 'https://example.com',
    });
    await post(setup.url!, { ...VALID, number: '5555555555554444' });
    const saved = await stripe.checkout.sessions.retrieve(setup.id, { expand: ['setup_intent.payment_method'] });
    expect(saved.setup_intent).toMatchObject({
      status: 'succeeded',
      payment_method: { customer: customer.id, card: { brand: 'mastercard', last4: '4444' } },
    });

    const once = await stripe.prices.create({ currency: 'jpy', unit_amount: 900, product_data: { name: 'Course' } });
    const buy = await stripe.checkout.sessions.create({
      mode: 'payment',
      customer: customer.id,
      success_url: 'https://example.com',
      line_items: [{ price: once.id, quantity: 2 }],
      payment_intent_data: { metadata: { purchaseId: 'p1' } },
    });
    await post(buy.url!, { ...VALID, number: '4242424242424242' });
    const bought = await stripe.checkout.sessions.retrieve(buy.id, { expand: ['payment_intent.latest_charge'] });
    expect(bought).toMatchObject({
      payment_status: 'paid',
      amount_total: 1_800,
      payment_intent: { metadata: { purchaseId: 'p1' }, latest_charge: { status: 'succeeded' } },
    });
  });

  it('is over when the session expires, by itself or by request', async () => {
    const { stripe } = sandbox;
    const { clock, customer } = await aCustomer(sandbox);
    const wish = { mode: 'setup' as const, customer: customer.id, success_url: 'https://example.com' };
    const late = await stripe.checkout.sessions.create({ ...wish, expires_at: T0 + 1_800 });
    const taken = await stripe.checkout.sessions.create(wish);
    const url = taken.url!;
    expect((await stripe.checkout.sessions.expire(taken.id)).status).toBe('expired');
    await advance(sandbox, clock.id, T0 + 1_800);

    expect(await stripe.checkout.sessions.retrieve(late.id)).toMatchObject({ status: 'expired', url: null });
    expect(await (await fetch(url)).text()).toContain('This checkout has expired.');
    expect((await stripe.events.list({ type: 'checkout.session.expired' })).data).toHaveLength(2);
  });
});

describe('the invoice page', () => {
  it('lets the person pay an open invoice with another card', async () => {
    const { stripe } = sandbox;
    const price = await aPrice(sandbox);
    const { customer } = await aCustomer(sandbox, { card: 'pm_card_chargeCustomerFail' });
    const subscription = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
    const { hosted_invoice_url: url } = await stripe.invoices.retrieve(subscription.latest_invoice as string);
    expect(await (await fetch(url!)).text()).toContain('Pay $30.00');

    expect((await post(url!, { ...VALID, number: '4000000000000002' })).text).toContain('Your card was declined.');
    expect((await post(url!, { ...VALID, number: '4242424242424242' })).text).toContain('This invoice is paid.');
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
  });
});
