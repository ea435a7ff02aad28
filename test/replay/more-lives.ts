import { v7 as uuid } from 'uuid';
import { subscriptionIdOf } from '../../workflows/domain/billing-parts.ts';
import type { Price } from '../../workflows/domain/price.ts';
import { keepPrices } from '../../db/catalog/at-stripe.ts';
import { anExpert } from '../builders/rows.ts';
import { eventually } from '../ground/eventually.ts';
import { aShop, type Shop } from '../ground/shop.ts';
import type { Stack } from '../ground/stack.ts';

/** Lives that are told side by side in one shop, whose clock moves on for all of them at once. */
export const MORE_LIVES = [
  'paid-once',
  'free-taken-and-extended',
  'discounted',
  'cancellation-requested',
  'offer-changed',
  'offer-change-undone',
  'paid-off',
  'trial-converted',
  'offer-change-refused',
  'offer-taken-over',
  'money-back-after-change',
  'sent-back',
  'requirement-ended',
  'ended-with-its-dependent',
  'credits-and-a-call',
] as const;
type MoreName = (typeof MORE_LIVES)[number];

/** The purchase of each, on 1 March 2027: no refund window is over yet, so that each is one run. */
export async function liveMore(stack: Stack): Promise<Record<MoreName, string>> {
  const shop = await aShop(stack);
  const gold = await anOfferAt(9900, stack, shop);
  const paidOnce = await shop.buy({ price: { kind: 'one_time', amountMinor: 9900, currency: 'usd' } });
  const taken = await freeTaken(shop);
  const requested = await cancellationRequested(shop);
  const undone = await changeUndone(shop, gold);
  const changed = await offerChanged(shop, gold);
  const ofKinds = await livesOfKinds(stack, shop, gold);
  const discounted = await shop.buy();
  const pair = await aPair(shop);
  const called = await creditsAndACall(stack, shop);
  await halvedOnce(stack, shop, discounted);
  await stack.sandbox.stripe.subscriptions.cancel(await subscriptionOf(shop, pair.requiredId));
  await shop.moveTo('2027-03-01T09:00:00.000Z');
  await eventually(async () => (await shop.timeline(changed)).some(([type]) => type === 'purchase.schedule-released'));
  return {
    'paid-once': paidOnce,
    'free-taken-and-extended': taken,
    discounted,
    ...ofKinds,
    'cancellation-requested': requested,
    'offer-changed': changed,
    'offer-change-undone': undone,
    'requirement-ended': pair.dependentId,
    'ended-with-its-dependent': pair.requiredId,
    'credits-and-a-call': called,
  };
}

const subscriptionOf = async (shop: Shop, purchaseId: string): Promise<string> =>
  subscriptionIdOf((await shop.state(purchaseId)).billing) ?? '';

async function freeTaken(shop: Shop): Promise<string> {
  const { offerId } = await shop.offer({ price: { kind: 'free' }, accessDays: 60 });
  const purchaseId = await shop.incompletePurchase(offerId, (await shop.contact()).contactId, 'bought');
  await shop.ask(purchaseId, 'take-free', {});
  await shop.ask(purchaseId, 'extend', { days: 14, until: null });
  return purchaseId;
}

/** Withdrawn, declined, and at last carried out by the verb that names it. */
async function cancellationRequested(shop: Shop): Promise<string> {
  const purchaseId = await shop.buy({ cancelBy: 'request' });
  const request = async () => {
    const requestId = uuid();
    await shop.ask(purchaseId, 'request-cancellation', { requestId, refundWanted: false }, { commandId: requestId });
    return { requestId };
  };
  await shop.ask(purchaseId, 'withdraw-cancellation-request', await request());
  await shop.ask(purchaseId, 'decline-cancellation-request', await request());
  await shop.ask(purchaseId, 'cancel', { when: 'now', cancelAt: null, ...(await request()) });
  return purchaseId;
}

type Gold = { offerId: string; productIds: string[]; price: Price; priceId: string };

const MONTH = { kind: 'subscription', currency: 'usd', interval: 'month' } as const;

async function anOfferAt(amountMinor: number, { deps }: Stack, shop: Shop): Promise<Gold> {
  const price = { ...MONTH, amountMinor, trialDays: 0, setupFeeMinor: 0 };
  const { offerId, productId } = await shop.offer({ price });
  const made = { offerId, name: 'Studio, another', price };
  const atStripe = await deps.gateway.createPrice(made, uuid(), null);
  await keepPrices(deps.orm.em.fork(), { id: offerId, accountId: shop.accountId }, null, atStripe);
  return { offerId, productIds: [productId], price, priceId: atStripe.stripePriceId };
}

/** Those that end before the clock goes on, and a trial. */
async function livesOfKinds(stack: Stack, shop: Shop, gold: Gold) {
  return {
    'paid-off': await paidOff(stack, shop),
    'trial-converted': await shop.buy({ price: { ...MONTH, amountMinor: 4900, trialDays: 14, setupFeeMinor: 900 } }),
    'offer-change-refused': await changeRefused(stack, shop, gold),
    'offer-taken-over': await takenOver(stack, shop, gold),
    'money-back-after-change': await moneyBackAfterChange(stack, shop),
    'sent-back': await sentBack(shop),
  };
}

/** At once, after a card that was declined. */
async function paidOff(stack: Stack, shop: Shop): Promise<string> {
  const price = { kind: 'payment_plan', amountMinor: 4900, currency: 'usd', instalments: 4 } as const;
  const purchaseId = await shop.buy({ price, refundWindowDays: 60 });
  await giveCard(stack, shop, purchaseId, 'pm_card_chargeCustomerFail');
  await shop.ask(purchaseId, 'pay-off', {});
  await giveCard(stack, shop, purchaseId, 'pm_card_visa');
  await shop.ask(purchaseId, 'pay-off', {});
  return purchaseId;
}

