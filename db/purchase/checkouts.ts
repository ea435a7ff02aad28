import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { fromMs, type Instant } from '../../workflows/domain/instant.ts';
import type { Obstacle } from '../../workflows/domain/obstacle.ts';
import type { OfferTerms } from '../../workflows/domain/offer.ts';
import { trialDaysOf, withoutTrial, type Price } from '../../workflows/domain/price.ts';
import { hasHadTrial, type TrialScope } from '../../workflows/domain/trial.ts';
import type { PersonalRefusal } from '../../workflows/domain/promotion-code.ts';
import { signingUp, type NewSignUp } from '../platform/sign-up.ts';
import { promotionOf, refusesHolder } from '../catalog/promotion-codes.ts';
import { lockContact, type Guess } from '../people/contacts.ts';
import { Checkout, type SignUp } from '../entities/checkout.ts';
import type { Offer } from '../entities/offer.ts';
import type { PromotionCode } from '../entities/promotion-code.ts';
import { Purchase } from '../entities/purchase.ts';
import { holderIdOf, lockForAccount, type Holder } from './holder.ts';
import { termsOf } from '../catalog/terms-of.ts';
import { findObstacle, insertIncomplete } from './grant-offer.ts';
import { query, run, sql } from '../sql.ts';
import { tellBegun } from './tell-begun.ts';

/** Why the contact cannot buy the offer, and the purchase because of which, if there is one. */
export type Hindered = { kind: 'hindered'; why: Obstacle['kind']; purchase: Purchase | null };

/** The contact may not use the code: they have done what it is held back by. */
export type CodeRefused = { kind: 'code_refused'; refusal: PersonalRefusal; code: PromotionCode };

/**
 * `open`: a checkout to go on with, and what it sells; without a session at Stripe it was cut off
 * before.
 */
export type Opened = Hindered | CodeRefused | { kind: 'open'; checkout: Checkout; holder: Holder; terms: OfferTerms };

export type ToOpen = {
  offer: Offer;
  email: string;
  name: string | null;
  language?: Guess;
  /** The account that it is for; null = for the contact. */
  forAccountId: string | null;
  /** The account that it makes, which it is then for; absent = none. */
  signUp?: NewSignUp | undefined;
  now: Instant;
  trialOnce: TrialScope;
  /** The code it is begun with; null = none. */
  code: PromotionCode | null;
};

/**
 * Holds one open checkout per holder and offer, under the holder's lock [R5.7]; what was begun and
 * cut off is taken up again.
 */
export function openCheckout(em: EntityManager, asked: ToOpen): Promise<Opened> {
  return em.transactional(async (tx) => {
    const opened = await openLocked(tx, asked);
    if (opened.kind === 'open') await tellBegun(tx, opened.checkout);
    return opened;
  });
}

async function openLocked(
  tx: EntityManager,
  { offer, email, name, language, forAccountId: given, signUp, now, trialOnce, code }: ToOpen,
): Promise<Opened> {
  const contact = await lockContact(tx, { accountId: offer.accountId, email, name, language, now });
  const signing = signUp ? await signingUp(tx, contact, signUp) : { forAccountId: given, signUp: null };
  const { forAccountId } = signing;
  if (forAccountId !== null) await lockForAccount(tx, forAccountId);
  const holder: Holder = { contact, forAccountId };
  const holderId = holderIdOf(holder);
  const whose = { holderId, offerId: offer.id };
  const wanted = { holderId, terms: termsOf(offer), origin: 'bought', now } as const;
  const obstacle = await findObstacle(tx, wanted);
  if (obstacle) return { kind: 'hindered', why: obstacle.kind, purchase: obstacle.purchase };
  if (await isUnderWay(tx, whose)) return { kind: 'hindered', why: 'already_live', purchase: null };
  const refusal = code && (await refusesHolder(tx, code, holderId));
  if (refusal) return { kind: 'code_refused', refusal, code };
  const open = (await openOne(tx, whose, code, now)) ?? (await openElsewhere(tx, whose, code));
  if (open) return { kind: 'open', checkout: open, holder, terms: await termsSold(tx, open) };
  const [id, purchaseId] = [uuid(), uuid()];
  const price = await priceFor(tx, offer, holderId, trialOnce);
  const terms = { ...wanted.terms, price, ...(await windowFor(tx, offer, holderId)) };
  const incomplete = { purchaseId, ...holder, terms, promotion: code ? promotionOf(code) : undefined };
  await insertIncomplete(tx, { ...incomplete, origin: 'bought', now });
  await tx.insert(Checkout, {
    ...NO_SESSION,
    id,
    accountId: offer.accountId,
    contactId: contact.id,
    forAccountId,
    offerId: offer.id,
    purchaseId,
    ...makingOf(signing.signUp),
    promotionCodeId: code?.id ?? null,
    createdAt: now,
  });
  return { kind: 'open', checkout: await tx.findOneOrFail(Checkout, { id }), holder, terms };
}

const NO_SESSION = { state: 'open', stripeSessionId: null, url: null, expiresAt: null } as const;

/** Its add-on begins as soon as the plan has, by real time. */
const makingOf = (signUp: SignUp | null) => ({ signUp, addOnAt: signUp?.withAccess ? fromMs(Date.now()) : null });

type Whose = Pick<Checkout, 'holderId' | 'offerId'>;

