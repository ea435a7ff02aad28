import { z } from 'zod';
import { stepFrom } from '../billing/calendar.ts';
import { endSubscription } from '../billing/end.ts';
import { releaseSchedule, scheduleFrom, setPhases } from '../billing/schedule.ts';
import type { Books } from '../data/books.ts';
import type { SchedulePhase, Subscription, SubscriptionSchedule } from '../data/docs.ts';
import { invalidRequest } from '../protocol/fault.ts';
import { emptyable, expand, flag, integer, listFields, metadata, text } from '../protocol/fields.ts';
import { newPhase } from '../shapes/schedule.ts';
import { listOf } from './lists.ts';
import { mergeMetadata } from './metadata.ts';
import { route } from './route.ts';
import { givenDiscount, priceOf } from './subscriptions.ts';

const bare = z.strictObject({ expand });
const create = z.strictObject({ from_subscription: text, expand });
const phase = z.strictObject({
  items: z.array(z.strictObject({ price: text, quantity: integer.optional(), metadata: metadata.optional() })),
  discounts: emptyable(z.array(givenDiscount)).optional(),
  start_date: integer.optional(),
  end_date: integer.optional(),
  duration: z
    .strictObject({ interval: z.enum(['day', 'week', 'month', 'year']), interval_count: integer.optional() })
    .optional(),
  trial_end: integer.optional(),
  proration_behavior: z.enum(['none']).optional(),
  metadata: metadata.optional(),
});
const update = z.strictObject({
  phases: z.array(phase),
  end_behavior: z.enum(['cancel', 'release']).optional(),
  proration_behavior: z.enum(['none']).optional(),
  metadata: metadata.optional(),
  expand,
});
const release = z.strictObject({ preserve_cancel_date: flag.optional(), expand });
const list = z.strictObject({ ...listFields, customer: emptyable(text).optional() });

export const subscriptionScheduleRoutes = [
  route('POST', '/v1/subscription_schedules', create, ({ books, params }) => {
    const subscription = books.need('subscription', params.from_subscription, 'from_subscription');
    return scheduleFrom(books, subscription, books.customerTime(subscription.customer));
  }),
  route('GET', '/v1/subscription_schedules/:id', bare, ({ books, id }) => books.need('subscription_schedule', id)),
  route('POST', '/v1/subscription_schedules/:id', update, ({ books, id, params }) => {
    const known = books.need('subscription_schedule', id);
    const subscription = books.need('subscription', known.subscription ?? '');
    const { end_behavior = known.end_behavior } = params;
    const changed = {
      phases: phasesOf(books, subscription, params.phases),
      end_behavior,
      metadata: mergeMetadata(known.metadata, params.metadata),
    };
    return setPhases(books, known, changed, books.customerTime(known.customer));
  }),
  route('POST', '/v1/subscription_schedules/:id/release', release, ({ books, id }) => {
    const { known, at } = scheduleAt(books, id);
    return releaseSchedule(books, known, at);
  }),
  route('POST', '/v1/subscription_schedules/:id/cancel', bare, ({ books, id }) => {
    const { known, at } = scheduleAt(books, id);
    const subscription = books.need('subscription', known.subscription ?? '');
    endSubscription(books, subscription, { as: 'canceled', reason: 'cancellation_requested' }, at);
    return books.need('subscription_schedule', id);
  }),
  route('GET', '/v1/subscription_schedules', list, ({ books, params }) =>
    listOf(books, 'subscription_schedule', params, { filter: { customer: params.customer ?? undefined } }),
  ),
];

function scheduleAt(books: Books, id: string): { known: SubscriptionSchedule; at: number } {
  const known = books.need('subscription_schedule', id);
  return { known, at: books.customerTime(known.customer) };
}

/** Each begins where the one before ends, and lasts as long as it says. */
function phasesOf(books: Books, subscription: Subscription, wanted: z.output<typeof phase>[]): SchedulePhase[] {
  let start = 0;
  return wanted.map((each, index) => {
    const { start_date = start, duration, end_date } = each;
    const items = each.items.map(({ price, quantity = 1 }, place) => ({
      price: priceOf(books, { price }, `phases[${index}][items][${place}]`).id,
      quantity,
    }));
    const end =
      end_date ?? (duration && stepFrom(start_date, { ...duration, interval_count: duration.interval_count ?? 1 }, 1));
    if (end === undefined || start_date === 0)
      throw invalidRequest('Each phase needs its start, and its end or duration.', `phases[${index}]`);
    start = end;
    const discounts = (each.discounts ?? []).map(({ coupon = null, discount = null, promotion_code = null }) => ({
      coupon,
      discount,
      promotion_code,
    }));
    return newPhase({ start_date, end_date: end, items, discounts }, subscription, each.metadata ?? {});
  });
}
