import type { Scoped } from '../../db/account-scope.ts';
import type { z } from 'zod';
import {
  StripeRefused,
  type CheckoutInput,
  type CheckoutSession,
  type StripeGateway,
} from '../../activities/gateways/stripe.ts';
import { keepSession, type CodeRefused, type Hindered } from '../../db/purchase/checkouts.ts';
import type { NewSignUp } from '../../db/platform/sign-up.ts';
import type { Account } from '../../db/entities/account.ts';
import type { Checkout } from '../../db/entities/checkout.ts';
import { Contact } from '../../db/entities/contact.ts';
import type { Holder } from '../../db/purchase/holder.ts';
import type { PromotionCode } from '../../db/entities/promotion-code.ts';
import { Offer } from '../../db/entities/offer.ts';
import { keepOwnStripeAccount } from '../../db/money/own-stripe-account.ts';
import { isCharged, paidOnce, trialDaysOf, type ChargedPrice, type Price } from '../../workflows/domain/price.ts';
import { trialScopeOf } from '../../workflows/domain/settings.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { checkSells } from '../auth/check-open.ts';
import { notFound, Problem } from '../http/problem.ts';
import { siteUrl } from '../platform/site-url.ts';
import { ensureCustomer, fingerprint } from './ensure-customer.ts';
import { ensurePrice } from '../../activities/gateways/ensure-price.ts';
import { freshCheckout } from '../../activities/gateways/fresh-checkout.ts';
import { ensurePromotion } from '../../activities/gateways/ensure-promotion.ts';
import { codeFor, codeRefused } from './checkout-code.ts';
import { localeOf, noteOf } from './stripe-page-words.ts';
import type { newCheckout } from '../people/contact-schema.ts';

export type CheckoutDeps = {
  stripe: Pick<
    StripeGateway,
    | 'createPrice'
    | 'createCustomer'
    | 'createClock'
    | 'createPromotion'
    | 'createCheckout'
    | 'stillSells'
    | 'expireCheckout'
    | 'ownAccount'
  >;
  publicUrl: string;
};

export type CheckoutAsked = {
  account: Account;
  now: string;
  em: Scoped;
  body: Omit<z.output<typeof newCheckout>, 'forAccountId' | 'newsWording'>;
  /** The account that it is for, by a name that was checked; absent = for the contact. */
  forAccountId?: string | undefined;
  /** The account that it makes, which it is then for; absent = none. */
  signUp?: NewSignUp | undefined;
  /** Asked by the account itself: a page at Stripe may show what the contact has chosen. */
  isBySite?: boolean;
  /** Where Stripe's page leads, if that depends on the checkout; the same for the same one. */
  pagesOf?: ((checkout: Checkout) => { successUrl: string; cancelUrl: string }) | undefined;
};

/** Whether it begins with the offer's trial; `had`: they have had it, and pay now [R4.5]. */
export type Trial = 'given' | 'had' | 'none';

/** What a checkout came to: whose it is, and Stripe's page. */
export type CheckedOut = {
  kind: 'begun';
  checkout: Checkout;
  contact: Contact;
  session: CheckoutSession;
  trial: Trial;
};

/** A free offer that was asked for: a link that is mailed takes it [R27.7]. */
export type Free = { kind: 'to_confirm'; checkout: Checkout; contact: Contact };

const HOUR_MS = 60 * 60 * 1000;
/**
 * Stripe allows 24 hours; counted from the full hour, so that a repeat soon after asks for the very
 * same.
 */
const SESSION_MS = 24 * HOUR_MS;

/**
 * Creates contact, customer and session [R5.7]. If it is cut off anywhere, the next attempt
 * continues: every step has a key that follows from our ids.
 */
export async function checkOut(
  asked: CheckoutAsked,
  deps: CheckoutDeps,
): Promise<CheckedOut | Free | Hindered | CodeRefused> {
  const { em, account, body } = asked;
  checkSells(account);
  const offer = await em.findOne(Offer, { id: body.offerId });
  if (!offer) throw notFound('offer');
  if (offer.archivedAt) throw new Problem(409, 'archived', { detail: 'This offer is archived.', field: 'offerId' });
  const { price } = offer;
  checkOwnStripe(account, price);
  await checkReal(asked, price);
  const isCoded = body.promotionCode !== undefined && isCharged(price);
  const code = isCoded ? await codeFor(asked, offer, body.promotionCode ?? '') : null;
  const opened = await freshOf(asked, { offer, code }, deps);
  if (opened.kind !== 'open') return opened;
  const { checkout, holder } = opened;
  const { contact } = holder;
  if (!isCharged(price)) return { kind: 'to_confirm', checkout, contact };
  const trialDays = trialDaysOf(opened.terms.price);
  const stripeAccount = await soldOn(em, account, deps);
  const session = await sessionOf({ asked, offer, price, code, holder, checkout, trialDays }, deps);
  if ('kind' in session) return session;
  if (await keepSession(em, checkout.id, { ...session, stripeAccount }))
    return { kind: 'begun', checkout, contact, session, trial: trialOf(price, trialDays) };
  // Another request for the same checkout was first: its session is the open one.
  await deps.stripe.expireCheckout(session.sessionId, account.stripeAccount);
  throw alreadyOpen();
}

/** What a customer of somebody else's pays must not reach the platform [R27.9]. */
function checkOwnStripe({ mode, needsOwnStripe, stripeAccount }: Account, price: Price): void {
  if (mode === 'test' || !needsOwnStripe || stripeAccount !== null || !isCharged(price)) return;
  throw new Problem(409, 'stripe_not_connected', { detail: 'This site has to connect its own Stripe account first.' });
}

