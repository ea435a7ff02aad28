import type { Books } from '../data/books.ts';
import type { SchedulePhase, Subscription, SubscriptionSchedule } from '../data/docs.ts';
import { invalidRequest } from '../protocol/fault.ts';
import { newSchedule } from '../shapes/schedule.ts';
import { changeItem } from './amend.ts';
import { setDiscounts, type Given } from './discounts.ts';
import { itemsOf, rhythmOf } from './lines.ts';

/** A schedule that begins with what the subscription is now, up to the end of its period. */
export function scheduleFrom(books: Books, subscription: Subscription, at: number): SubscriptionSchedule {
  if (subscription.schedule)
    throw invalidRequest(
      `You cannot migrate a subscription that is already attached to a schedule: ${subscription.schedule}`,
      'from_subscription',
    );
  const schedule = books.add(newSchedule(subscription, at), 'subscription_schedule.created');
  books.change({ ...subscription, schedule: schedule.id }, at, 'customer.subscription.updated');
  return schedule;
}

/** Its phases anew; the first is the running one, and each follows on the one before. */
export function setPhases(
  books: Books,
  schedule: SubscriptionSchedule,
  { phases, ...more }: Pick<SubscriptionSchedule, 'phases' | 'end_behavior' | 'metadata'>,
  at: number,
): SubscriptionSchedule {
  if (schedule.status !== 'active')
    throw invalidRequest(
      `You cannot update a subscription schedule that is currently in the \`${schedule.status}\` status.`,
    );
  const subscription = books.need('subscription', schedule.subscription ?? '');
  const [item] = itemsOf(subscription);
  const [first] = phases;
  if (!first || first.start_date !== item?.current_period_start || first.end_date !== item.current_period_end)
    throw invalidRequest('Here a schedule changes at the end of the running period only.', 'phases[0]');
  const stays = (first.discounts ?? []).map(({ discount }) => discount);
  if (stays.length !== subscription.discounts.length || !subscription.discounts.every((id) => stays.includes(id)))
    throw invalidRequest('Here a schedule leaves the running period its discounts.', 'phases[0][discounts]');
  const current_phase = { start_date: first.start_date, end_date: first.end_date };
  return books.change({ ...schedule, ...more, phases, current_phase }, at, 'subscription_schedule.updated');
}

/** The end of a phase: the subscription becomes what the next one says, or is left alone. */
export function turnPhase(books: Books, schedule: SubscriptionSchedule, at: number): void {
  const next = schedule.phases.find(({ start_date }) => start_date === schedule.current_phase?.end_date);
  if (!next) return void releaseSchedule(books, schedule, at);
  const subscription = books.need('subscription', schedule.subscription ?? '');
  const rhythm = JSON.stringify(rhythmOf(subscription));
  become(books, subscription, next, at);
  if (JSON.stringify(rhythmOf(subscription)) !== rhythm) subscription.billing_cycle_anchor = at;
  // Told by the turn of its period, which comes next at this instant.
  books.save(subscription);
  const current_phase = { start_date: next.start_date, end_date: next.end_date };
  books.change({ ...schedule, current_phase }, at, 'subscription_schedule.updated');
}

function become(books: Books, subscription: Subscription, { items, discounts }: SchedulePhase, at: number): void {
  // One that is used up by then is on nothing any more.
  const left = discounts?.filter(({ discount }) => discount === null || subscription.discounts.includes(discount));
  if (left) setDiscounts(books, subscription, left.map(asGiven), at);
  for (const [index, { price, quantity }] of items.entries())
    changeItem(subscription, {
      id: itemsOf(subscription)[index]?.id ?? '',
      price: books.need('price', price),
      quantity,
    });
}

const asGiven = ({ coupon, discount, promotion_code }: NonNullable<SchedulePhase['discounts']>[number]): Given => ({
  coupon: coupon ?? undefined,
  discount: discount ?? undefined,
  promotion_code: promotion_code ?? undefined,
});

/** The subscription stays as it is, and nothing more changes it. */
export function releaseSchedule(books: Books, schedule: SubscriptionSchedule, at: number): SubscriptionSchedule {
  if (schedule.status !== 'active')
    throw invalidRequest(
      `You cannot release a subscription schedule that is currently in the \`${schedule.status}\` status.`,
    );
  const subscription = books.need('subscription', schedule.subscription ?? '');
  books.change({ ...subscription, schedule: null }, at, 'customer.subscription.updated');
  const released = { released_at: at, released_subscription: schedule.subscription, subscription: null };
  const over = { ...schedule, ...released, status: 'released' as const, current_phase: null };
  return books.change(over, at, 'subscription_schedule.released');
}
