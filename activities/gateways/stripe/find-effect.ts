import type Stripe from 'stripe';
import type { StripeObject } from '../../../workflows/domain/facts.ts';
import type { AnyWrite } from '../../../workflows/domain/writes.ts';
import { reading } from './call.ts';
import { isOurs } from './carry-out.ts';
import { changedObjects } from './change-price.ts';
import { isWithdrawn } from './customer-credit.ts';
import type { Account, WriteKey } from './gateway.ts';
import { WITH_DISCOUNTS } from './discount-fact.ts';
import { fromStripeInvoice } from './invoice-fact.ts';
import { moneyMoverOf } from './payment-intent.ts';
import { madeFor } from './pay-off.ts';
import { fromStripeRefund } from './refund-fact.ts';
import { isAlreadySet, scheduleOf } from './schedule-change.ts';
import { fromStripeSubscription } from './subscription-fact.ts';

/**
 * What an earlier key has already done [R22.4]; null = nothing, so that a new key may be used.
 * Throws Stripe's own errors.
 */
export async function findEffect(
  stripe: Stripe,
  write: AnyWrite,
  key: WriteKey,
  account: Account,
): Promise<StripeObject[] | null> {
  switch (write.op) {
    case 'refund':
      return findRefund(stripe, write.paymentId, key, account);
    case 'payInvoice':
      return asPaid(await stripe.invoices.retrieve(write.invoiceId, {}, reading(account)));
    case 'payOff':
      return asPaid(await madeFor(stripe, write, key, account));
    case 'voidOpenInvoices':
    case 'releaseChange':
      // They look for what is open, or holds it, each time anyway.
      return null;
    case 'withdrawCredit':
      return (await isWithdrawn(stripe, write, key, account)) ? [] : null;
    case 'scheduleChange':
      return findSchedule(stripe, write.subscriptionId, key, account);
    case 'changePrice': {
      const params = { expand: ['latest_invoice'] };
      const subscription = await stripe.subscriptions.retrieve(write.subscriptionId, params, reading(account));
      return isOurs(subscription, key) ? changedObjects(subscription) : null;
    }
    case 'cancelNow': {
      const subscription = await stripe.subscriptions.retrieve(write.subscriptionId, {}, reading(account));
      return subscription.status === 'canceled' ? [fromStripeSubscription(subscription)] : null;
    }
    case 'pauseCollection':
    case 'resumeCollection':
    case 'cancelAt':
    case 'stopAt':
    case 'undoCancel':
    case 'applyCode':
      return findChange(stripe, write, key, account);
  }
}

/** A discount is told of with what it is. */
async function findChange(
  stripe: Stripe,
  { op, subscriptionId }: Extract<AnyWrite, { subscriptionId: string }>,
  key: WriteKey,
  account: Account,
): Promise<StripeObject[] | null> {
  const params = op === 'applyCode' ? { expand: WITH_DISCOUNTS } : {};
  const subscription = await stripe.subscriptions.retrieve(subscriptionId, params, reading(account));
  return isOurs(subscription, key) ? [fromStripeSubscription(subscription)] : null;
}

const asPaid = (invoice: Stripe.Invoice | null): StripeObject[] | null =>
  invoice?.status === 'paid' ? [fromStripeInvoice(invoice, null)] : null;

async function findSchedule(stripe: Stripe, subscriptionId: string, { commandId }: WriteKey, account: Account) {
  const schedule = await scheduleOf(stripe, subscriptionId, account);
  return schedule && isAlreadySet(schedule, commandId) ? [] : null;
}

/** A failed refund has returned nothing: a retry by hand makes another one. */
async function findRefund(
  stripe: Stripe,
  paymentId: string,
  { commandId, index }: WriteKey,
  account: Account,
): Promise<StripeObject[] | null> {
  const mover = await moneyMoverOf(stripe, paymentId, account);
  if (!mover) return null;
  for await (const refund of stripe.refunds.list({ ...mover, limit: 100 }, reading(account))) {
    const isSame = refund.metadata?.commandId === commandId && refund.metadata.index === String(index);
    const fact = isSame ? fromStripeRefund(refund, paymentId) : null;
    if (fact && fact.status !== 'failed') return [fact];
  }
  return null;
}
