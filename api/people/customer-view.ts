import type { z } from 'zod';
import type { OwnPurchase } from '../../db/people/customer.ts';
import { codeForCustomer } from '../../emails/words/decline.ts';
import { accessStatus, accessUntil, productAccess } from '../../workflows/domain/access.ts';
import {
  endOf,
  pauseOf,
  pendingChangeOf,
  periodEndOf,
  runningTrialEndOf,
} from '../../workflows/domain/billing-parts.ts';
import { billingStatus, isLive, overdueOf, unpaid } from '../../workflows/domain/billing.ts';
import { isHardDecline } from '../../workflows/domain/hard-decline.ts';
import { nextCharge } from '../../workflows/domain/charges.ts';
import { leftToPay } from '../../workflows/domain/plan-ahead.ts';
import { instalmentsOf } from '../../workflows/domain/instalments.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { refundedMinor, type Payment } from '../../workflows/domain/payments.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { windowState } from '../../workflows/domain/refund-window.ts';
import { forbids } from '../../workflows/verbs/ask.ts';
import {
  mayResume,
  maySelfCancel,
  mayUndo,
  mayUndoChange,
  pendingCancellation,
} from '../../workflows/verbs/by-customer.ts';
import { toApiDiscount } from '../purchase/discount-view.ts';
import { confirmUrlOf } from '../money/confirm-url.ts';
import type { myPurchaseSchema } from './customer-schema.ts';

export type MyPurchase = z.input<typeof myPurchaseSchema>;

/**
 * A purchase as its customer may see it: no reasons, no other people, nothing of what went wrong
 * inside; `site`: where their pages are.
 */
export function toMyPurchase(
  { purchase, offer, nextOffer, products, request, card }: OwnPurchase,
  now: Instant,
  site: string,
): MyPurchase {
  const { snapshot: state } = purchase;
  return {
    id: purchase.id,
    offer: { id: offer.id, name: offer.name },
    origin: purchase.origin,
    startedAt: state.startedAt ?? now,
    version: state.version,
    price: state.terms.price,
    discount: toApiDiscount(state, now),
    isDuplicate: state.duplicateOf !== null,
    ...accessOf(state, products, now),
    ...billingOf(state, site),
    payments: state.payments.map(toMyPayment),
    card,
    refundWindow: state.refundWindow && {
      state: windowState(state.refundWindow, now),
      closesAt: state.refundWindow.closesAt,
    },
    isPending: state.pending !== null,
    canCancel: maySelfCancel(state, now),
    canRequestCancellation: forbids('request-cancellation', state, now) === null,
    cancellationRequest: request && toMyRequest(request),
    canUndoCancel: mayUndo(state, now),
    pendingChange: toMyPendingChange(state, nextOffer),
    canChangeOffer: state.terms.group != null && forbids('change-offer', state, now) === null,
    canUndoChangeOffer: mayUndoChange(state, now),
    canPause: forbids('pause', state, now) === null,
    canResume: mayResume(state, now),
    canUpdateCard: isLive(state.billing),
    ...givenOf(state),
  };
}

/** Why it was declined is for the customer; what an admin noted otherwise is not. */
const toMyRequest = ({ id, state, refundWanted, askedAt, decision }: NonNullable<OwnPurchase['request']>) => ({
  id,
  state,
  refundWanted,
  askedAt,
  decision: state === 'declined' ? decision : null,
});

function toMyPendingChange({ billing }: PurchaseState, nextOffer: OwnPurchase['nextOffer']) {
  const change = pendingChangeOf(billing);
  return change && { offerName: nextOffer?.name ?? '', price: change.terms.price, at: change.at };
}

/** What it gives besides products [R19]. */
const givenOf = ({ terms }: PurchaseState): Pick<MyPurchase, 'calls' | 'officeHours'> => ({
  calls: terms.credits ?? null,
  officeHours: terms.officeHours ?? false,
});

type AccessPart = Pick<MyPurchase, 'accessStatus' | 'accessUntil' | 'products'>;

function accessOf(state: PurchaseState, products: OwnPurchase['products'], now: Instant): AccessPart {
  return {
    accessStatus: accessStatus(state, now),
    accessUntil: accessUntil(state),
    products: productAccess(state, now).map(({ productId, open, until, blocks }) => ({
      productId,
      name: products.get(productId)?.name ?? '',
      open,
      until,
      startsAt: startsAt(state, now),
      blocks: blocks.map(({ source, since }) => ({ source, since })),
    })),
  };
}

/** When access starts, where it has not yet. */
export const startsAt = ({ access }: PurchaseState, now: Instant): Instant | null =>
  access && now < access.startsAt ? access.startsAt : null;

type BillingPart = Pick<
  MyPurchase,
  | 'billingStatus'
  | 'instalments'
  | 'leftToPay'
  | 'nextCharge'
  | 'periodEnd'
  | 'trialEndsAt'
  | 'cancelAt'
  | 'endedAt'
  | 'pause'
  | 'overdue'
>;

function billingOf(state: PurchaseState, site: string): BillingPart {
  const { billing } = state;
  const overdue = unpaid(billing);
  const pause = pauseOf(billing);
  return {
    billingStatus: billingStatus(billing),
    instalments: instalmentsOf(billing),
    leftToPay: leftToPay(state),
    nextCharge: nextCharge(state),
    periodEnd: periodEndOf(billing),
    trialEndsAt: runningTrialEndOf(billing),
    cancelAt: pendingCancellation(state)?.at ?? null,
    endedAt: endOf(billing)?.at ?? null,
    pause: pause && { since: pause.since, resumeAt: pause.resumeAt, suspendsAccess: pause.access === 'suspend' },
    overdue: overdue && {
      ...overdue,
      declineCode: codeForCustomer(overdue.declineCode),
      needsNewCard: isHardDecline(overdue.declineCode),
      confirmUrl: confirmUrlOf(site, state.purchaseId, overdueOf(billing)),
    },
  };
}

function toMyPayment(payment: Payment): MyPurchase['payments'][number] {
  const { paymentId, amountMinor, currency, paidAt, periodStart: from, periodEnd: to, refunds } = payment;
  return {
    id: paymentId,
    amountMinor,
    currency,
    paidAt,
    period: from && to ? { from, to } : null,
    refundedMinor: refundedMinor(payment),
    refunds: refunds.map((refund) => ({
      id: refund.refundId,
      amountMinor: -refund.amountMinor,
      currency,
      status: refund.status,
      createdAt: refund.createdAt,
    })),
  };
}
