import type { EntityManager } from '@mikro-orm/postgresql';
import type { DifferenceRow } from '../../db/entities/difference-row.ts';
import { causeOf } from '../../db/reconcile/causes.ts';
import type { Found } from '../../db/reconcile/differences.ts';
import {
  knownPayment,
  knownRefunds,
  ownerOf,
  stripeAccountOfDifference,
  type KnownRefund,
} from '../../db/reconcile/money-at-stripe.ts';
import { brokenBy, INVARIANT_KINDS, type InvariantKind } from '../../db/reconcile/own-data.ts';
import { compare, type DifferenceKind } from '../../workflows/domain/compare.ts';
import { lookAtPurchase, type ComparedPurchase } from './look-at-purchase.ts';
import type { PurchaseReader } from './read-purchase.ts';
import type { Account, FoundDispute, FoundRefund, LiveSubscription, StripeGateway } from './stripe.ts';

export type DifferenceGateway = PurchaseReader &
  Pick<StripeGateway, 'readRefund' | 'readDispute' | 'resolvePayment' | 'liveSubscription'>;

/** In what a purchase differs from Stripe as both were looked at. */
export async function differencesIn(em: EntityManager, looked: ComparedPurchase): Promise<Found[]> {
  const { accountId, state, reading, context } = looked;
  const { purchaseId } = state;
  const found = compare(state, reading, context);
  const cause = found.length === 0 ? null : await causeOf(em, purchaseId);
  return found.map((one) => ({ ...one, accountId, purchaseId, cause }));
}

/** How a refund at Stripe differs from ours; null = it does not, or it is of no payment of ours. */
export async function refundDiffers(
  em: EntityManager,
  gateway: Pick<StripeGateway, 'resolvePayment'>,
  { refund, known }: { refund: FoundRefund; known: KnownRefund | undefined },
  stripeAccount: Account,
): Promise<Found | null> {
  const { objectId, status, amountMinor, currency } = refund;
  const there = { status, amountMinor, currency };
  if (known) {
    const here = { status: known.status, amountMinor: known.amountMinor, currency: known.currency };
    const isSame = here.status === status && here.amountMinor === amountMinor;
    const { accountId, purchaseId } = known;
    return isSame ? null : { kind: 'refund_differs', accountId, purchaseId, objectId, here, there };
  }
  // One that failed gave nothing back.
  if (status === 'failed') return null;
  const payment = await paymentBehind(em, gateway, refund, stripeAccount);
  if (!payment) return null;
  const { accountId, purchaseId } = payment;
  return { kind: 'refund_missing_here', accountId, purchaseId, objectId, here: null, there };
}

/** How a dispute at Stripe differs from ours. */
export async function disputeDiffers(
  em: EntityManager,
  gateway: Pick<StripeGateway, 'resolvePayment'>,
  { objectId, amountMinor, currency, status, ...money }: FoundDispute,
  stripeAccount: Account,
): Promise<Found | null> {
  const payment = await paymentBehind(em, gateway, money, stripeAccount);
  if (!payment) return null;
  const { accountId, purchaseId, disputes } = payment;
  const known = disputes.find(({ disputeId }) => disputeId === objectId);
  if (known?.status === status || (!known && status === 'closed')) return null;
  const there = { status, amountMinor, currency };
  const here = known ? { status: known.status, amountMinor: known.amountMinor, currency } : null;
  return { kind: 'dispute_differs', accountId, purchaseId, objectId, here, there };
}

/** The payment of a refund or dispute, where it is of one of our purchases. */
export async function paymentBehind(
  em: EntityManager,
  gateway: Pick<StripeGateway, 'resolvePayment'>,
  { paymentIntentId, chargeId }: Pick<FoundRefund, 'paymentIntentId' | 'chargeId'>,
  stripeAccount: Account,
) {
  const owner = await gateway.resolvePayment({ paymentIntentId, chargeId }, stripeAccount);
  return owner && knownPayment(em, stripeAccount, owner.paymentId);
}

/** A subscription that charges somebody of ours, without a purchase that would be charged for. */
export async function strayIn(
  em: EntityManager,
  subscription: LiveSubscription,
  stripeAccount: Account,
): Promise<Found | null> {
  const owner = await ownerOf(em, stripeAccount, subscription);
  if (!owner || owner.isLive) return null;
  const { accountId, purchaseId } = owner;
  const { subscriptionId: objectId, status } = subscription;
  const cause = purchaseId === null ? null : ('other_subscription' as const);
  return {
    kind: 'without_purchase',
    accountId,
    purchaseId,
    objectId,
    here: null,
    there: { status },
    cause,
    stripeAccount,
  };
}

type Standing = Pick<DifferenceRow, 'accountId' | 'purchaseId' | 'stripeAccount' | 'kind' | 'objectId'>;

/** A difference as it stands now: null = it is none (any more); `busy` = its purchase is. */
export async function lookAgain(
  em: EntityManager,
  gateway: DifferenceGateway,
  standing: Standing,
): Promise<Found | 'busy' | null> {
  const { purchaseId, kind, objectId } = standing;
  const isThis = (one: Found) => one.kind === kind && one.objectId === objectId;
  if (isInvariant(kind)) return (await brokenBy(em, kind, purchaseId)).find(isThis) ?? null;
  const stripeAccount = await stripeAccountOfDifference(em, standing);
  if (kind === 'without_purchase') {
    const live = await gateway.liveSubscription(objectId, stripeAccount);
    return live && strayIn(em, live, stripeAccount);
  }
  if (kind === 'dispute_differs') {
    const dispute = await gateway.readDispute(objectId, stripeAccount);
    return dispute && disputeDiffers(em, gateway, dispute, stripeAccount);
  }
  if (kind.startsWith('refund_')) return refundAgain(em, gateway, objectId, stripeAccount);
  const looked = await lookAtPurchase(em, gateway, purchaseId ?? '');
  return looked ? ((await differencesIn(em, looked)).find(isThis) ?? null) : 'busy';
}

const isInvariant = (kind: DifferenceKind): kind is InvariantKind => (INVARIANT_KINDS as string[]).includes(kind);

async function refundAgain(em: EntityManager, gateway: DifferenceGateway, objectId: string, stripeAccount: Account) {
  const refund = await gateway.readRefund(objectId, stripeAccount);
  const known = (await knownRefunds(em, stripeAccount, [objectId])).get(objectId);
  if (refund) return refundDiffers(em, gateway, { refund, known }, stripeAccount);
  return known ? refundOnlyHere(known) : null;
}

/** A refund that we know, and Stripe does not. */
export const refundOnlyHere = ({ id, accountId, purchaseId, status, amountMinor, currency }: KnownRefund): Found => ({
  kind: 'refund_missing_there',
  accountId,
  purchaseId,
  objectId: id,
  here: { status, amountMinor, currency },
  there: null,
});
