import type Stripe from 'stripe';
import { reading } from './call.ts';
import { orNull, orThrow } from './failures.ts';
import type { Account, PaymentOwner } from './gateway.ts';
import { billedSubscription, olderPaymentIntent } from './invoice-fact.ts';
import { purchaseIdIn } from './route.ts';
import { idOf } from './unreadable.ts';

/** What moved the money of a paid invoice: a payment intent, or a bare charge for what is older than those. */
export type MoneyMover = { payment_intent: string } | { charge: string };

/** What paid an invoice, the larger part where there are several; null where it was paid outside Stripe. May throw Stripe's own errors. */
export async function moneyMoverOf(stripe: Stripe, invoiceId: string, account: Account): Promise<MoneyMover | null> {
  const { data } = await stripe.invoicePayments.list({ invoice: invoiceId, status: 'paid' }, reading(account));
  const byAmount = [...data].sort((a, b) => (b.amount_paid ?? 0) - (a.amount_paid ?? 0));
  for (const { payment } of byAmount) {
    const paymentIntent = idOf(payment.payment_intent);
    if (paymentIntent) return { payment_intent: paymentIntent };
    const charge = idOf(payment.charge);
    if (charge) return { charge };
  }
  const older = olderPaymentIntent(await stripe.invoices.retrieve(invoiceId, {}, reading(account)));
  return older === null ? null : { payment_intent: older };
}

/** The payment and purchase behind a payment intent; null for one that paid no invoice, or none of this account. */
export async function resolvePaymentIntent(
  stripe: Stripe,
  paymentIntentId: string,
  account: Account,
): Promise<PaymentOwner | null> {
  const payment = { type: 'payment_intent', payment_intent: paymentIntentId };
  const found = await orNull(stripe.invoicePayments.list({ payment, limit: 1 }, reading(account)));
  const invoiceId = idOf(found?.data[0]?.invoice);
  if (invoiceId === null) return null;
  const invoice = await orThrow(stripe.invoices.retrieve(invoiceId, {}, reading(account)));
  const billed = billedSubscription(invoice);
  const purchaseId = purchaseIdIn(billed?.metadata);
  if (purchaseId !== null || billed === null) return { paymentId: invoiceId, purchaseId };
  // The invoice keeps the metadata of its own day; the subscription may have been adopted since.
  const subscription = await orNull(stripe.subscriptions.retrieve(billed.id, {}, reading(account)));
  return { paymentId: invoiceId, purchaseId: purchaseIdIn(subscription?.metadata) };
}