/** Paid at Stripe, which has yet to say whether that succeeds: a bank debit takes days [R27.7]. */
async function isUnderWay(tx: EntityManager, { holderId, offerId }: Whose): Promise<boolean> {
  const found = await query<unknown>(
    tx,
    sql`select 1 from checkouts c join purchases p on p.id = c.purchase_id
     where c.holder_id = ${holderId} and c.offer_id = ${offerId} and c.state = 'completed' and p.started_at is null limit 1`,
  );
  return found.length > 0;
}

/** The open checkout to go on with; one that was cut off is of no use with another code. */
async function openOne(
  tx: EntityManager,
  whose: Whose,
  code: PromotionCode | null,
  now: Instant,
): Promise<Checkout | null> {
  const open = await tx.findOne(Checkout, { ...whose, state: 'open' });
  if (!open || open.stripeSessionId !== null || open.promotionCodeId === (code?.id ?? null)) return open;
  await closeCheckout(tx, open, 'expired', now);
  return null;
}

/** A code that holds once for a holder is in one open checkout at a time; an older one ends. */
async function openElsewhere(
  tx: EntityManager,
  { holderId, offerId }: Whose,
  code: PromotionCode | null,
): Promise<Checkout | null> {
  if (!code || (!code.oncePerContact && !code.firstPurchaseOnly)) return null;
  const offer = { $ne: offerId };
  return tx.findOne(Checkout, {
    holderId,
    offerId: offer,
    promotionCodeId: code.id,
    state: 'open',
    stripeSessionId: { $ne: null },
  });
}

const termsSold = async (tx: EntityManager, { purchaseId }: Checkout): Promise<OfferTerms> =>
  (await tx.findOneOrFail(Purchase, { id: purchaseId })).snapshot.terms;

/** Without the trial for who has had it; only where there is one is that looked up. */
async function priceFor(tx: EntityManager, { id, price }: Offer, holderId: string, scope: TrialScope): Promise<Price> {
  if (trialDaysOf(price) === 0) return price;
  const purchases = await tx.find(Purchase, { holderId });
  const owned = purchases.map(({ snapshot }) => snapshot);
  return hasHadTrial(scope, id, owned) ? withoutTrial(price) : price;
}

/** Without a window for who has had the one that there is [R20.4]. */
async function windowFor(
  tx: EntityManager,
  { id, groupName, refundWindowOnce }: Offer,
  holderId: string,
): Promise<Partial<OfferTerms>> {
  if (!refundWindowOnce) return {};
  const purchases = await tx.find(Purchase, { holderId });
  const hasHadOne = purchases.some(({ snapshot: { refundWindow, terms } }) => {
    return refundWindow !== null && (terms.offerId === id || (groupName !== null && terms.group === groupName));
  });
  return hasHadOne ? { refundWindowDays: 0 } : {};
}

/**
 * Ends our side of a session that is over at Stripe, as of an instant. Why it ended unpaid, Stripe
 * is asked later; what had no session was left.
 */
export const closeCheckout = (
  em: EntityManager,
  { id, stripeSessionId }: Pick<Checkout, 'id' | 'stripeSessionId'>,
  state: 'completed' | 'expired',
  at: Instant,
): Promise<number> => {
  const ended = { state, endedAt: at, reason: stripeSessionId === null ? ('left' as const) : null };
  return em.nativeUpdate(Checkout, { id, state: 'open' }, state === 'completed' ? { state } : ended);
};

export type Session = {
  sessionId: string;
  url: string;
  expiresAt: Instant;
  amountMinor: number | null;
  currency: string | null;
};

/**
 * Keeps the session of an open checkout, by which its events find their purchase, and the Stripe
 * account on which it sells; false where another request was first.
 */
export async function keepSession(
  em: EntityManager,
  id: string,
  { sessionId, url, expiresAt, amountMinor, currency, stripeAccount }: Session & { stripeAccount: string },
): Promise<boolean> {
  const kept = await query<unknown>(
    em,
    sql`with kept as (
       update checkouts set stripe_session_id = ${sessionId}, url = ${url}, expires_at = ${expiresAt},
         amount_minor = ${amountMinor}, currency = ${currency}
       where id = ${id} and state = 'open' and coalesce(stripe_session_id, ${sessionId}) = ${sessionId} returning purchase_id
     ), sold as (
       update purchases set stripe_account = ${stripeAccount} from kept where purchases.id = kept.purchase_id returning id, account_id
     ), route as (
       insert into stripe_objects (stripe_account, object_id, account_id, purchase_id)
       select ${stripeAccount}, ${sessionId}, account_id, id from sold on conflict do nothing
     )
     select 1 from kept`,
  );
  return kept.length === 1;
}

/**
 * Keeps the subscription with which a checkout began without Stripe's page: by it its events find
 * their purchase, which stays on this Stripe account.
 */
export const keepStarted = (
  em: EntityManager,
  id: string,
  { subscriptionId, stripeAccount }: { subscriptionId: string; stripeAccount: string },
): Promise<unknown> =>
  run(
    em,
    sql`with kept as (
       update checkouts set state = 'completed' where id = ${id} returning purchase_id
     ), sold as (
       update purchases set stripe_account = ${stripeAccount} from kept where purchases.id = kept.purchase_id returning id, account_id
     )
     insert into stripe_objects (stripe_account, object_id, account_id, purchase_id)
     select ${stripeAccount}, ${subscriptionId}, account_id, id from sold on conflict do nothing`,
  );

/** The session at Stripe that a purchase was bought through; null where there was none. */
export async function sessionOf(em: EntityManager, purchaseId: string): Promise<string | null> {
  const checkout = await em.findOne(Checkout, { purchaseId });
  return checkout?.stripeSessionId ?? null;
}
