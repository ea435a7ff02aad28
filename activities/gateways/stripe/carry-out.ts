import Stripe from 'stripe';
import type { RefundFact, StripeObject, SubscriptionFact } from '../../../workflows/domain/facts.ts';
import type { ReadyWrite } from '../../../workflows/domain/writes.ts';
import { reading, writing, type Try } from './call.ts';
import { changePrice } from './change-price.ts';
import { withdrawCredit } from './customer-credit.ts';
import { unlessReached } from './failures.ts';
import type { WriteKey } from './gateway.ts';
import { toUnix } from './instants.ts';
import { WITH_DISCOUNTS } from './discount-fact.ts';
import { fromStripeInvoice } from './invoice-fact.ts';
import { moneyMoverOf } from './payment-intent.ts';
import { fromStripeRefund } from './refund-fact.ts';
import { payOff } from './pay-off.ts';
import { releaseChange, scheduleChange } from './schedule-change.ts';
import { fromStripeSubscription } from './subscription-fact.ts';
import { voidOpenInvoices } from './void-open-invoices.ts';

type Write<Op extends ReadyWrite['op']> = Extract<ReadyWrite, { op: Op }>;

/**
 * Sends a write to Stripe and returns the objects as they are after it. Throws Stripe's own errors.
 */
export async function carryOut(stripe: Stripe, write: ReadyWrite, attempt: Try): Promise<StripeObject[]> {
  switch (write.op) {
    case 'pauseCollection':
      return [await pauseCollection(stripe, write, attempt)];
    case 'resumeCollection':
      return [await resumeCollection(stripe, write, attempt)];
    case 'cancelNow':
      return [await cancelNow(stripe, write, attempt)];
    case 'cancelAt':
    case 'stopAt':
      return [await endAt(stripe, write, attempt)];
    case 'undoCancel':
      return [await undoCancel(stripe, write, attempt)];
    case 'voidOpenInvoices':
      return voidOpenInvoices(stripe, write.subscriptionId, attempt);
    case 'changePrice':
      return changePrice(stripe, write, attempt);
    case 'scheduleChange':
      await scheduleChange(stripe, write, attempt);
      return [];
    case 'releaseChange':
      await releaseChange(stripe, write, attempt);
      return [];
    case 'withdrawCredit':
      await withdrawCredit(stripe, write, attempt);
      return [];
    case 'applyCode':
      return [await applyCode(stripe, write, attempt)];
    case 'payInvoice':
      return [await payInvoice(stripe, write, attempt)];
    case 'payOff':
      return [fromStripeInvoice(await payOff(stripe, write, attempt), null)];
    case 'refund':
      return [await refund(stripe, write, attempt)];
  }
}

/** Every change carries its command's id, so that its echo is known as ours. */
async function change(
  stripe: Stripe,
  subscriptionId: string,
  params: Stripe.SubscriptionUpdateParams,
  { idempotencyKey, key, account }: Try,
): Promise<SubscriptionFact> {
  const signed = { ...params, metadata: { commandId: key.commandId } };
  const options = writing(idempotencyKey, account);
  return fromStripeSubscription(await stripe.subscriptions.update(subscriptionId, signed, options));
}

/**
 * The first pause also removes a pending cancellation in the same request. Moving the date of a
 * running pause leaves the cancellation alone [R7.3].
 */
async function pauseCollection(stripe: Stripe, write: Write<'pauseCollection'>, attempt: Try): Promise<StripeObject> {
  const { subscriptionId, resumesAt } = write;
  const before = await stripe.subscriptions.retrieve(subscriptionId, {}, reading(attempt.account));
  if (isOurs(before, attempt.key)) return fromStripeSubscription(before);
  const pause = { behavior: 'void' as const, ...(resumesAt && { resumes_at: toUnix(resumesAt) }) };
  const params = { pause_collection: pause, ...(before.pause_collection ? {} : noCancellation(before)) };
  return change(stripe, subscriptionId, params, attempt);
}

/**
 * Stripe's own pause, made there or by a trial that ended without a card, ends by a request of its
 * own.
 */
