import Stripe from 'stripe';
import type { ReadyWrite } from '../../../workflows/domain/writes.ts';
import { reading, writing, type Try } from './call.ts';
import { discountsIn } from './change-price.ts';
import { unlessReached } from './failures.ts';
import type { Account } from './gateway.ts';
import { toUnix } from './instants.ts';
import { idOf } from './unreadable.ts';

type Schedule = Stripe.SubscriptionSchedule;
type Phase = Stripe.SubscriptionSchedule.Phase;

/**
 * Another price from the end of the period on: a schedule that repeats what the subscription is,
 * and then becomes the new price. Made and filled by two requests; if the second one was lost, the
 * schedule is found on the subscription.
 */
export async function scheduleChange(
  stripe: Stripe,
  write: Extract<ReadyWrite, { op: 'scheduleChange' }>,
  { idempotencyKey, key, account }: Try,
): Promise<void> {
  const { subscriptionId, at } = write;
  const known = await scheduleOf(stripe, subscriptionId, account);
  const from = { from_subscription: subscriptionId };
  const made = known ?? (await stripe.subscriptionSchedules.create(from, writing(idempotencyKey, account)));
  if (isAlreadySet(made, key.commandId)) return;
  if (made.phases.length > 1) throw new Stripe.errors.StripeInvalidRequestError(OTHER_SCHEDULE);
  const params = {
    end_behavior: 'release' as const,
    phases: phasesOf(made, toUnix(at), write),
    metadata: { commandId: key.commandId },
  };
  await stripe.subscriptionSchedules.update(made.id, params, writing(`${idempotencyKey}:phases`, account));
}

export const isAlreadySet = ({ metadata }: Schedule, commandId: string): boolean => metadata?.commandId === commandId;

const OTHER_SCHEDULE = {
  type: 'invalid_request_error',
  statusCode: 400,
  code: 'subscription_managed_by_schedule',
  message: 'At Stripe a schedule changes this subscription already: release it there first.',
} as const;

/** The schedule that holds a subscription; null = none does. */
export async function scheduleOf(stripe: Stripe, subscriptionId: string, account: Account): Promise<Schedule | null> {
  const id = await scheduleIdOf(stripe, subscriptionId, account);
  return id === null ? null : stripe.subscriptionSchedules.retrieve(id, {}, reading(account));
}

async function scheduleIdOf(stripe: Stripe, subscriptionId: string, account: Account): Promise<string | null> {
  const { schedule } = await stripe.subscriptions.retrieve(subscriptionId, {}, reading(account));
  return idOf(schedule);
}

/** The subscription stays as it is, and nothing more changes it; having no schedule is fine. */
export async function releaseChange(
  stripe: Stripe,
  { subscriptionId }: Extract<ReadyWrite, { op: 'releaseChange' }>,
  { idempotencyKey, account }: Try,
): Promise<void> {
  const id = await scheduleIdOf(stripe, subscriptionId, account);
  if (id === null) return;
  await unlessReached(
    stripe.subscriptionSchedules.release(id, {}, writing(idempotencyKey, account)),
    () => stripe.subscriptionSchedules.retrieve(id, {}, reading(account)),
    ({ status }) => status !== 'active' && status !== 'not_started',
  );
}

type Phases = Stripe.SubscriptionScheduleUpdateParams.Phase[];

function phasesOf(
  { phases }: Schedule,
  at: number,
  { priceId, interval, discounts }: Extract<ReadyWrite, { op: 'scheduleChange' }>,
): Phases {
  const [running] = phases;
  if (!running) return [];
  const { items, ...repeated } = asParams(running);
  const [item] = items;
  return [
    { ...repeated, items, start_date: running.start_date, end_date: at, ...trialOf(running) },
    { ...repeated, ...discountsIn({ discounts }), items: [{ ...item, price: priceId }], duration: { interval } },
  ];
}

const trialOf = ({ trial_end }: Phase) => (trial_end === null ? {} : { trial_end });

/** A phase as it is, in the words in which Stripe takes one: whatever it says is said again. */
function asParams(phase: Phase) {
  const { metadata, discounts, description, collection_method, default_payment_method, default_tax_rates } = phase;
  const method = idOf(default_payment_method);
  return {
    items: phase.items.map(itemParams),
    proration_behavior: 'none' as const,
    ...(metadata && Object.keys(metadata).length > 0 && { metadata }),
    ...(discounts.length > 0 && { discounts: discounts.map(discountParams) }),
    ...(description !== null && { description }),
    ...(collection_method !== null && { collection_method }),
    ...(method !== null && { default_payment_method: method }),
    ...(default_tax_rates?.length && { default_tax_rates: default_tax_rates.map(({ id }) => id) }),
    ...(phase.automatic_tax?.enabled && { automatic_tax: { enabled: true } }),
  };
}

function itemParams({ price, quantity, metadata, discounts, tax_rates }: Stripe.SubscriptionSchedule.Phase.Item) {
  return {
    price: idOf(price) ?? '',
    ...(quantity !== undefined && { quantity }),
    ...(metadata && Object.keys(metadata).length > 0 && { metadata }),
    ...(discounts.length > 0 && { discounts: discounts.map(discountParams) }),
    ...(tax_rates?.length && { tax_rates: tax_rates.map(({ id }) => id) }),
  };
}

type Discount = { discount: string | { id: string } | null; coupon: string | { id: string } | null };

/** A discount that runs goes on by its own id: by its coupon it would begin anew. */
function discountParams({ discount, coupon }: Discount): { discount?: string; coupon?: string } {
  const [running, named] = [idOf(discount), idOf(coupon)];
  return running !== null ? { discount: running } : { ...(named !== null && { coupon: named }) };
}
