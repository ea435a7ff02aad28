import { announceOffer, announceSubscription } from './announce-subscription.ts';
import { isLive, type Billing, type Ended, type Pause } from './billing.ts';
import type { PendingCancellation, SubscriptionBilling } from './billing.ts';
import { cardExpiryOf } from './card-expiry.ts';
import { isToBeTried } from './changed-card.ts';
import { withOffer } from './change-terms.ts';
import { ChangeBuilder, NO_CHANGE, type Context, type Outcome } from './change.ts';
import { endedBy, type Judged } from './ended-at-stripe.ts';
import { CLOCK_SKEW_MS, type Fact, type SubscriptionFact } from './facts.ts';
import { toMs, type Instant } from './instant.ts';
import { heldDiscounts, isDiscountUnknown } from './held-discounts.ts';
import type { OfferTerms, PendingChange } from './offer.ts';
import { isStop } from './plan-ahead.ts';
import { soldPerPeriod, type Price } from './price.ts';
import { isRemoved } from './removal.ts';
import type { PurchaseState, StripeKnowledge } from './purchase.ts';
import { isSame } from './same.ts';

type Heard = Fact & { object: SubscriptionFact };

/**
 * Applies what Stripe says of the subscription. An event never brings back something older than
 * what is known [R22.1]. If an event differs from our last reading and is too close to it to be
 * ordered, the outcome is `read`.
 */
export function applySubscription(state: PurchaseState, fact: Heard, context: Context): Outcome {
  const { billing } = state;
  switch (billing.kind) {
    case 'none':
    case 'one_time':
      return NO_CHANGE;
    case 'subscription':
      return billing.ended ? NO_CHANGE : applyToLive(state, billing, fact, context);
  }
}

function applyToLive(state: PurchaseState, before: SubscriptionBilling, heard: Heard, context: Context): Outcome {
  const fact = withoutStop(state, heard);
  // A checkout that has not begun has no subscription that could be read.
  if (state.startedAt && isAhead(fact, context)) return { kind: 'read' };
  const merged = merge(before, fact.object, fact.occurredAt, { ...context, endsBySystem: isRemoved(state) });
  const offer = newOffer(state, before, fact.object);
  const sold = offer
    ? withOffer(state, merged, { ...offer, at: offer.at ?? fact.occurredAt })
    : { ...state, billing: merged };
  const changed = changedPrice(sold.billing, sold.terms.price, fact.object);
  const billing = { ...sold.billing, ...changed, ...heldDiscounts(state, fact) };
  const isNews = offer !== null || !isSame(billing, before);
  const age = ageOf(state.stripe, before, fact);
  if (age === 'older') return NO_CHANGE;
  // The event of the failed attempt may be on its way; Stripe sends both at once.
  if (fact.source === 'event' && (isUnpaidWithoutInvoice(before, fact.object) || isDiscountUnknown(state, fact.object)))
    return { kind: 'read' };
  // Which offer that is, if it is one, stands in Postgres.
  if (state.startedAt && !offer && namesOther(state, fact)) return { kind: 'read' };
  if (!isNews && state.startedAt) return stillAsKnown(fact, age);
  if (age === 'unsure') return { kind: 'read' };
  const change = new ChangeBuilder(state, fact.occurredAt, context);
  const known = { ...sold, billing, stripe: knowledge(state, fact, context) };
  const { methodId } = billing;
  if (isLive(billing) && !billing.pause && methodId != null && isToBeTried(before, billing.overdue, methodId))
    change.followUp('retry-new-card', { methodId });
  if (state.startedAt) announceSubscription(change, offer ? { ...before, ...OF_THE_OFFER_BEFORE } : before, billing);
  if (offer) announceOffer(change, state.terms, offer);
  return change.to(known);
}