async function changeRefused(stack: Stack, shop: Shop, gold: Gold): Promise<string> {
  const purchaseId = await shop.buy();
  await giveCard(stack, shop, purchaseId, 'pm_card_chargeCustomerFail');
  await becoming(shop, purchaseId, gold, 'now');
  await giveCard(stack, shop, purchaseId, 'pm_card_visa');
  return purchaseId;
}

/** Its price was set at Stripe. */
async function takenOver({ sandbox: { stripe } }: Stack, shop: Shop, { priceId }: Gold): Promise<string> {
  const purchaseId = await shop.buy();
  const subscriptionId = await subscriptionOf(shop, purchaseId);
  const [item] = (await stripe.subscriptions.retrieve(subscriptionId)).items.data;
  const items = [{ id: item!.id, price: priceId }];
  await stripe.subscriptions.update(subscriptionId, { items, proration_behavior: 'none' });
  return purchaseId;
}

/** What the change has left as a credit is withdrawn. */
async function moneyBackAfterChange(stack: Stack, shop: Shop): Promise<string> {
  const purchaseId = await shop.buy();
  await becoming(shop, purchaseId, await anOfferAt(900, stack, shop), 'now');
  const credit = await stack.deps.gateway.creditOf(await subscriptionOf(shop, purchaseId), null);
  await shop.ask(purchaseId, 'money-back', { override: false, hasReason: false, credit });
  return purchaseId;
}

/** What it requires had ended before it was paid. */
async function sentBack(shop: Shop): Promise<string> {
  const { person, requiredId, offerId } = await required(shop);
  await shop.ask(requiredId, 'cancel', { when: 'now', cancelAt: null });
  const purchaseId = await shop.buy({ person, requires: [offerId] });
  await eventually(async () => (await shop.timeline(purchaseId)).some(([type]) => type === 'refund.succeeded'));
  return purchaseId;
}

async function giveCard({ sandbox: { stripe } }: Stack, shop: Shop, purchaseId: string, token: string): Promise<void> {
  const subscriptionId = await subscriptionOf(shop, purchaseId);
  const { customer } = await stripe.subscriptions.retrieve(subscriptionId);
  const card = await stripe.paymentMethods.attach(token, { customer: customer as string });
  await stripe.subscriptions.update(subscriptionId, { default_payment_method: card.id });
}

async function becoming(shop: Shop, purchaseId: string, { priceId, ...gold }: Gold, when: 'now' | 'period_end') {
  const found = {
    terms: { ...(await shop.state(purchaseId)).terms, ...gold },
    priceId,
    isArchived: false,
    obstacle: null,
    asOf: (await shop.now()).replace(/\.\d+Z$/, '.000Z'),
    quote: null,
  };
  await shop.ask(purchaseId, 'change-offer', { offerId: gold.offerId, when, proration: 'prorate', found });
}

/** With the end of the period, which comes with the clock. */
async function offerChanged(shop: Shop, gold: Gold): Promise<string> {
  const purchaseId = await shop.buy();
  await becoming(shop, purchaseId, gold, 'period_end');
  return purchaseId;
}

/** Taken back before it came, and then made at once. */
async function changeUndone(shop: Shop, gold: Gold): Promise<string> {
  const purchaseId = await shop.buy();
  await becoming(shop, purchaseId, gold, 'period_end');
  await shop.ask(purchaseId, 'undo-change-offer', {});
  await becoming(shop, purchaseId, gold, 'now');
  return purchaseId;
}

/** Half off the next charge, put on at Stripe. */
async function halvedOnce({ sandbox }: Stack, shop: Shop, purchaseId: string): Promise<void> {
  const coupon = await sandbox.stripe.coupons.create({ percent_off: 50, duration: 'once' });
  const discounts = [{ coupon: coupon.id }];
  await sandbox.stripe.subscriptions.update(await subscriptionOf(shop, purchaseId), { discounts });
}

async function aPair(shop: Shop) {
  const { person, requiredId, offerId } = await required(shop);
  return { requiredId, dependentId: await shop.buy({ person, requires: [offerId] }) };
}

/** What another purchase of the same person may require. */
async function required(shop: Shop) {
  const person = await shop.contact();
  const requiredId = await shop.buy({ person });
  const { offerId } = (await shop.state(requiredId)).terms;
  return { person, requiredId, offerId };
}

/**
 * The year's first credit is held for a call, which is moved and takes place; one by hand is warned
 * of and expires, as the second of the year is issued.
 */
async function creditsAndACall({ deps }: Stack, shop: Shop): Promise<string> {
  const price = { kind: 'subscription', interval: 'year', trialDays: 0, setupFeeMinor: 0 } as const;
  const credits = { perYear: 12, issue: { everyMonths: 1 }, validMonths: 1, callMinutes: 45 };
  const purchaseId = await shop.buy({ price: { ...price, amountMinor: 29_000, currency: 'usd' }, credits });
  const expertIds = [await anExpert(deps.orm.em.fork(), shop.accountId)];
  const callId = uuid();
  const first = { callId, startsAt: '2027-02-03T08:00:00.000Z', endsAt: '2027-02-03T08:45:00.000Z', expertIds };
  const then = { callId, startsAt: '2027-02-04T08:00:00.000Z', endsAt: '2027-02-04T08:45:00.000Z', expertIds };
  await shop.ask(purchaseId, 'book-call', first, { commandId: callId });
  await shop.ask(purchaseId, 'move-call', then);
  await shop.ask(purchaseId, 'issue-credit', { count: 1, expiresAt: null, hasReason: true });
  return purchaseId;
}
