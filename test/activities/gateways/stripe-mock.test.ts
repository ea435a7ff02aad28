import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createStripeGateway, HANDLED_EVENTS, type StripeGateway } from '../../../activities/gateways/stripe.ts';
import type { ReadyWrite } from '../../../workflows/domain/writes.ts';
import { anOffer } from './a-stripe.ts';
import { aStripeMock, type StripeMock } from './a-stripe-mock.ts';

const AT = '2026-12-31T09:30:00.000Z';
const KEY = { commandId: 'c1', purchaseId: 'p1', index: 0, generation: 0, firstTriedAt: new Date().toISOString() };

const INVOICE = { id: 'in_1', object: 'invoice', status: 'open', attempt_count: 1, lines: { data: [] } };
const PAYMENT = { invoice: 'in_1', amount_paid: 100, payment: { type: 'payment_intent', payment_intent: 'pi_1' } };
const list = (...data: object[]) => ({ object: 'list', data, has_more: false });

/**
 * What leads the gateway through all of its requests: something open, something drafted, something
 * paid, something disputed.
 */
const OVERLAYS = [
  { request: 'GET /v1/invoices/in_1', fields: INVOICE },
  { request: 'GET /v1/invoices', fields: list(INVOICE, { ...INVOICE, id: 'in_2', status: 'draft' }) },
  { request: 'POST /v1/invoices/in_2/finalize', fields: { ...INVOICE, id: 'in_2' } },
  { request: 'GET /v1/invoice_payments', fields: list(PAYMENT) },
  {
    request: 'GET /v1/payment_intents',
    fields: { latest_charge: 'ch_1', ...list({ id: 'pi_1', status: 'succeeded', metadata: {} }) },
  },
  { request: 'GET /v1/checkout/sessions/cs_2', fields: { customer: 'cus_1', amount_total: 0 } },
  { request: 'GET /v1/charges', fields: { disputed: true } },
  { request: 'GET /v1/subscriptions/sub_2', fields: { schedule: 'sub_sched_1' } },
  { request: 'POST /v1/subscription_schedules', fields: { id: 'sub_sched_1' } },
  { request: 'POST /v1/checkout/sessions/cs_1/expire', fields: { status: 'expired' } },
  { request: 'POST /v1/checkout/sessions', fields: { url: 'https://checkout.stripe.com/c/pay/cs_1' } },
];

let mock: StripeMock;
let gateway: StripeGateway;

beforeAll(async () => {
  mock = await aStripeMock(OVERLAYS);
  gateway = createStripeGateway({ apiKey: 'sk_test_123', apiBase: mock.url, timeoutMs: 10_000 });
});

afterAll(() => mock.close());

const WRITES: ReadyWrite[] = [
  { op: 'pauseCollection', subscriptionId: 'sub_1', resumesAt: AT },
  { op: 'pauseCollection', subscriptionId: 'sub_1', resumesAt: null },
  { op: 'resumeCollection', subscriptionId: 'sub_1' },
  { op: 'cancelNow', subscriptionId: 'sub_1' },
  { op: 'applyCode', subscriptionId: 'sub_1', stripePromotionId: 'promo_1' },
  { op: 'cancelAt', subscriptionId: 'sub_1', at: AT, prorate: true },
  { op: 'cancelAt', subscriptionId: 'sub_1', at: AT, prorate: false },
  { op: 'stopAt', subscriptionId: 'sub_1', at: AT },
  { op: 'undoCancel', subscriptionId: 'sub_1' },
  { op: 'voidOpenInvoices', subscriptionId: 'sub_1' },
  { op: 'changePrice', subscriptionId: 'sub_1', priceId: 'price_1', proration: 'prorate', asOf: AT },
  { op: 'changePrice', subscriptionId: 'sub_1', priceId: 'price_1', proration: 'none', asOf: AT },
  // `full` sends the anchor as the pinned version has it; stripe-mock describes an older one.
  { op: 'scheduleChange', subscriptionId: 'sub_1', priceId: 'price_1', interval: 'year', at: AT },
  { op: 'scheduleChange', subscriptionId: 'sub_2', priceId: 'price_1', interval: 'year', at: AT },
  { op: 'changePrice', subscriptionId: 'sub_1', priceId: 'price_1', proration: 'none', asOf: AT, discounts: ['di_1'] },
  { op: 'scheduleChange', subscriptionId: 'sub_1', priceId: 'price_1', interval: 'year', at: AT, discounts: [] },
  { op: 'payOff', subscriptionId: 'sub_1', instalments: 3, amountMinor: 300, currency: 'usd' },
  { op: 'releaseChange', subscriptionId: 'sub_2' },
  { op: 'withdrawCredit', subscriptionId: 'sub_1', amountMinor: 100, currency: 'usd' },
  { op: 'payInvoice', invoiceId: 'in_1' },
  { op: 'refund', paymentId: 'in_1', amountMinor: 100 },
];

