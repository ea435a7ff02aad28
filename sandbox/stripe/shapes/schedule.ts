import type { Shown } from '../data/doc.ts';
import type { SchedulePhase, Subscription, SubscriptionSchedule } from '../data/docs.ts';
import { newId } from '../data/ids.ts';
import { PHASE_CONSTANTS, SCHEDULE_CONSTANTS } from './billing-constants.ts';

/** A schedule whose one phase is what the subscription is now. */
export function newSchedule(subscription: Subscription, at: number): Shown<SubscriptionSchedule> {
  const [item] = subscription.items.data;
  const phase = {
    start_date: item!.current_period_start,
    end_date: item!.current_period_end,
    items: subscription.items.data.map(({ price, quantity }) => ({ price: price.id, quantity })),
    discounts: subscription.discounts.map((discount) => ({ coupon: null, discount, promotion_code: null })),
  };
  return {
    id: newId('subscription_schedule'),
    object: 'subscription_schedule',
    ...SCHEDULE_CONSTANTS,
    canceled_at: null,
    created: at,
    current_phase: { start_date: phase.start_date, end_date: phase.end_date },
    customer: subscription.customer,
    end_behavior: 'release',
    metadata: {},
    phases: [newPhase(phase, subscription, {})],
    released_at: null,
    released_subscription: null,
    status: 'active',
    subscription: subscription.id,
    test_clock: subscription.test_clock,
    _clock: subscription._clock ?? null,
  };
}

/** A phase in full. */
export const newPhase = (
  { items, discounts = [], ...dates }: SchedulePhase,
  { currency, trial_end }: Pick<Subscription, 'currency' | 'trial_end'>,
  metadata: Record<string, string>,
): Shown<SchedulePhase> => ({
  ...PHASE_CONSTANTS,
  ...dates,
  currency,
  discounts,
  items: items.map(({ price, quantity }) => ({
    billing_thresholds: null,
    discounts: [],
    metadata: {},
    plan: price,
    price,
    quantity,
    tax_rates: [],
  })),
  metadata,
  proration_behavior: 'none',
  trial_end: trial_end !== null && trial_end > dates.start_date ? trial_end : null,
});