/** Nobody pays with real money for what counts nowhere [R16.2]. */
async function checkReal({ em, account, body }: CheckoutAsked, price: Price): Promise<void> {
  const mayPay = account.mode === 'test' || !isCharged(price);
  if (mayPay || (await em.count(Contact, { email: body.email, isTest: true })) === 0) return;
  const detail = 'This is a test customer, who does not pay: grant the offer instead.';
  throw new Problem(409, 'test_customer', { detail, field: 'email' });
}

function trialOf(price: ChargedPrice, trialDays: number): Trial {
  if (trialDays > 0) return 'given';
  return trialDaysOf(price) > 0 ? 'had' : 'none';
}

type Selling = {
  asked: CheckoutAsked;
  offer: Offer;
  price: ChargedPrice;
  code: PromotionCode | null;
  holder: Holder;
  checkout: Checkout;
  trialDays: number;
};
/** What a checkout was to be made with, and Stripe no longer has; null = nothing. */
type Lost = { customerId: string | null; priceId: string | null };
const NOTHING_LOST: Lost = { customerId: null, priceId: null };

/** A session at Stripe; what was deleted or archived there meanwhile is made anew, once [R22.7]. */
async function sessionOf(selling: Selling, deps: CheckoutDeps): Promise<CheckoutSession | CodeRefused> {
  const params = await paramsOf(selling, NOTHING_LOST, deps);
  try {
    return await openSession(selling, params, deps);
  } catch (error) {
    if (!(error instanceof StripeRefused)) throw error;
    const { customerId, priceId, feePriceId } = params;
    const made = { customerId, priceIds: feePriceId === null ? [priceId] : [priceId, feePriceId] };
    const still = await deps.stripe.stillSells(made, selling.asked.account.stripeAccount);
    if (still.customer && still.price) return refusedAtStripe(selling.code, error);
    const lost = { customerId: still.customer ? null : customerId, priceId: still.price ? null : priceId };
    return openSession(selling, await paramsOf(selling, lost, deps), deps);
  }
}

/** Stripe judges too whether a purchase is the customer's first, by what was bought there alone. */
function refusedAtStripe(code: PromotionCode | null, error: StripeRefused): CodeRefused {
  if (!code) throw error;
  if (!code.firstPurchaseOnly) throw codeRefused('promotion_code_refused');
  return { kind: 'code_refused', refusal: 'promotion_code_refused', code };
}

type SessionParams = Omit<CheckoutInput, 'expiresAt'>;

async function paramsOf(
  { asked, offer, price, code, holder, checkout, trialDays }: Selling,
  lost: Lost,
  deps: CheckoutDeps,
): Promise<SessionParams> {
  const { em, account, body } = asked;
  const priceIds = await ensurePrice({ em, account, offer, price, lost: lost.priceId }, deps);
  const stripePromotionId = code ? await ensurePromotion(asked, code, deps) : undefined;
  const customerId = await ensureCustomer(asked, { holder, lost: lost.customerId }, deps);
  const pages = asked.pagesOf?.(checkout);
  const site = siteUrl(deps.publicUrl, account);
  return {
    purchaseId: checkout.purchaseId,
    accountId: account.id,
    offerId: offer.id,
    contactId: holder.contact.id,
    customerId,
    priceId: priceIds.stripePriceId,
    feePriceId: priceIds.stripeFeePriceId,
    mode: paidOnce(price) ? 'payment' : 'subscription',
    trialDays,
    note: noteOf(price),
    locale: localeOf({ isBySite: asked.isBySite, guess: body.language }, holder.contact),
    stripePromotionId,
    successUrl: pages?.successUrl ?? body.successUrl ?? site,
    cancelUrl: pages?.cancelUrl ?? body.cancelUrl ?? `${site}/join/${offer.id}`,
  };
}

async function openSession(
  { asked: { account }, checkout }: Selling,
  params: SessionParams,
  { stripe }: CheckoutDeps,
): Promise<CheckoutSession> {
  // A customer on a test clock lives by that clock: there the session's end is left to Stripe.
  const isTest = account.mode === 'test';
  const expiresAt = isTest ? null : fromMs(Math.floor(Date.now() / HOUR_MS) * HOUR_MS + SESSION_MS);
  const key = `checkout:${checkout.id}:${fingerprint([params, expiresAt])}`;
  return stripe.createCheckout({ ...params, expiresAt }, key, account.stripeAccount);
}

/** The Stripe account by its real name, under which its events will find the purchase. */
async function soldOn(em: Scoped, { stripeAccount }: Account, { stripe }: CheckoutDeps): Promise<string> {
  const own = await stripe.ownAccount();
  await keepOwnStripeAccount(em, own);
  return stripeAccount ?? own;
}

/** @throws Problem 409 while another request makes the same one */
async function freshOf(
  { em, account, body, now, forAccountId, signUp }: CheckoutAsked,
  wanted: Wanted,
  deps: CheckoutDeps,
) {
  const { email, name, language } = body;
  const whom = { email, name, language, forAccountId: forAccountId ?? null, signUp };
  const opened = await freshCheckout(em, { ...wanted, ...whom, now, trialOnce: trialScopeOf(account.settings) }, deps);
  if (opened.kind === 'busy') throw alreadyOpen();
  return opened;
}

const alreadyOpen = () =>
  new Problem(409, 'duplicate', { detail: 'Another checkout of this contact and offer is being made right now.' });

type Wanted = { offer: Offer; code: PromotionCode | null };
