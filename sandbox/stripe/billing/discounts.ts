import type { Books } from '../data/books.ts';
import type { Coupon, Discount, Invoice, PromotionCode, Subscription } from '../data/docs.ts';
import { invalidRequest } from '../protocol/fault.ts';
import { takenOff } from '../protocol/discount.ts';
import { sum } from '../protocol/money.ts';
import { newDiscount } from '../shapes/discount.ts';
import { stepFrom } from './calendar.ts';

/** What a request names: a coupon, or a promotion code that stands for one. */
export interface Named {
  coupon?: string | undefined;
  promotion_code?: string | undefined;
}

/** What a list of discounts names: one that is on it already, or a new one. */
export interface Given extends Named {
  discount?: string | undefined;
}

export interface Redeemable {
  coupon: Coupon;
  promotion: PromotionCode | null;
}

/** For whom and for what it is to be redeemed. */
export interface Redeemer {
  customer: string | null;
  currency: string;
}

/** The coupon that a request names, if it can be redeemed now; else Stripe's 400. */
export function redeemable(books: Books, named: Named, { customer, currency }: Redeemer, param: string): Redeemable {
  if ((named.coupon === undefined) === (named.promotion_code === undefined))
    throw invalidRequest('You must specify exactly one of coupon, promotion_code.', param);
  const promotion =
    named.promotion_code === undefined
      ? null
      : books.need('promotion_code', named.promotion_code, `${param}[promotion_code]`);
  const coupon = books.need('coupon', promotion?.promotion.coupon ?? named.coupon ?? '', `${param}[coupon]`);
  const at = books.context.now();
  if (promotion) checkPromotion(books, promotion, customer, at);
  const isOver = isSpent(coupon) || (coupon.redeem_by !== null && coupon.redeem_by <= at);
  if (isOver || !coupon.valid) throw invalidRequest(`Coupon expired: ${coupon.id}`, param, 'coupon_expired');
  if (coupon.currency !== null && coupon.currency !== currency)
    throw invalidRequest(`The coupon ${coupon.id} cannot be redeemed in ${currency}.`, param);
  return { coupon, promotion };
}

function checkPromotion(books: Books, promotion: PromotionCode, customer: string | null, at: number): void {
  const refuse = (why: string) =>
    invalidRequest(`This promotion code cannot be redeemed because ${why}.`, 'promotion_code');
  if (isSpent(promotion)) throw refuse('it has been redeemed the maximum number of times');
  if (promotion.expires_at !== null && promotion.expires_at <= at) throw refuse('it has expired');
  if (!promotion.active) throw refuse('it is not active');
  if (promotion.customer !== null && promotion.customer !== customer)
    throw refuse('the customer does not match the one it is for');
  if (promotion.restrictions.first_time_transaction && customer !== null && hasPaid(books, customer))
    throw refuse('the associated customer has prior transactions');
}

const isSpent = ({ max_redemptions, times_redeemed }: Coupon | PromotionCode): boolean =>
  max_redemptions !== null && times_redeemed >= max_redemptions;

const hasPaid = (books: Books, customer: string): boolean =>
  books.all('invoice', { customer }).some(({ status }) => status === 'paid') ||
  books.all('payment_intent', { customer }).some(({ status }) => status === 'succeeded');

/** Counts a use. */
export function redeem(books: Books, { coupon, promotion }: Redeemable, at: number): void {
  const spent = { ...coupon, times_redeemed: coupon.times_redeemed + 1 };
  books.change({ ...spent, valid: spent.valid && !isSpent(spent) }, at, 'coupon.updated');
  if (!promotion) return;
  const used = { ...promotion, times_redeemed: promotion.times_redeemed + 1 };
  books.change({ ...used, active: used.active && !isSpent(used) }, at, 'promotion_code.updated');
}

/** Puts coupons on a subscription, after those on it; its event is left to the caller. */
export function putOn(books: Books, subscription: Subscription, wanted: Redeemable[], at: number): void {
  for (const one of wanted) {
    redeem(books, one, at);
    const { coupon, promotion } = one;
    const months = coupon.duration === 'repeating' ? coupon.duration_in_months : null;
    const end = months === null ? null : stepFrom(at, { interval: 'month', interval_count: 1 }, months);
    const on = { customer: subscription.customer, subscription: subscription.id, session: null };
    const clock = subscription._clock ?? null;
    const discount = newDiscount({ coupon, promotion, ...on, end, clock }, at);
    subscription.discounts = [...subscription.discounts, discount.id];
    books.add(discount, 'customer.discount.created');
  }
}

/** Takes discounts off a subscription; its event is left to the caller. */
export function takeOff(books: Books, subscription: Subscription, gone: Discount[], at: number): void {
  for (const discount of gone) {
    subscription.discounts = subscription.discounts.filter((id) => id !== discount.id);
    books.emit('customer.discount.deleted', discount, at);
  }
}

/** The whole list anew: what it does not name is taken off. */
export function setDiscounts(books: Books, subscription: Subscription, wanted: Given[], at: number): void {
  const kept = wanted.flatMap(({ discount }) => discount ?? []);
  const lost = kept.findIndex((id) => !subscription.discounts.includes(id));
  if (lost >= 0)
    throw invalidRequest(`No such discount: '${kept[lost]}'`, `discounts[${lost}][discount]`, 'resource_missing');
  const redeemer = { customer: subscription.customer, currency: subscription.currency };
  const added = wanted
    .filter(({ discount }) => discount === undefined)
    .map((one, index) => redeemable(books, one, redeemer, `discounts[${index}]`));
  const gone = discountsOf(books, subscription).filter(({ id }) => !kept.includes(id));
  takeOff(books, subscription, gone, at);
  putOn(books, subscription, added, at);
}

export const discountsOf = (books: Books, { discounts }: Subscription): Discount[] =>
  discounts.map((id) => books.need('discount', id));

/** Those that lessen an invoice of this instant. */
export const holdingAt = (books: Books, subscription: Subscription, at: number): Discount[] =>
  discountsOf(books, subscription).filter(({ end }) => end === null || at < end);

/** What an invoice leaves on its subscription: nothing that was for one invoice, or is over. */
export function spend(books: Books, subscription: Subscription, invoice: Invoice, at: number): void {
  const used = invoice.total_discount_amounts.filter(({ amount }) => amount !== 0).map(({ discount }) => discount);
  const gone = discountsOf(books, subscription).filter(
    ({ id, end, _coupon }) => (end !== null && end <= at) || (_coupon.duration === 'once' && used.includes(id)),
  );
  takeOff(books, subscription, gone, at);
}

/** What an amount is worth less the discounts by then: a credit is of what was charged. */
export function netOf(amount: number, currency: string, discounts: Discount[]): number {
  const off = takenOff(
    Math.abs(amount),
    currency,
    discounts.map(({ _coupon }) => _coupon),
  );
  return Math.sign(amount) * (Math.abs(amount) - sum(off));
}
