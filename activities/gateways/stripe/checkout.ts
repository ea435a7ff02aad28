import type Stripe from 'stripe';
import type { StripeObject } from '../../../workflows/domain/facts.ts';
import { reading, writing } from './call.ts';
import { orNull, unlessReached } from './failures.ts';
import type { Account, CheckoutInput, CheckoutSession, SetupCheckoutInput } from './gateway.ts';
import { fromUnix, toUnix } from './instants.ts';
import { fromStripeInvoice } from './invoice-fact.ts';
import { make } from './make.ts';
import { idOf, StripeUnreadable } from './unreadable.ts';

/**
 * Stripe's page on which an offer is bought; the subscription or payment that it makes carries the
 * purchase's id, by which its events find us.
 */
export async function createCheckout(
  stripe: Stripe,
  input: CheckoutInput,
  key: string,
  account: Account,
): Promise<CheckoutSession> {
  const { purchaseId, accountId, offerId, contactId, feePriceId, stripePromotionId } = input;
  const prices = [input.priceId, ...(feePriceId ? [feePriceId] : [])];
  const params: Stripe.Checkout.SessionCreateParams = {
    ...MODES[input.mode](input),
    customer: input.customerId,
    client_reference_id: purchaseId,
    line_items: prices.map((price) => ({ price, quantity: 1 })),
    ...(stripePromotionId && { discounts: [{ promotion_code: stripePromotionId }] }),
    metadata: { purchaseId, accountId, offerId, contactId },
    success_url: input.successUrl,
    cancel_url: input.cancelUrl,
    // Its link is mailed to whoever agreed to get such mail.
    after_expiration: { recovery: { enabled: true } },
    ...(input.locale && { locale: input.locale }),
    ...(input.note && { custom_text: { submit: { message: input.note } } }),
    ...(input.expiresAt && { expires_at: toUnix(input.expiresAt) }),
  };
  return toSession(await make(stripe, key, (once) => stripe.checkout.sessions.create(params, writing(once, account))));
}

type ModeParams = Pick<
  Stripe.Checkout.SessionCreateParams,
  'mode' | 'payment_method_collection' | 'subscription_data' | 'payment_intent_data' | 'invoice_creation'
>;

const MODES: Record<CheckoutInput['mode'], (input: CheckoutInput) => ModeParams> = {
  subscription: ({ purchaseId, accountId, trialDays }) => ({
    mode: 'subscription',
    // A trial without a fee asks for a card as well [R4.2].
    payment_method_collection: 'always',
    subscription_data: {
      metadata: { purchaseId, accountId },
      ...(trialDays > 0 && { trial_period_days: trialDays }),
    },
  }),
  payment: ({ purchaseId, accountId }) => ({
    mode: 'payment',
    payment_intent_data: { metadata: { purchaseId, accountId } },
    // The invoice is the payment: its id, its receipt, and its event that it is paid.
    invoice_creation: { enabled: true, invoice_data: { metadata: { purchaseId, accountId } } },
  }),
};

/** Stripe's page on which a customer leaves a card, for the "update your card" link [R12.3]. */
export async function createSetupCheckout(
  stripe: Stripe,
  { customerId, purchaseId, currency, successUrl, cancelUrl }: SetupCheckoutInput,
  key: string,
  account: Account,
): Promise<CheckoutSession> {
  const params: Stripe.Checkout.SessionCreateParams = {
    mode: 'setup',
    customer: customerId,
    currency,
    metadata: purchaseId === null ? {} : { purchaseId },
    success_url: successUrl,
    cancel_url: cancelUrl,
  };
  return toSession(await make(stripe, key, (once) => stripe.checkout.sessions.create(params, writing(once, account))));
}

function toSession({ id, url, expires_at, amount_total, currency }: Stripe.Checkout.Session): CheckoutSession {
  if (!url) throw new StripeUnreadable('url', id);
  return { sessionId: id, url, expiresAt: fromUnix(expires_at), amountMinor: amount_total, currency };
}

/**
 * Expires an open session. If it is completed first, that stands, so nobody pays for something that
 * is taken away [R5.7].
 */
export async function expireCheckout(
  stripe: Stripe,
  sessionId: string,
  account: Account,
): Promise<'expired' | 'completed'> {
  const { status } = await make(stripe, `expire:${sessionId}`, (once) =>
    unlessReached(
      stripe.checkout.sessions.expire(sessionId, {}, writing(once, account)),
      () => stripe.checkout.sessions.retrieve(sessionId, {}, reading(account)),
      (session) => session.status !== 'open',
    ),
  );
  if (status === 'complete') return 'completed';
  if (status === 'expired') return 'expired';
  throw new StripeUnreadable('status', sessionId);
}

/**
 * Subscription and invoice of a completed session: what it sold, by Stripe's own word [R22.1].
 */
export async function readCheckout(stripe: Stripe, sessionId: string, account: Account): Promise<string[]> {
  const session = await orNull(stripe.checkout.sessions.retrieve(sessionId, {}, reading(account)));
  if (session?.status !== 'complete') return [];
  return [session.subscription, session.invoice].flatMap((made) => idOf(made) ?? []);
}

/** The paid invoice of what a session sold once; nothing while it is not paid. */
export async function readSale(stripe: Stripe, sessionId: string, account: Account): Promise<StripeObject[]> {
  const session = await orNull(stripe.checkout.sessions.retrieve(sessionId, { expand: ['invoice'] }, reading(account)));
  const invoice = session?.invoice;
  return invoice && typeof invoice !== 'string' ? [fromStripeInvoice(invoice, null)] : [];
}