/** A plan's safety stop at Stripe is no pending cancellation. */
function withoutStop(state: PurchaseState, fact: Heard): Heard {
  const { cancelAt } = fact.object;
  return cancelAt !== null && isStop(state, cancelAt) ? { ...fact, object: { ...fact.object, cancelAt: null } } : fact;
}

/** What it is sold as from now on; `at`: that was scheduled here, for this instant. */
type NewOffer = { terms: OfferTerms; at: Instant | null };

/** The offer that its price says, where it is another one than before [R26.5]. */
function newOffer(
  { terms, startedAt }: PurchaseState,
  { pendingChange }: SubscriptionBilling,
  object: SubscriptionFact,
): NewOffer | null {
  const { soldAs, status } = object;
  if (startedAt === null || status === 'canceled' || status === 'incomplete_expired') return null;
  if (pendingChange && hasComeTo(pendingChange, object)) return { terms: pendingChange.terms, at: pendingChange.at };
  return soldAs && soldAs.offerId !== terms.offerId ? { terms: soldAs, at: null } : null;
}

/** What of it goes with the offer, and is not told of by itself. */
const OF_THE_OFFER_BEFORE = { changedPrice: null, pendingChange: null };

/** Its price names another offer than the purchase's, and the event cannot say more. */
const namesOther = ({ terms }: PurchaseState, { source, object: { namedOfferId } }: Heard): boolean =>
  source === 'event' && namedOfferId != null && namedOfferId !== terms.offerId;

/** An event dated in our future cannot be put in order, so Stripe is read. */
const isAhead = ({ source, occurredAt }: Heard, { now }: Context): boolean =>
  source === 'event' && toMs(occurredAt) - toMs(now) > CLOCK_SKEW_MS;

/** Stripe says that something is unpaid, but no open invoice is known here [R22.6]. */
export const isUnpaidWithoutInvoice = (billing: Billing, { status }: SubscriptionFact): boolean =>
  isLive(billing) && billing.overdue.length === 0 && (status === 'past_due' || status === 'unpaid');

/** Nothing new but how far Stripe was heard, so that an older event is not applied after this. */
const stillAsKnown = ({ source, occurredAt }: Heard, age: 'newer' | 'unsure'): Outcome =>
  source !== 'event' || age === 'unsure' ? NO_CHANGE : { kind: 'no_change', heardAt: occurredAt };

type Age = 'newer' | 'older' | 'unsure';

/**
 * Whether an event can be put in order with what is known. Our readings are dated by our clock,
 * hence the margin.
 */
function ageOf({ asOf, readAt }: StripeKnowledge, billing: SubscriptionBilling, fact: Heard): Age {
  if (fact.source !== 'event') return 'newer';
  if (asOf && fact.occurredAt < asOf) return 'older';
  if (readAt) {
    const sinceReadMs = toMs(fact.occurredAt) - toMs(readAt);
    if (sinceReadMs < -CLOCK_SKEW_MS) return 'older';
    if (sinceReadMs <= CLOCK_SKEW_MS) return 'unsure';
  }
  return asOf === fact.occurredAt ? byItself(billing, fact.object) : 'newer';
}

/** Of two events of one second, the first payment and the period's start only move forward. */
function byItself(billing: SubscriptionBilling, { status, periodStart }: SubscriptionFact): Age {
  if (billing.phase === 'incomplete') return 'newer';
  if (status === 'incomplete' || (billing.periodStart !== null && periodStart < billing.periodStart)) return 'older';
  return billing.periodStart === null || periodStart > billing.periodStart ? 'newer' : 'unsure';
}

function knowledge({ stripe }: PurchaseState, fact: Heard, context: Context): PurchaseState['stripe'] {
  if (fact.source !== 'event') return { ...stripe, readAt: fact.occurredAt };
  return isAhead(fact, context) ? stripe : { ...stripe, asOf: fact.occurredAt };
}

