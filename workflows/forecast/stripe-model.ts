import { cancellationOf, discountsOf, pendingChangeOf } from '../domain/billing-parts.ts';
import { isLive, type SubscriptionBilling } from '../domain/billing.ts';
import { addIntervals, intervalsUntil } from '../domain/calendar.ts';
import { nextPeriodCharge, nextPeriodInFull, perPeriod, runningCycle, stayingUntil } from '../domain/charges.ts';
import { holdingAt, lessened, type HeldDiscount } from '../domain/discount.ts';
import { dueList } from '../domain/due.ts';
import type { InvoiceFact, StripeObject, SubscriptionFact } from '../domain/facts.ts';
import { earliest, type Instant } from '../domain/instant.ts';
import { withoutInvoice, type Overdue } from '../domain/overdue.ts';
import type { Money } from '../domain/money.ts';
import { intervalOf, soldPerPeriod } from '../domain/price.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { StripeWrite } from '../domain/writes.ts';

// What Stripe does by itself with a subscription, as a pure function of what is known of it here:
// its calendar, amounts and due dates are the domain's own. Cards are taken to work.

/** When it acts next; null = never, as things stand. */
export function stripeActsAt(state: PurchaseState): Instant | null {
  const { billing } = state;
  if (!isLive(billing)) return null;
  const dues = dueList(state).flatMap(({ owner, at }) => (owner === 'stripe' ? at : []));
  return earliest(dues[0], billing.pause?.resumeAt, stopAt(billing));
}

/**
 * Everything that it says of `at`, in its order: a resume, an end, the turn of the period with its
 * invoice, retries. `name` makes the id of an invoice.
 */
export function stripeActs(state: PurchaseState, at: Instant, name: () => string): StripeObject[] {
  const { billing } = state;
  if (!isLive(billing)) return [];
  const isResumed = isDue(billing.pause?.resumeAt, at);
  const resumed = isResumed ? { ...billing, pause: null } : billing;
  const told = isResumed ? [subscriptionAs(state, resumed)] : [];
  if (isDue(endsAt(billing), at)) return [...told, ended(state, resumed, at)];
  const turned = isDue(billing.periodEnd, at) ? turn({ ...state, billing: resumed }, resumed, at, name()) : null;
  const tried = billing.overdue.filter(({ nextTryAt }) => isDue(nextTryAt, at));
  const paid = tried.map((one) => paidAtLast(state, billing, one, at));
  if (!turned && paid.length === 0) return told;
  const after = turned?.billing ?? resumed;
  const overdue = tried.reduce((left, { invoiceId }) => withoutInvoice(left, invoiceId), after.overdue);
  return [...told, ...(turned ? [turned.invoice] : []), ...paid, subscriptionAs(state, { ...after, overdue })];
}

const isDue = (due: Instant | null | undefined, at: Instant): boolean => due != null && due <= at;

/** A payment plan's safety stop; a pause made here, or a cancellation, has taken it off. */
export const stopAt = ({ pause, cancellation, instalments }: SubscriptionBilling): Instant | null =>
  pause?.by || cancellation ? null : (instalments?.stopAt ?? null);

const endsAt = (billing: SubscriptionBilling): Instant | null => billing.cancellation?.at ?? stopAt(billing);

function ended(state: PurchaseState, billing: SubscriptionBilling, at: Instant): SubscriptionFact {
  return { ...subscriptionAs(state, billing), status: 'canceled', endedAt: at };
}

type Turned = { invoice: InvoiceFact; billing: SubscriptionBilling };

/** The end of one period and the beginning of the next; while paused its invoice is voided. */
function turn(state: PurchaseState, billing: SubscriptionBilling, at: Instant, invoiceId: string): Turned {
  const start = billing.periodEnd ?? at;
  const full = nextPeriodInFull(state, start) ?? { amountMinor: 0, currency: '' };
  const { amountMinor } = nextPeriodCharge(state, start) ?? full;
  const period = { periodStart: start, periodEnd: periodEndFrom(state, billing, start) };
  const invoice = invoiceOf(billing, { ...full, amountMinor }, { ...period, invoiceId, at });
  const discounts = left(stayingUntil(billing, start), full, start);
  return {
    invoice: billing.pause ? { ...invoice, status: 'void', amountPaidMinor: 0, paidAt: null } : invoice,
    billing: { ...billing, ...period, phase: 'active', discounts },
  };
}

/** By the calendar of what it is from then on; cut short where an end lies inside it. */
function periodEndFrom(state: PurchaseState, billing: SubscriptionBilling, start: Instant): Instant {
  const before = intervalOf(state.terms.price) ?? 'month';
  const interval = intervalOf(termsFrom(state, start).price) ?? before;
  const isAnew = interval !== before && billing.phase !== 'trialing';
  const anchor = (isAnew ? null : runningCycle(state)?.anchor) ?? start;
  const natural = addIntervals(anchor, interval, intervalsUntil(anchor, interval, start) + 1);
  const end = endsAt(billing);
  return end !== null && end > start && end < natural ? end : natural;
}