const CHECKOUT = {
  purchaseId: 'p1',
  accountId: 'a1',
  offerId: 'o1',
  contactId: 'c1',
  customerId: 'cus_1',
  priceId: 'price_1',
  feePriceId: 'price_2',
  mode: 'subscription' as const,
  trialDays: 7,
  expiresAt: AT,
  successUrl: 'https://willow.example/thanks',
  cancelUrl: 'https://willow.example/offer',
};

const PROMOTION = {
  promotionCodeId: 'p1',
  code: 'SPRING',
  percentOff: 33.33,
  amountOffMinor: null,
  currency: null,
  duration: 'once' as const,
};

const ENDPOINT = { url: 'https://willow.example/webhooks', types: HANDLED_EVENTS, apiVersion: '2024-06-20' };

/** Stripe's description has no OAuth: it is at another host. */
type OAuth = 'authorizeUrl' | 'exchangeCode' | 'deauthorize';

/** Each method of the gateway, with everything that it may send. */
const CALLS: Record<Exclude<keyof StripeGateway, OAuth>, (gateway: StripeGateway) => Promise<unknown>> = {
  send: async (stripe) => {
    for (const write of WRITES) {
      await stripe.send(write, KEY, null);
      await stripe.send(write, { ...KEY, generation: 1 }, 'acct_1');
    }
  },
  checkRefunds: (stripe) => stripe.checkRefunds(WRITES, KEY, null),
  readSubscription: (stripe) => stripe.readSubscription('sub_1', null),
  resolvePayment: async (stripe) => {
    await stripe.resolvePayment({ paymentIntentId: 'pi_1', chargeId: null }, null);
    await stripe.resolvePayment({ paymentIntentId: null, chargeId: 'ch_1' }, 'acct_1');
  },
  liveSubscriptions: async (stripe) => {
    await stripe.liveSubscriptions(null, null);
    await stripe.liveSubscriptions('sub_1', 'acct_1');
  },
  liveSubscription: (stripe) => stripe.liveSubscription('sub_1', null),
  refundsSince: (stripe) => stripe.refundsSince({ since: AT, after: 're_1' }, null),
  readRefund: (stripe) => stripe.readRefund('re_1', null),
  disputesSince: (stripe) => stripe.disputesSince({ since: AT, after: null }, 'acct_1'),
  readDispute: (stripe) => stripe.readDispute('dp_1', null),
  cancelStray: (stripe) => stripe.cancelStray('sub_1', 'k1', null),
  ownAccount: (stripe) => stripe.ownAccount(),
  readSale: (stripe) => stripe.readSale('cs_1', null),
  readCheckout: (stripe) => stripe.readCheckout('cs_1', null),
  endedCheckout: (stripe) => stripe.endedCheckout('cs_2', null),
  cancelQuote: (stripe) => stripe.cancelQuote('sub_1', AT, null),
  changeQuote: (stripe) =>
    stripe.changeQuote({ subscriptionId: 'sub_1', priceId: 'price_1', proration: 'prorate', asOf: AT }, null),
  creditOf: (stripe) => stripe.creditOf('sub_1', null),
  balanceOf: (stripe) => stripe.balanceOf('sub_1', null),
  billOf: (stripe) => stripe.billOf('in_1', 'acct_1'),
  receiptOf: (stripe) => stripe.receiptOf('in_1', null),
  failureOf: (stripe) => stripe.failureOf({ invoiceId: 'in_1', attempts: 1 }, null),
  paymentPageOf: (stripe) => stripe.paymentPageOf('in_1', null),
  deleteCustomer: (stripe) => stripe.deleteCustomer('cus_1', 'acct_1'),
  updateCustomer: (stripe) => stripe.updateCustomer({ customerId: 'cus_1', email: 'a@b.example', name: null }, null),
  stillSells: (stripe) => stripe.stillSells({ customerId: 'cus_1', priceIds: ['price_1'] }, null),
  createPrice: async (stripe) => {
    await stripe.createPrice(anOffer({ trialDays: 7, setupFeeMinor: 0 }), 'k1', null);
    await stripe.createPrice(anOffer({ trialDays: 7, setupFeeMinor: 1500 }), 'k2', null);
    const price = { kind: 'one_time', amountMinor: 4900, currency: 'usd' } as const;
    await stripe.createPrice({ ...anOffer(), price }, 'k3', null);
    await stripe.createPrice({ ...anOffer(), price: { ...price, kind: 'payment_plan', instalments: 6 } }, 'k4', null);
  },
  createCustomer: async (stripe) => {
    const customer = { contactId: 'c1', email: 'ada@example.com' };
    await stripe.createCustomer({ ...customer, name: 'Ada', clockId: 'clock_1' }, 'k1', null);
    await stripe.createCustomer({ ...customer, name: null, clockId: null }, 'k2', null);
  },
  createCheckout: async (stripe) => {
    await stripe.createCheckout({ ...CHECKOUT, note: '6 monthly payments of $49.00.', locale: 'de' }, 'k1', null);
    await stripe.createCheckout({ ...CHECKOUT, stripePromotionId: 'promo_1' }, 'k3', null);
    await stripe.createCheckout({ ...CHECKOUT, feePriceId: null, trialDays: 0, expiresAt: null }, 'k2', null);
    await stripe.createCheckout({ ...CHECKOUT, mode: 'payment', feePriceId: null, trialDays: 0 }, 'k3', null);
  },
  createPromotion: async (stripe) => {
    const held = { expiresAt: '2100-01-01T00:00:00.000Z', maxUses: 5, firstPurchaseOnly: true };
    const free = { expiresAt: null, maxUses: null, firstPurchaseOnly: false };
    await stripe.createPromotion({ ...PROMOTION, ...held }, 'k1', 'acct_1');
    const amount = { percentOff: null, amountOffMinor: 500, currency: 'usd', duration: { months: 3 } };
    await stripe.createPromotion({ ...PROMOTION, ...amount, ...free }, 'k2', null);
  },
  endPromotion: (stripe) => stripe.endPromotion('promo_1', null),
  subscribe: (stripe) =>
    stripe.subscribe(
      { purchaseId: 'p1', accountId: 'a1', priceId: 'price_1', likeSubscriptionId: 'sub_1' },
      'subscribe:1',
      null,
    ),
  createSetupCheckout: (stripe) => stripe.createSetupCheckout({ ...CHECKOUT, currency: 'usd' }, 'k1', null),
  useCard: (stripe) =>
    stripe.useCard(
      { sessionId: 'cs_1', customerId: 'cus_1', purchaseId: 'p1', subscriptionId: 'sub_1', now: AT },
      null,
    ),
  cardEnd: (stripe) => stripe.cardEnd('pm_1', null),
  readMethod: (stripe) => stripe.readMethod('pm_1', null),
  readMethods: (stripe) => stripe.readMethods('cus_1', null),
  useByDefault: (stripe) => stripe.useByDefault('cus_1', 'pm_1', 'k1', null),
  useFor: (stripe) => stripe.useFor('sub_1', 'pm_1', 'k1', null),
  removeMethod: (stripe) => stripe.removeMethod('pm_1', 'k1', null),
  expireCheckout: (stripe) => stripe.expireCheckout('cs_1', null),
  createClock: (stripe) => stripe.createClock({ accountId: 'a1', contactId: 'c1', frozenAt: AT }, 'k1', null),
  readClock: (stripe) => stripe.readClock('clock_1', null),
  advanceClock: (stripe) => stripe.advanceClock('clock_1', '2100-01-01T00:00:00.000Z', null),
  eventsSince: async (stripe) => {
    const query = { createdGte: AT, createdLte: null, types: HANDLED_EVENTS, stripeAccount: null };
    for await (const event of stripe.eventsSince(query)) expect(event.object).toBe('event');
  },
  timeAt: (stripe) => stripe.timeAt(null),
  listEndpoints: (stripe) => stripe.listEndpoints(),
  createEndpoint: (stripe) => stripe.createEndpoint('https://willow.example/webhooks', HANDLED_EVENTS, '2024-06-20'),
  readKey: (stripe) => stripe.readKey('rk_test_1', { clocks: true, endpoint: true }),
  placeEndpoint: (stripe) => stripe.placeEndpoint({ stripeAccount: 'acct_1' }, ENDPOINT),
  removeEndpoint: (stripe) => stripe.removeEndpoint('we_1', null),
  updateEndpoint: (stripe) => stripe.updateEndpoint('we_1', HANDLED_EVENTS),
};

