import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { z } from 'zod';
import type { CheckoutSession, StripeGateway } from '../../activities/gateways/stripe.ts';
import { closeCheckout, keepSession, openCheckout } from '../../db/checkouts.ts';
import type { Account } from '../../db/entities/account.ts';
import type { Checkout } from '../../db/entities/checkout.ts';
import { Contact } from '../../db/entities/contact.ts';
import { Offer } from '../../db/entities/offer.ts';
import { keepOwnStripeAccount } from '../../db/own-stripe-account.ts';
import { stripeAccountOf } from '../../db/stripe-account.ts';
import type { Purchase } from '../../db/entities/purchase.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { invalid, notFound, Problem } from '../http/problem.ts';
import type { newCheckout } from '../schemas/contact.ts';

export type CheckoutDeps = {
  stripe: Pick<
    StripeGateway,
    'createPrice' | 'createCustomer' | 'createClock' | 'createCheckout' | 'expireCheckout' | 'ownAccount'
  >;
  publicUrl: string;
};

export type CheckoutAsked = {
  account: Account;
  now: string;
  em: EntityManager;
  body: z.output<typeof newCheckout>;
  /** Where Stripe's page leads, if that depends on the checkout; the same for the same one. */
  pagesOf?: (checkout: Checkout) => { successUrl: string; cancelUrl: string };
};

/** What a checkout came to: whose it is, and Stripe's page. */
export type CheckedOut = { kind: 'begun'; checkout: Checkout; contact: Contact; session: CheckoutSession };

/** The contact has the offer already; without a purchase: it was paid at Stripe a moment ago. */
export type AlreadyLive = { kind: 'live'; purchase: Purchase | null };

const HOUR_MS = 60 * 60 * 1000;
/** Stripe allows 24 hours; counted from the full hour, so that a repeat soon after asks for the very same. */
const SESSION_MS = 24 * HOUR_MS;

/** Makes contact, customer and session [R5.7]. Cut off anywhere, it is taken up by the next try: every step has a key that follows from our ids. */
export async function checkOut(asked: CheckoutAsked, deps: CheckoutDeps): Promise<CheckedOut | AlreadyLive> {
  const { em, account, body } = asked;
  const offer = await em.findOne(Offer, { id: body.offerId, accountId: account.id });
  if (!offer) throw notFound('offer');
  if (offer.archivedAt) throw new Problem(409, 'archived', { detail: 'This offer is archived.', field: 'offerId' });
  if (offer.price.kind === 'free') throw invalid('offerId', 'names a free offer: grant it instead');
  const opened = await freshCheckout(asked, offer, deps);
  if (opened.kind === 'live') return opened;
  const { checkout, contact } = opened;
  const stripeAccount = await soldOn(em, account, deps);
  const priceIds = await ensurePrice(em, account, offer, deps);
  const customerId = await ensureCustomer(asked, contact, deps);
  const pages = asked.pagesOf?.(checkout);
  const params = {
    purchaseId: checkout.purchaseId,
    accountId: account.id,
    offerId: offer.id,
    contactId: contact.id,
    customerId,
    priceId: priceIds.stripePriceId,
    feePriceId: priceIds.stripeFeePriceId,
    trialDays: offer.price.trialDays,
    successUrl: pages?.successUrl ?? body.successUrl ?? deps.publicUrl,
    cancelUrl: pages?.cancelUrl ?? body.cancelUrl ?? deps.publicUrl,
  };
  // A customer on a test clock lives by that clock: there the session's end is left to Stripe.
  const isTest = account.mode === 'test';
  const expiresAt = isTest ? null : fromMs(Math.floor(Date.now() / HOUR_MS) * HOUR_MS + SESSION_MS);
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([params, expiresAt]))
    .digest('hex')
    .slice(0, 16);
  const key = `checkout:${checkout.id}:${fingerprint}`;
  const session = await deps.stripe.createCheckout({ ...params, expiresAt }, key, account.stripeAccount);
  if (await keepSession(em, checkout.id, { ...session, stripeAccount }))
    return { kind: 'begun', checkout, contact, session };
  // Another request for the same checkout was first: its session is the open one.
  await deps.stripe.expireCheckout(session.sessionId, account.stripeAccount);
  throw alreadyOpen();
}

/** The Stripe account by its real name, under which its events will find the purchase. */
async function soldOn(em: EntityManager, { stripeAccount }: Account, { stripe }: CheckoutDeps): Promise<string> {
  const own = await stripe.ownAccount();
  await keepOwnStripeAccount(em, own);
  return stripeAccount ?? own;
}

/** An open checkout without a session: an older one is ended at Stripe first, and one that was completed wins. */
async function freshCheckout({ em, body, now }: CheckoutAsked, offer: Offer, { stripe }: CheckoutDeps) {
  for (let tries = 0; tries < 3; tries += 1) {
    const opened = await openCheckout(em, { offer, email: body.email, name: body.name, now });
    if (opened.kind === 'live') return opened;
    const { checkout } = opened;
    if (checkout.stripeSessionId === null) return opened;
    const soldOn = await stripeAccountOf(em, checkout.purchaseId);
    const ended = await stripe.expireCheckout(checkout.stripeSessionId, soldOn);
    await closeCheckout(em, checkout.id, ended);
    em.clear();
    if (ended === 'completed') return { kind: 'live', purchase: null } as const;
  }
  throw alreadyOpen();
}

const alreadyOpen = () =>
  new Problem(409, 'duplicate', { detail: 'Another checkout of this contact and offer is being made right now.' });

/** An offer's ids at Stripe, made at its first checkout. */
async function ensurePrice(em: EntityManager, account: Account, offer: Offer, { stripe }: CheckoutDeps) {
  const { stripePriceId, stripeFeePriceId, price } = offer;
  if (stripePriceId !== null || price.kind === 'free') return { stripePriceId: stripePriceId ?? '', stripeFeePriceId };
  const input = { offerId: offer.id, name: offer.name, price };
  // The name is part of what Stripe compares: a key is bound to it.
  const key = `offer:${offer.id}:${createHash('sha256').update(offer.name).digest('hex').slice(0, 16)}`;
  const made = await stripe.createPrice(input, key, account.stripeAccount);
  await em.nativeUpdate(Offer, { id: offer.id }, made);
  return made;
}

/** A contact's customer at Stripe; in a test account on a clock of its own, which stands where the account's does. */
async function ensureCustomer(
  { em, account, now }: CheckoutAsked,
  contact: Contact,
  { stripe }: CheckoutDeps,
): Promise<string> {
  if (contact.stripeCustomerId !== null) return contact.stripeCustomerId;
  const { id: contactId, email, name } = contact;
  let clockId = contact.stripeClockId;
  if (account.mode === 'test' && clockId === null) {
    const input = { accountId: account.id, contactId, frozenAt: now };
    ({ clockId } = await stripe.createClock(input, `clock:${contactId}:${now}`, account.stripeAccount));
    await em.nativeUpdate(Contact, { id: contactId }, { stripeClockId: clockId });
  }
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([email, name, clockId]))
    .digest('hex')
    .slice(0, 16);
  const key = `customer:${contactId}:${fingerprint}`;
  const { customerId } = await stripe.createCustomer({ contactId, email, name, clockId }, key, account.stripeAccount);
  await em.nativeUpdate(Contact, { id: contactId }, { stripeCustomerId: customerId });
  return customerId;
}
