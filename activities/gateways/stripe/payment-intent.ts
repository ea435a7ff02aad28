import type Stripe from 'stripe';
import { reading } from './call.ts';
import { orNull } from './failures.ts';
import type { Account, MovedMoney, PaymentOwner } from './gateway.ts';
import { billedSubscription, olderPaymentIntent } from './invoice-fact.ts';
import { idOf } from './unreadable.ts';

/**
 * What moved the money of a paid invoice: a payment intent, or a bare charge for older invoices.
 */
export type MoneyMover = { payment_intent: string } | { charge: string };

/**
 * What paid an invoice, the larger part where there are several; null where it was paid outside
 * Stripe. May throw Stripe's own errors.
 */
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

/**
 * The payment (its invoice) behind an intent, or behind a charge that names none; null where it
 * paid no invoice, or is none of this account.
 */
export async function resolvePayment(
  stripe: Stripe,
  { paymentIntentId, chargeId }: MovedMoney,
  account: Account,
): Promise<PaymentOwner | null> {
  const charge = paymentIntentId === null && chargeId !== null ? await readCharge(stripe, chargeId, account) : null;
  const intent = paymentIntentId ?? idOf(charge?.payment_intent);
  const invoiceId = intent === null ? idOf(charge?.invoice) : await invoiceOf(stripe, intent, account);
  if (invoiceId === null) return null;
  const invoice = await orNull(stripe.invoices.retrieve(invoiceId, {}, reading(account)));
  return invoice && { paymentId: invoiceId, subscriptionId: billedSubscription(invoice)?.id ?? null };
}

/** Before 2025 a charge named its invoice itself. */
type OlderCharge = Stripe.Charge & { invoice?: string | { id: string } | null };

const readCharge = (stripe: Stripe, id: string, account: Account): Promise<OlderCharge | null> =>
  orNull(stripe.charges.retrieve(id, {}, reading(account)));

/** The invoice that an intent pays, or was to pay; null = none. */
export async function invoiceOf(stripe: Stripe, paymentIntentId: string, account: Account): Promise<string | null> {
  const payment = { type: 'payment_intent', payment_intent: paymentIntentId };
  const found = await orNull(stripe.invoicePayments.list({ payment, limit: 1 }, reading(account)));
  return idOf(found?.data[0]?.invoice);
}
