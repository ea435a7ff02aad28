import type Stripe from 'stripe';
import { reading, writing } from './call.ts';
import { orNull, orThrow, unlessReached } from './failures.ts';
import type { Account, FoundDispute, FoundRefund, LiveSubscription, Since, StripePage } from './gateway.ts';
import { fromUnix, toUnix } from './instants.ts';
import { make } from './make.ts';
import { fromStripeDispute, fromStripeRefund } from './refund-fact.ts';
import { idOf } from './unreadable.ts';

/** The most that Stripe lists at once. */
const PAGE = 100;

type ListOf<Item> = { data: Item[]; has_more: boolean };

const pageOf = <Item extends { id: string }, Found>(
  { data, has_more: hasMore }: ListOf<Item>,
  toFound: (item: Item) => Found[],
): StripePage<Found> => ({ found: data.flatMap(toFound), after: hasMore ? (data.at(-1)?.id ?? null) : null });

const from = (after: string | null) => ({ limit: PAGE, ...(after !== null && { starting_after: after }) });

const LIVE = new Set<Stripe.Subscription.Status>(['trialing', 'active', 'past_due', 'unpaid', 'paused']);

/** One page of all subscriptions, and of those on it what may still charge. */
export async function liveSubscriptions(
  stripe: Stripe,
  after: string | null,
  account: Account,
): Promise<StripePage<LiveSubscription>> {
  const page = await orThrow(stripe.subscriptions.list({ ...from(after), status: 'all' }, reading(account)));
  return pageOf(page, (subscription) => [liveIn(subscription)].filter((one) => one !== null));
}

/** A subscription that may still charge; null where it ended, or there is none. */
export async function liveSubscription(stripe: Stripe, id: string, account: Account): Promise<LiveSubscription | null> {
  const found = await orNull(stripe.subscriptions.retrieve(id, {}, reading(account)));
  return found && liveIn(found);
}

const liveIn = ({ id, status, customer, metadata }: Stripe.Subscription): LiveSubscription | null =>
  LIVE.has(status)
    ? { subscriptionId: id, status, customerId: idOf(customer) ?? '', purchaseId: metadata?.purchaseId ?? null }
    : null;

/** One page of the refunds that were made since, the newest first. */
export async function refundsSince(
  stripe: Stripe,
  { since, after }: Since,
  account: Account,
): Promise<StripePage<FoundRefund>> {
  const params = { ...from(after), created: { gte: toUnix(since) } };
  return pageOf(await orThrow(stripe.refunds.list(params, reading(account))), (refund) => [foundRefund(refund)]);
}

/** A refund as it stands; null where there is no such thing. */
export async function readRefund(stripe: Stripe, refundId: string, account: Account): Promise<FoundRefund | null> {
  const refund = await orNull(stripe.refunds.retrieve(refundId, {}, reading(account)));
  return refund && foundRefund(refund);
}

/** One page of the disputes that were opened since, the newest first. */
export async function disputesSince(
  stripe: Stripe,
  { since, after }: Since,
  account: Account,
): Promise<StripePage<FoundDispute>> {
  const params = { ...from(after), created: { gte: toUnix(since) } };
  return pageOf(await orThrow(stripe.disputes.list(params, reading(account))), (dispute) => [foundDispute(dispute)]);
}

/** A dispute as it stands; null where there is no such thing. */
export async function readDispute(stripe: Stripe, disputeId: string, account: Account): Promise<FoundDispute | null> {
  const dispute = await orNull(stripe.disputes.retrieve(disputeId, {}, reading(account)));
  return dispute && foundDispute(dispute);
}

const foundRefund = (refund: Stripe.Refund): FoundRefund => ({ ...found(refund), ...fromStripeRefund(refund, '') });

const foundDispute = (dispute: Stripe.Dispute): FoundDispute => ({
  ...found(dispute),
  ...fromStripeDispute(dispute, ''),
});

const found = <Item extends Stripe.Refund | Stripe.Dispute>(object: Item) => ({
  objectId: object.id,
  paymentIntentId: idOf(object.payment_intent),
  chargeId: idOf(object.charge),
  currency: object.currency,
  createdAt: fromUnix(object.created),
  object,
});

/** Ends a subscription at once that no purchase here stands for; an ended one is left as it is. */
export async function cancelStray(stripe: Stripe, subscriptionId: string, key: string, account: Account) {
  await orThrow(
    make(stripe, key, (once) =>
      unlessReached(
        stripe.subscriptions.cancel(subscriptionId, {}, writing(once, account)),
        () => stripe.subscriptions.retrieve(subscriptionId, {}, reading(account)),
        ({ status }) => status === 'canceled',
      ),
    ),
  );
}