/** As it is sold from then on: a change of offer may come with it. */
function termsFrom({ billing, terms }: PurchaseState, at: Instant) {
  const change = pendingChangeOf(billing);
  return change && change.at <= at ? change.terms : terms;
}

/** What an invoice leaves on its subscription: nothing that was for one invoice, or is over. */
function left(discounts: HeldDiscount[], { amountMinor, currency }: Money, at: Instant): HeldDiscount[] {
  const holding = holdingAt(discounts, at, true);
  const upTo = (count: number) => lessened({ amountMinor, currency }, holding.slice(0, count));
  const isUsed = (one: HeldDiscount) => {
    const place = holding.indexOf(one);
    return one.duration === 'once' && place >= 0 && upTo(place) !== upTo(place + 1);
  };
  return discounts.filter((one) => !isUsed(one) && (one.endsAt === null || at < one.endsAt));
}

/** A try that succeeds, of the period in which the invoice was asked for. */
function paidAtLast(state: PurchaseState, billing: SubscriptionBilling, one: Overdue, at: Instant): InvoiceFact {
  const { invoiceId, attempts } = one;
  const period = periodOf(state, billing, one.since);
  return { ...invoiceOf(billing, one, { ...period, invoiceId, at }), attempts: attempts + 1 };
}

function periodOf(state: PurchaseState, { periodStart, periodEnd }: SubscriptionBilling, since: Instant) {
  const cycle = runningCycle(state);
  if (!cycle || periodStart === null || since >= periodStart) return { periodStart, periodEnd };
  const { anchor, interval } = cycle;
  const n = intervalsUntil(anchor, interval, since);
  const first = addIntervals(anchor, interval, n) === since ? n : Math.max(0, n - 1);
  return { periodStart: addIntervals(anchor, interval, first), periodEnd: addIntervals(anchor, interval, first + 1) };
}

type Billed = { invoiceId: string; at: Instant; periodStart: Instant | null; periodEnd: Instant | null };

const invoiceOf = (
  { subscriptionId }: SubscriptionBilling,
  { amountMinor, currency }: Money,
  { at, ...more }: Billed,
): InvoiceFact => ({
  ...more,
  type: 'invoice',
  subscriptionId,
  status: 'paid',
  amountDueMinor: amountMinor,
  amountPaidMinor: amountMinor,
  totalMinor: amountMinor,
  currency,
  paidAt: at,
  attempts: 1,
  nextTryAt: null,
  reason: 'renewal',
  commandId: null,
  trouble: null,
  declineCode: null,
});

/** What it answers to a write of the system's own, which it never refuses. */
export const stripeAnswers = ({ billing }: PurchaseState, { op }: StripeWrite, at: Instant): StripeObject[] =>
  isLive(billing) && op === 'voidOpenInvoices' ? billing.overdue.map((one) => voided(billing, one, at)) : [];

function voided(billing: SubscriptionBilling, one: Overdue, at: Instant): InvoiceFact {
  const { invoiceId, attempts } = one;
  const { periodStart, periodEnd } = billing;
  const invoice = invoiceOf(billing, one, { invoiceId, at, periodStart, periodEnd });
  return { ...invoice, attempts, status: 'void', amountPaidMinor: 0, paidAt: null };
}

/** The subscription once its billing stands so at Stripe. */
function subscriptionAs(state: PurchaseState, billing: SubscriptionBilling): SubscriptionFact {
  const start = billing.periodStart ?? '';
  const change = pendingChangeOf(state.billing);
  const hasCome = change !== null && change.at <= start;
  const { offerId, price } = hasCome ? change.terms : state.terms;
  return {
    type: 'subscription',
    subscriptionId: billing.subscriptionId ?? '',
    status: billing.phase === 'trialing' ? 'trialing' : billing.overdue.length > 0 ? 'past_due' : 'active',
    periodStart: start,
    periodEnd: billing.periodEnd ?? start,
    trialEndsAt: billing.trialEndsAt,
    pause: billing.pause && { resumesAt: billing.pause.resumeAt },
    cancelAt: cancellationOf(billing)?.at ?? stopAt(billing),
    endedAt: null,
    endReason: null,
    commandId: null,
    perPeriod: hasCome ? soldPerPeriod(price) : perPeriod(state),
    discountIds: discountsOf(billing).map(({ discountId }) => discountId),
    priceId: hasCome ? change.priceId : null,
    namedOfferId: offerId,
    hasSchedule: change !== null,
    cancelFeedback: null,
  };
}
