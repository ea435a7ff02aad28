import type { EntityManager } from '@mikro-orm/postgresql';
import type Stripe from 'stripe';
import type { DifferenceRow } from '../../db/entities/difference-row.ts';
import type { RepairRow } from '../../db/reconcile/repair-rows.ts';
import { stripeAccountOf } from '../../db/money/stripe-account.ts';
import { standing } from '../../workflows/domain/access.ts';
import { applyFact } from '../../workflows/domain/apply-fact.ts';
import { applyReading } from '../../workflows/domain/apply-reading.ts';
import { periodEndOf, periodStartOf } from '../../workflows/domain/billing-parts.ts';
import type { Change } from '../../workflows/domain/change.ts';
import { DIFFERENCES, type Repair } from '../../workflows/domain/compare.ts';
import { READ_ASKED } from '../../workflows/domain/facts.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Standing } from '../../workflows/domain/standing.ts';
import { paymentBehind, type DifferenceGateway } from './differences.ts';
import { lookAtPurchase, stillPurchase, type StillPurchase } from './look-at-purchase.ts';
import { fromStripeEvent } from './stripe.ts';
import { toUnix } from './stripe/instants.ts';

/** What a repair would do: nothing was done. `row`: what it puts into the inbox; null = nothing. */
export type PlannedRepair = {
  repair: Repair;
  before: Standing | null;
  after: Standing | null;
  entries: { type: string; at: Instant }[];
  emails: { kind: string; to: string }[];
  /** Which verbs the system asks for then. */
  followUps: string[];
  row: RepairRow | null;
};

/**
 * How a difference would be mended as things stand; `busy` = its purchase is, so that nothing can
 * be said of it now.
 */
export async function planRepair(
  em: EntityManager,
  gateway: DifferenceGateway,
  { kind, purchaseId, objectId }: Pick<DifferenceRow, 'kind' | 'purchaseId' | 'objectId'>,
): Promise<PlannedRepair | 'busy'> {
  const { repair } = DIFFERENCES[kind];
  if (purchaseId === null || repair === 'none' || repair === 'cancel' || repair === 'wake' || repair === 'rewrite')
    return { ...NOTHING, repair };
  if (repair === 'read') {
    const looked = await lookAtPurchase(em, gateway, purchaseId);
    if (!looked) return 'busy';
    const { state, reading, context } = looked;
    return { ...planned(looked, applyReading(state, reading, context)), repair, row: rowOf(looked, READ_ASKED) };
  }
  const still = await stillPurchase(em, purchaseId);
  if (!still) return 'busy';
  const said =
    repair === 'end' ? goneSubscription(still, objectId) : await saidOf(em, gateway, { still, kind, objectId });
  return said ? { ...withEvent(still, said), repair } : { ...NOTHING, repair };
}

const NOTHING = { before: null, after: null, entries: [], emails: [], followUps: [], row: null };

const NO_ENTRIES = { entries: [], emails: [], followUps: [] };

function planned({ state, context }: StillPurchase, change: Change | null) {
  const { entries, emails, followUps } = change ?? NO_ENTRIES;
  return {
    before: standing(state, context.now),
    after: standing(change?.next ?? state, context.now),
    entries: entries.map(({ type, at }) => ({ type, at })),
    emails: emails.map(({ kind, to }) => ({ kind, to })),
    followUps: followUps.map(({ name }) => name),
  };
}

const rowOf = ({ accountId, state, context }: StillPurchase, kind: string): RepairRow => ({
  accountId,
  purchaseId: state.purchaseId,
  kind,
  at: context.now,
  paymentId: null,
  body: null,
});

/** An object of Stripe as an event would bring it, and the payment that it is of. */
type Said = { type: Stripe.Event.Type; object: object; paymentId: string | null };

function withEvent(still: StillPurchase, { type, object, paymentId }: Said) {
  const { state, context } = still;
  const event = { id: 'evt_repair', object: 'event', type, created: toUnix(context.now), data: { object } };
  const fact = fromStripeEvent(event as unknown as Stripe.Event, paymentId === null ? null : { paymentId });
  const outcome = fact && applyFact(state, fact, context);
  const row = { ...rowOf(still, type), paymentId, body: Buffer.from(JSON.stringify(event)) };
  return { ...planned(still, outcome?.kind === 'changed' ? outcome.change : null), row };
}

type Missing = Pick<DifferenceRow, 'kind' | 'objectId'> & { still: StillPurchase };

/** A refund or dispute that has not come, or in another state. */
async function saidOf(
  em: EntityManager,
  gateway: DifferenceGateway,
  { still, kind, objectId }: Missing,
): Promise<Said | null> {
  const stripeAccount = await stripeAccountOf(em, still.state.purchaseId);
  const isRefund = kind !== 'dispute_differs';
  const found = await (isRefund
    ? gateway.readRefund(objectId, stripeAccount)
    : gateway.readDispute(objectId, stripeAccount));
  const payment = found && (await paymentBehind(em, gateway, found, stripeAccount));
  if (!payment) return null;
  const type = isRefund ? ('refund.updated' as const) : ('charge.dispute.updated' as const);
  return { type, object: found.object, paymentId: payment.id };
}

/** Stripe has no such subscription any more, so that nothing will ever be charged for it. */
function goneSubscription({ state, context }: StillPurchase, id: string): Said {
  const [start, end] = [periodStartOf(state.billing) ?? context.now, periodEndOf(state.billing) ?? context.now];
  const item = { current_period_start: toUnix(start), current_period_end: toUnix(end) };
  const object = {
    id,
    object: 'subscription',
    status: 'canceled',
    items: { data: [item], has_more: false },
    discounts: [],
    ended_at: toUnix(context.now),
    metadata: { purchaseId: state.purchaseId },
  };
  return { type: 'customer.subscription.deleted', object, paymentId: null };
}