test.each(Object.entries(CALLS))('what %s asks is in Stripe’s own description of its API', async (_name, call) => {
  const before = mock.judged.length;

  await call(gateway);

  const judged = mock.judged.slice(before);
  expect(judged).not.toEqual([]);
  expect(judged.filter(({ refusal }) => refusal !== null)).toEqual([]);
});

test('all kinds of requests were judged', () => {
  // stripe-mock makes up another id for each invoice that is made.
  const kinds = new Set(mock.judged.map(({ request }) => request.replace(/\/in_\w{10,}\//, '/in_made/')));

  expect([...kinds].sort()).toMatchInlineSnapshot(`
   [
     "DELETE /v1/customers/cus_1",
     "DELETE /v1/subscriptions/sub_1",
     "DELETE /v1/webhook_endpoints/we_1",
     "GET /v1/account",
     "GET /v1/charges/ch_1",
     "GET /v1/checkout/sessions/cs_1",
     "GET /v1/checkout/sessions/cs_2",
     "GET /v1/customers/cus_1",
     "GET /v1/customers/cus_1/payment_methods",
     "GET /v1/customers/cus_QXg1o8vcGmoR32/balance_transactions",
     "GET /v1/disputes",
     "GET /v1/disputes/dp_1",
     "GET /v1/disputes/dp_none",
     "GET /v1/events",
     "GET /v1/events/evt_none",
     "GET /v1/invoice_payments",
     "GET /v1/invoices",
     "GET /v1/invoices/in_1",
     "GET /v1/payment_intents",
     "GET /v1/payment_intents/pi_1",
     "GET /v1/payment_intents/pi_none",
     "GET /v1/payment_methods/pm_1",
     "GET /v1/prices/price_1",
     "GET /v1/refunds",
     "GET /v1/refunds/re_1",
     "GET /v1/setup_intents",
     "GET /v1/setup_intents/seti_none",
     "GET /v1/subscription_schedules/sub_sched_1",
     "GET /v1/subscriptions",
     "GET /v1/subscriptions/sub_1",
     "GET /v1/subscriptions/sub_2",
     "GET /v1/test_helpers/test_clocks/clock_1",
     "GET /v1/webhook_endpoints",
     "POST /v1/checkout/sessions",
     "POST /v1/checkout/sessions/cs_1/expire",
     "POST /v1/checkout/sessions/cs_none/expire",
     "POST /v1/coupons",
     "POST /v1/coupons/none",
     "POST /v1/customers",
     "POST /v1/customers/cus_1",
     "POST /v1/customers/cus_QXg1o8vcGmoR32/balance_transactions",
     "POST /v1/customers/cus_none",
     "POST /v1/invoices",
     "POST /v1/invoices/create_preview",
     "POST /v1/invoices/in_1/pay",
     "POST /v1/invoices/in_1/void",
     "POST /v1/invoices/in_2/finalize",
     "POST /v1/invoices/in_2/void",
     "POST /v1/invoices/in_made/add_lines",
     "POST /v1/invoices/in_made/finalize",
     "POST /v1/invoices/in_made/pay",
     "POST /v1/invoices/in_none/void",
     "POST /v1/payment_methods/pm_1/detach",
     "POST /v1/payment_methods/pm_none/detach",
     "POST /v1/prices",
     "POST /v1/prices/price_none",
     "POST /v1/products",
     "POST /v1/products/prod_none",
     "POST /v1/promotion_codes",
     "POST /v1/promotion_codes/promo_1",
     "POST /v1/promotion_codes/promo_none",
     "POST /v1/refunds",
     "POST /v1/refunds/re_none",
     "POST /v1/subscription_schedules",
     "POST /v1/subscription_schedules/sub_sched_1",
     "POST /v1/subscription_schedules/sub_sched_1/release",
     "POST /v1/subscriptions/sub_1",
     "POST /v1/subscriptions/sub_none",
     "POST /v1/test_helpers/test_clocks",
     "POST /v1/test_helpers/test_clocks/clock_1/advance",
     "POST /v1/test_helpers/test_clocks/clock_none/advance",
     "POST /v1/webhook_endpoints",
     "POST /v1/webhook_endpoints/we_1",
     "POST /v1/webhook_endpoints/we_none",
   ]
  `);
});

test('a parameter that Stripe does not know is refused', async () => {
  const answer = await fetch(`${mock.url}/v1/refunds`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk_test_123', 'content-type': 'application/x-www-form-urlencoded' },
    body: 'payment_intent=pi_1&amout=100',
  });

  expect(answer.status).toBe(400);
  expect(mock.judged.at(-1)?.refusal).toContain('additional properties are not allowed');
});
