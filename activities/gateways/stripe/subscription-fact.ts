import type Stripe from 'stripe';
import { CANCEL_FEEDBACKS } from '../../../workflows/domain/billing.ts';
import type { SubscriptionFact } from '../../../workflows/domain/facts.ts';
import { sumMinor, type Money } from '../../../workflows/domain/money.ts';
import { cardEndOf } from './card-end.ts';
import { discountIdsOf, discountsOf } from './discount-fact.ts';
import { fromUnix, fromUnixOrNull } from './instants.ts';
import { idOf, known, StripeUnreadable } from './unreadable.ts';

const STATUSES = [
  'incomplete',
  'incomplete_expired',
  'trialing',
  'active',
  'past_due',
  'unpaid',
  'canceled',
  'paused',
] as const satisfies SubscriptionFact['status'][];

const END_REASONS = ['payment_failed', 'cancellation_requested', 'payment_disputed'] as const;

/**
 * Until 2025 the period stood on the subscription itself; events keep the shape of their endpoint's
 * version.
 */
type Periods = { current_period_start?: number; current_period_end?: number };

/**
 * Stripe's subscription as the domain knows it [R22.3].
 * @throws StripeUnreadable where the period is nowhere to be found, or the status is not one of
 * Stripe's eight
 */
export function fromStripeSubscription(subscription: Stripe.Subscription): SubscriptionFact {
  const { id, pause_collection: pause } = subscription;
  const { start, end } = periodOf(subscription);
  const endsWithPeriod = subscription.cancel_at_period_end ? end : null;
  const { reason, feedback } = subscription.cancellation_details ?? {};
  return {
    type: 'subscription',
    subscriptionId: id,
    status: known(STATUSES, subscription.status, 'status', id),
    periodStart: fromUnix(start),
    periodEnd: fromUnix(end),
    trialEndsAt: fromUnixOrNull(subscription.trial_end),
    pause: pause ? { resumesAt: fromUnixOrNull(pause.resumes_at) } : null,
    cancelAt: fromUnixOrNull(subscription.cancel_at ?? endsWithPeriod),
    endedAt: fromUnixOrNull(subscription.ended_at),
    endReason: END_REASONS.find((one) => one === reason) ?? null,
    commandId: subscription.metadata?.commandId || null,
    perPeriod: perPeriodOf(subscription),
    discountIds: discountIdsOf(subscription),
    discounts: discountsOf(subscription),
    ...priceIn(subscription),
    hasSchedule: subscription.schedule != null,
    ...methodIn(subscription),
    cancelFeedback: CANCEL_FEEDBACKS.find((one) => one === feedback) ?? null,
  };
}

function periodOf(subscription: Stripe.Subscription): { start: number; end: number } {
  const item: Periods = subscription.items?.data[0] ?? {};
  const older = subscription as Periods;
  const start = item.current_period_start ?? older.current_period_start;
  const end = item.current_period_end ?? older.current_period_end;
  if (start == null || end == null) throw new StripeUnreadable('current_period', subscription.id);
  return { start, end };
}

/** Its own method comes first; that of its customer is known only where the customer was read. */
function methodIn({ default_payment_method: own, customer }: Stripe.Subscription): Charged {
  if (own !== null) return charged(own);
  if (typeof customer !== 'object' || !('invoice_settings' in customer)) return {};
  return charged(customer.invoice_settings.default_payment_method);
}

type Charged = Pick<SubscriptionFact, 'methodId' | 'cardEndsAt'>;

/** How long a card is valid is known where it was read. */
const charged = (method: string | Stripe.PaymentMethod | null): Charged => ({
  methodId: idOf(method),
  ...(typeof method === 'object' && { cardEndsAt: method && cardEndOf(method) }),
});

/** Its one price; where it has several, none of them is the offer's. */
function priceIn({ items }: Stripe.Subscription): Pick<SubscriptionFact, 'priceId' | 'namedOfferId'> {
  const price = items?.data.length === 1 && !items.has_more ? items.data[0]?.price : null;
  return { priceId: price?.id ?? null, namedOfferId: price?.metadata?.offerId ?? null };
}

/** Tiers, metered use, parts of a minor unit and discounted items have no sum known ahead. */
function perPeriodOf({ items }: Stripe.Subscription): Money | null {
  const [first] = items?.data ?? [];
  if (!first || items.has_more) return null;
  const amounts = items.data.map(amountOf);
  const amountMinor = sumMinor(amounts.filter((amount) => amount !== null));
  return amounts.includes(null) ? null : { amountMinor, currency: first.price.currency };
}

function amountOf({ price, quantity, discounts }: Stripe.SubscriptionItem): number | null {
  const isPlain = price?.unit_amount != null && price.recurring?.usage_type !== 'metered' && !discounts?.length;
  return isPlain ? (price.unit_amount ?? 0) * (quantity ?? 1) : null;
}
