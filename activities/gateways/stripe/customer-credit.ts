import type Stripe from 'stripe';
import type { ReadyWrite } from '../../../workflows/domain/writes.ts';
import type { Credit } from '../../../workflows/verbs/money-back-refunds.ts';
import { reading, writing, type Try } from './call.ts';
import { orThrow } from './failures.ts';
import type { Account, WriteKey } from './gateway.ts';
import { idOf } from './unreadable.ts';

/**
 * A prorated change to a cheaper offer is an invoice below zero, which Stripe puts on the
 * customer's balance; from there it pays whatever that customer is invoiced next [R27.4].
 */
export async function creditOf(stripe: Stripe, subscriptionId: string, account: Account): Promise<Credit> {
  const { currency, creditMinor } = await balanceOf(stripe, subscriptionId, account);
  let grantedMinor = 0;
  for await (const { total } of stripe.invoices.list(
    { subscription: subscriptionId, status: 'paid', limit: 100 },
    reading(account),
  ))
    grantedMinor += Math.max(0, -total);
  return { currency, grantedMinor, leftMinor: Math.min(grantedMinor, creditMinor) };
}

/** What the customer of a subscription has with Stripe, which pays whatever is invoiced next. */
export async function balanceOf(stripe: Stripe, subscriptionId: string, account: Account) {
  const params = { expand: ['customer'] };
  const { customer, currency } = await orThrow(stripe.subscriptions.retrieve(subscriptionId, params, reading(account)));
  const balance = typeof customer === 'object' && !customer.deleted ? customer.balance : 0;
  return { currency, creditMinor: Math.max(0, -balance) };
}

type Withdrawal = Extract<ReadyWrite, { op: 'withdrawCredit' }>;

export async function withdrawCredit(stripe: Stripe, write: Withdrawal, { idempotencyKey, key, account }: Try) {
  const customer = await customerOf(stripe, write, account);
  const { amountMinor: amount, currency } = write;
  const params = { amount, currency, metadata: { commandId: key.commandId } };
  await stripe.customers.createBalanceTransaction(customer, params, writing(idempotencyKey, account));
}

export async function isWithdrawn(
  stripe: Stripe,
  write: Withdrawal,
  { commandId }: WriteKey,
  account: Account,
): Promise<boolean> {
  const customer = await customerOf(stripe, write, account);
  const made = stripe.customers.listBalanceTransactions(customer, { limit: 100 }, reading(account));
  for await (const { metadata } of made) if (metadata?.commandId === commandId) return true;
  return false;
}

export async function customerOf(
  stripe: Stripe,
  { subscriptionId }: { subscriptionId: string },
  account: Account,
): Promise<string> {
  const { customer } = await stripe.subscriptions.retrieve(subscriptionId, {}, reading(account));
  return idOf(customer) ?? '';
}
