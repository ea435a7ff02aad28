import { expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { aSite, type Site } from './a-site.ts';
import { giveCard } from './give-card.ts';
import { town, useTown } from './use-town.ts';

useTown();

const SIX = { price: { kind: 'payment_plan', amountMinor: 4900, currency: 'usd', instalments: 6 } } as const;
const TEN = '2027-02-10T09:00:00.000Z';

const invoicesOf = async (site: Site, id: string) =>
  (await town.sandbox.stripe.invoices.list({ subscription: await site.subscriptionOf(id), limit: 10 })).data;

test('a plan is paid off in one invoice, as its preview said, after a card that fails and a bank that asks [R27.10]', async () => {
  const site = await aSite(town);
  await site.must(
    site.owner.post('/v1/promotion-codes', { code: 'HALF', percentOff: 50, duration: { months: 3 } }),
    201,
  );
  const id = await site.buy(await site.offer({ ...SIX, refundWindowDays: 60 }), { promotionCode: 'HALF' });
  await site.moveTo(TEN);
  const before = await site.read(id);
  expect(before.leftToPay).toEqual({ amountMinor: 2 * 2450 + 3 * 4900, currency: 'usd' });

  for (const card of ['pm_card_chargeCustomerFail', 'pm_card_authenticationRequired']) {
    await giveCard(site, id, card);
    expect(await site.refused(id, 'pay-off')).toMatchObject({ status: 402, code: 'card_declined' });
    await site.quiet();
  }
  expect(await site.read(id)).toMatchObject({ version: before.version, billingStatus: 'active', pending: null });
  expect((await invoicesOf(site, id)).map(({ status }) => status)).toEqual(['void', 'void', 'paid']);

  await giveCard(site, id, 'pm_card_visa');
  const said = await site.preview(id, 'pay-off');
  const done = await site.ask(id, 'pay-off', { planHash: said.planHash });
  await site.moveTo('2027-08-31T09:00:00.000Z');

  expect(said.money).toEqual([
    { kind: 'charged_now', amountMinor: 19_600, currency: 'usd' },
    { kind: 'no_more_charges', from: TEN },
  ]);
  expect(said.emails).toEqual([{ kind: 'plan-completed', to: 'customer' }]);
  expect(done.command.effects).toEqual({ money: said.money, emails: said.emails, refused: [] });
  expect((await site.timeline(id)).slice(3)).toEqual([
    '2027-02-10T09:00Z purchase.paid-off by api_key (19600 usd)',
    '2027-02-10T09:00Z payment.succeeded by stripe (19600 usd)',
    '2027-02-10T09:00Z purchase.completed by system',
    '2027-02-10T09:00Z purchase.billing-ended by system (cause: completed)',
    '2027-04-01T09:00Z purchase.refund-window-closed by system',
  ]);
  expect((await site.emails(id)).slice(1)).toEqual(['2027-02-10T09:00Z plan-completed to customer']);
  expect(await site.read(id)).toMatchObject({
    billingStatus: 'completed',
    accessStatus: 'full',
    instalments: { paid: 6, total: 6 },
    paid: { amountMinor: 2450 + 19_600 },
    leftToPay: null,
    nextCharge: null,
    needsAttention: false,
  });
  const { status } = await town.sandbox.stripe.subscriptions.retrieve(await site.subscriptionOf(id));
  expect(status).toBe('canceled');
});

test('what was paid off is refunded in part, and money-back gives the rest back and ends access', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ ...SIX, refundWindowDays: 30 }));
  await site.moveTo(TEN);
  await site.ask(id, 'pay-off');
  const rest = (await site.read(id)).payments[1];

  await site.ask(id, 'refund', { paymentId: rest?.id, amountMinor: 500 });
  expect(await site.read(id)).toMatchObject({ billingStatus: 'completed', instalments: { paid: 6, total: 6 } });
  const {
    command: { effects },
  } = await site.ask(id, 'money-back');

  expect(rest?.amountMinor).toBe(24_500);
  expect(effects?.money).toMatchObject([
    { kind: 'refund', amountMinor: 4900 },
    { kind: 'refund', amountMinor: 24_000 },
  ]);
  expect(await site.read(id)).toMatchObject({
    billingStatus: 'canceled',
    accessStatus: 'none',
    paid: { amountMinor: 0 },
    billing: { ended: { cause: 'refund' } },
  });
});

test('what the customer has with Stripe pays first, and is said before', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ ...SIX, refundWindowDays: 0 }));
  const { stripe } = town.sandbox;
  const { customer } = await stripe.subscriptions.retrieve(await site.subscriptionOf(id));
  await stripe.customers.createBalanceTransaction(customer as string, { amount: -10_000, currency: 'usd' });

  const said = await site.preview(id, 'pay-off');
  await site.ask(id, 'pay-off', { planHash: said.planHash });

  expect(said.money.slice(0, 2)).toEqual([
    { kind: 'charged_now', amountMinor: 14_500, currency: 'usd' },
    { kind: 'credit_applied', amountMinor: 10_000, currency: 'usd' },
  ]);
  expect(await site.read(id)).toMatchObject({
    billingStatus: 'completed',
    instalments: { paid: 6, total: 6 },
    paid: { amountMinor: 19_400 },
  });
});

test('paid off at Stripe by an invoice over the rest, it is complete and ended there', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ ...SIX, refundWindowDays: 0 }));
  const { stripe } = town.sandbox;
  const subscription = await site.subscriptionOf(id);
  const { customer } = await stripe.subscriptions.retrieve(subscription);

  const made = await stripe.invoices.create({ customer: customer as string, subscription, auto_advance: false });
  await stripe.invoices.addLines(made.id, {
    lines: [{ amount: 24_500, description: 'The rest', discountable: false }],
  });
  await stripe.invoices.pay(made.id);
  await eventually(async () => (await site.read(id)).billingStatus === 'completed');
  await site.quiet();
  await site.moveTo('2027-03-31T09:00:00.000Z');

  expect((await site.timeline(id)).slice(3)).toEqual([
    '2027-01-31T09:00Z payment.succeeded by stripe (24500 usd)',
    '2027-01-31T09:00Z purchase.completed by system',
    '2027-01-31T09:00Z purchase.billing-ended by system (cause: completed)',
  ]);
  expect(await site.read(id)).toMatchObject({ billingStatus: 'completed', instalments: { paid: 6, total: 6 } });
});