async function resumeCollection(
  stripe: Stripe,
  { subscriptionId }: Write<'resumeCollection'>,
  attempt: Try,
): Promise<StripeObject> {
  const resumed = await change(stripe, subscriptionId, { pause_collection: '' }, attempt);
  if (resumed.status !== 'paused') return resumed;
  const options = writing(`${attempt.idempotencyKey}:resume`, attempt.account);
  const params = { billing_cycle_anchor: { type: 'unchanged' as const } };
  return fromStripeSubscription(await stripe.subscriptions.resume(subscriptionId, params, options));
}

/** Nothing is charged or credited for the running period. */
function applyCode(
  stripe: Stripe,
  { subscriptionId, stripePromotionId }: Write<'applyCode'>,
  attempt: Try,
): Promise<StripeObject> {
  const discounts = [{ promotion_code: stripePromotionId }];
  const params = { discounts, proration_behavior: 'none', expand: WITH_DISCOUNTS } as const;
  return change(stripe, subscriptionId, params, attempt);
}

function endAt(stripe: Stripe, write: Write<'cancelAt' | 'stopAt'>, attempt: Try): Promise<StripeObject> {
  const proration = write.op === 'cancelAt' && write.prorate ? 'create_prorations' : 'none';
  const params = { cancel_at: toUnix(write.at), proration_behavior: proration } as const;
  return change(stripe, write.subscriptionId, params, attempt);
}

async function undoCancel(
  stripe: Stripe,
  { subscriptionId }: Write<'undoCancel'>,
  attempt: Try,
): Promise<StripeObject> {
  const before = await stripe.subscriptions.retrieve(subscriptionId, {}, reading(attempt.account));
  if (isOurs(before, attempt.key)) return fromStripeSubscription(before);
  return change(stripe, subscriptionId, noCancellation(before), attempt);
}

/**
 * Stripe takes only one of the two parameters in a request; an empty `cancel_at` is harmless where
 * none is set.
 */
const noCancellation = (subscription: Stripe.Subscription): Stripe.SubscriptionUpdateParams =>
  subscription.cancel_at_period_end ? { cancel_at_period_end: false } : { cancel_at: '' };

/** Whether this command made the last change of the subscription. */
export const isOurs = ({ metadata }: Stripe.Subscription, { commandId }: WriteKey): boolean =>
  metadata?.commandId === commandId;

/**
 * Stripe answers a second cancellation with "no such subscription", though it can still be read.
 */
async function cancelNow(stripe: Stripe, { subscriptionId }: Write<'cancelNow'>, attempt: Try): Promise<StripeObject> {
  const options = writing(attempt.idempotencyKey, attempt.account);
  const isOver = ({ status }: Stripe.Subscription) => status === 'canceled' || status === 'incomplete_expired';
  const subscription = await unlessReached(
    stripe.subscriptions.cancel(subscriptionId, { invoice_now: false, prorate: false }, options),
    () => stripe.subscriptions.retrieve(subscriptionId, {}, reading(attempt.account)),
    isOver,
  );
  return fromStripeSubscription(subscription);
}

async function payInvoice(stripe: Stripe, { invoiceId }: Write<'payInvoice'>, attempt: Try): Promise<StripeObject> {
  const invoice = await unlessReached(
    stripe.invoices.pay(invoiceId, {}, writing(attempt.idempotencyKey, attempt.account)),
    () => stripe.invoices.retrieve(invoiceId, {}, reading(attempt.account)),
    ({ status }) => status === 'paid',
  );
  return fromStripeInvoice(invoice, null);
}

async function refund(
  stripe: Stripe,
  write: Write<'refund'>,
  { idempotencyKey, key, account }: Try,
): Promise<RefundFact> {
  const { paymentId, amountMinor } = write;
  const mover = await moneyMoverOf(stripe, paymentId, account);
  if (!mover) throw new Stripe.errors.StripeInvalidRequestError(PAID_ELSEWHERE);
  const { commandId, purchaseId, index } = key;
  const metadata = { commandId, purchaseId, paymentId, index: String(index) };
  const made = await stripe.refunds.create(
    { ...mover, amount: amountMinor, metadata },
    writing(idempotencyKey, account),
  );
  return fromStripeRefund(made, paymentId);
}

const PAID_ELSEWHERE = {
  type: 'invalid_request_error',
  statusCode: 400,
  code: 'charge_not_refundable',
  message: 'This invoice was not paid through Stripe.',
} as const;