function merge(
  billing: SubscriptionBilling,
  object: SubscriptionFact,
  at: Instant,
  context: Judged,
): SubscriptionBilling {
  const { cancellation, pause } = billing;
  const next: SubscriptionBilling = {
    ...billing,
    subscriptionId: object.subscriptionId,
    phase: phaseOf(billing, object),
    periodStart: object.periodStart,
    periodEnd: paidUntil(billing, object),
    trialEndsAt: object.trialEndsAt,
    ...(object.methodId !== undefined && { methodId: object.methodId }),
    ...cardExpiryOf(billing, object, at),
    pause: pauseOf(billing, object, at, context),
    cancellation: !object.cancelAt
      ? null
      : cancellation?.at === object.cancelAt
        ? withFeedback(cancellation, object)
        : withFeedback({ at: object.cancelAt, cause: 'external', askedAt: at }, object),
    ...(billing.pendingChange && { pendingChange: stillPending(billing.pendingChange, object) }),
  };
  if (object.status === 'unpaid')
    return { ...next, overdue: next.overdue.map((invoice) => ({ ...invoice, nextTryAt: null })) };
  if (object.status !== 'canceled' && object.status !== 'incomplete_expired') return next;
  return { ...next, pause, cancellation: null, ended: withFeedback(endedBy(billing, object, at, context), object) };
}

/** A schedule that was released at Stripe changes nothing any more. */
const stillPending = (change: PendingChange, object: SubscriptionFact): PendingChange | null =>
  object.hasSchedule === false && !hasComeTo(change, object) ? null : change;

/** Whether what is charged is the new offer's price. */
const hasComeTo = (
  { priceId: expected, terms }: PendingChange,
  { priceId, namedOfferId }: SubscriptionFact,
): boolean => (expected === null ? namedOfferId === terms.offerId : priceId === expected);

/** What Stripe charges now, if that is or was different from what was sold [R22.7]. */
function changedPrice(billing: SubscriptionBilling, price: Price, { perPeriod }: SubscriptionFact) {
  const sold = soldPerPeriod(price);
  if (!perPeriod || !sold) return {};
  const { amountMinor, currency } = perPeriod;
  const isAsSold = amountMinor === sold.amountMinor && currency === sold.currency;
  if (isAsSold) return billing.changedPrice ? { changedPrice: null } : {};
  return { changedPrice: { amountMinor, currency } };
}

/** Stripe may send the reason after the cancellation; a reason given here stays [R9.6]. */
const withFeedback = <End extends PendingCancellation | Ended>(end: End, { cancelFeedback }: SubscriptionFact): End =>
  end.cause === 'external' && cancelFeedback ? { ...end, feedback: cancelFeedback } : end;

/** Stripe shortens the period for a cancellation inside it; here the paid time stays [R8.1]. */
function paidUntil({ periodStart, periodEnd }: SubscriptionBilling, object: SubscriptionFact): Instant {
  const isCut = object.cancelAt === object.periodEnd && object.periodStart === periodStart;
  return isCut && periodEnd !== null && periodEnd > object.periodEnd ? periodEnd : object.periodEnd;
}

function phaseOf({ phase }: SubscriptionBilling, { status }: SubscriptionFact): SubscriptionBilling['phase'] {
  switch (status) {
    case 'canceled':
      return phase;
    case 'trialing':
      return 'trialing';
    case 'incomplete':
    case 'incomplete_expired':
      return 'incomplete';
    case 'active':
    case 'past_due':
    case 'unpaid':
    case 'paused':
      return 'active';
  }
}

/** An event of a pause that arrives after its resume date does not pause again. */
function pauseOf(billing: SubscriptionBilling, object: SubscriptionFact, at: Instant, { now }: Context): Pause | null {
  const paused = object.pause ?? (object.status === 'paused' ? { resumesAt: null } : null);
  if (!paused) return null;
  const resumeAt = paused.resumesAt;
  if (!billing.pause && resumeAt && resumeAt <= now) return null;
  return { since: at, access: 'keep', ...billing.pause, resumeAt };
}
