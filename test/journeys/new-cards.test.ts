import { describe, expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { aSite } from './a-site.ts';
import { asCustomer } from './as-customer.ts';
import { giveCard, giveGoodCard } from './give-card.ts';
import { town, useTown } from './use-town.ts';

useTown();

const VISA = '4242424242424242';
const DECLINES = '4000000000000341';
const MARCH_1 = '2027-03-01T09:00Z';

/** Past due since the day before, with a card that declines. */
async function given(card = 'pm_card_chargeCustomerFail') {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));
  await giveCard(site, id, card);
  await site.moveTo('2027-03-01T09:00:00.000Z');
  await eventually(async () => (await site.read(id)).billingStatus === 'past_due');
  const ada = await asCustomer(site, id);
  const news = async () => (await site.timeline(id)).slice(3);
  return { site, id, ada, news };
}

type Given = Awaited<ReturnType<typeof given>>;

/** Leaves a card on Stripe's page, and does not come back from it. */
async function leaveCard({ site, id, ada }: Given, card = VISA): Promise<string> {
  const { url } = await site.must<{ url: string }>(ada.post(`/v1/me/purchases/${id}/card-session`, {}), 201);
  const sessionId = new URL(url).pathname.split('/').at(-1) ?? '';
  await site.pay(sessionId, card);
  return sessionId;
}

const comeBack = async ({ site, id, ada }: Given, sessionId: string): Promise<string> =>
  (await site.must<{ payment: string }>(ada.post(`/v1/me/purchases/${id}/card`, { sessionId }))).payment;

const isActive = async ({ site, id }: Given): Promise<boolean> => (await site.read(id)).billingStatus === 'active';

/** How often the open invoice was tried: each try makes a charge at Stripe. */
async function tries({ site, id }: Given): Promise<number> {
  const subscription = await town.sandbox.stripe.subscriptions.retrieve(await site.subscriptionOf(id));
  const { data } = await town.sandbox.stripe.charges.list({ customer: subscription.customer as string, limit: 50 });
  return data.length - 1;
}

const PAID = `${MARCH_1} payment.succeeded by stripe (2900 usd, recovered: true)`;

describe('a card that is changed while something is overdue is tried once, at once [R11.5]', () => {
  test('where the browser never comes back from Stripe', async () => {
    const all = await given();

    await leaveCard(all);
    await eventually(() => isActive(all));

    expect(await all.news()).toEqual([`${MARCH_1} purchase.payment-retried by system`, PAID]);
    expect(await tries(all)).toBe(2);
  });

  test('where the browser comes back before Stripe\u2019s events, and again', async () => {
    const all = await given();

    const sessionId = await leaveCard(all);
    expect(['paid', 'pending']).toContain(await comeBack(all, sessionId));
    await eventually(() => isActive(all));
    await comeBack(all, sessionId);
    await all.site.quiet();

    const [retried, paid, ...more] = await all.news();
    expect(retried).toMatch(/purchase\.payment-retried by (customer|system)$/);
    expect([paid, more]).toEqual([PAID, []]);
    expect(await tries(all)).toBe(2);
  });

  test('and comes back after them, when that card was declined as well: no second try', async () => {
    const all = await given();

    const sessionId = await leaveCard(all, DECLINES);
    await eventually(async () => (await tries(all)) === 2);
    await all.site.quiet();
    const payment = await comeBack(all, sessionId);
    await all.site.quiet();

    expect(payment).toBe('pending');
    expect(await tries(all)).toBe(2);
    expect((await all.news()).filter((line) => line.includes('retried'))).toEqual([]);
    expect((await all.site.read(all.id)).attentions).toEqual([]);
  });

  test('where the customer\u2019s default is changed at Stripe, and the subscription has no card of its own', async () => {
    const all = await given();
    const { stripe } = town.sandbox;
    const subscriptionId = await all.site.subscriptionOf(all.id);
    const { customer } = await stripe.subscriptions.retrieve(subscriptionId);
    await stripe.subscriptions.update(subscriptionId, { default_payment_method: '' });
    const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer as string });

    await stripe.customers.update(customer as string, { invoice_settings: { default_payment_method: card.id } });
    await eventually(() => isActive(all));

    expect(await all.news()).toEqual([`${MARCH_1} purchase.payment-retried by system`, PAID]);
    expect(await tries(all)).toBe(2);
  });
});

describe('a card that the bank refuses for good', () => {
  /** As a bank does that hears later of the loss. */
  async function lost(): Promise<Given> {
    return given('pm_card_chargeCustomerFailLostCard');
  }

  test('is not tried in vain, whoever asks, until there is another one', async () => {
    const all = await lost();
    const { site, id } = all;

    const refused = await site.owner.post(`/v1/purchases/${id}/retry-payment`, {});
    expect(refused).toMatchObject({ status: 409, body: { code: 'card_unusable', stripeCode: 'lost_card' } });
    expect(refused.body.detail).toContain('in vain');
    expect((await site.read(id)).illegalVerbs).toContainEqual(
      expect.objectContaining({ verb: 'retry-payment', code: 'card_unusable' }),
    );
    expect(await tries(all)).toBe(1);

    await giveGoodCard(site, id);
    expect(await all.news()).toEqual([`${MARCH_1} purchase.payment-retried by system`, PAID]);
  });

  test('and another one that only declines may be tried again by hand', async () => {
    const all = await lost();
    const { site, id } = all;

    await giveCard(site, id, 'pm_card_chargeCustomerFail');
    await eventually(async () => (await site.read(id)).overdue[0]?.declineCode === 'generic_decline');
    await site.quiet();
    const again = await site.owner.post(`/v1/purchases/${id}/retry-payment`, {});

    expect([again.status, again.body.code]).toEqual([402, 'card_declined']);
  });
});
