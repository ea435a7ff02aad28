import type { z } from 'zod';
import type { ActorEmails } from '../../db/people/actor-emails.ts';
import type { FullPurchase } from '../../db/purchase/full-purchase.ts';
import type { ListedPurchase } from '../../db/purchase/purchases.ts';
import { accessStatus, accessUntil, productAccess } from '../../workflows/domain/access.ts';
import {
  billingKind,
  cancellationOf,
  endOf,
  pauseOf,
  heldChangeOf,
  pendingChangeOf,
  periodEndOf,
  periodStartOf,
  subscriptionIdOf,
  trialEndOf,
} from '../../workflows/domain/billing-parts.ts';
import { isHardDecline } from '../../workflows/domain/hard-decline.ts';
import { cardEndsAt } from '../../workflows/domain/card-expiry.ts';
import { billingStatus, isLive, overdueSince, unpaid } from '../../workflows/domain/billing.ts';
import type { Overdue } from '../../workflows/domain/overdue.ts';
import { nextCharge, perPeriod } from '../../workflows/domain/charges.ts';
import { upcoming } from '../../workflows/domain/due.ts';
import { leftToPay } from '../../workflows/domain/plan-ahead.ts';
import { instalmentsOf } from '../../workflows/domain/instalments.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { paidInAll } from '../../workflows/domain/earlier-payments.ts';
import { refundedMinor, type Payment } from '../../workflows/domain/payments.ts';
import type { Attention, Command } from '../../workflows/domain/pending.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { windowState } from '../../workflows/domain/refund-window.ts';
import { VERB_NAMES, type Actor } from '../../workflows/domain/verb.ts';
import { purchaseWorkflowId } from '../../workflows/ids.ts';
import { forbids } from '../../workflows/verbs/ask.ts';
import { warningsOf } from '../../workflows/verbs/preview.ts';
import { toApiCodeUsed, toApiDiscount } from './discount-view.ts';
import { toApiDispute } from '../money/payment-view.ts';
import { confirmUrlOf } from '../money/confirm-url.ts';
import type { actorSchema, purchaseSchema, purchaseSummarySchema } from './purchase-schema.ts';
import { toApiTerms } from './terms-view.ts';

export const toApiActor = ({ kind, id, role }: Actor, emails: ActorEmails): z.input<typeof actorSchema> => ({
  kind,
  id,
  ...(role && { role }),
  email: (id && emails.get(id)) ?? null,
});

/** A line of a list, at the account's now: no reader sees access later than it lasts. */
export function toApiPurchaseSummary(
  { purchase: row, contact, offer }: ListedPurchase,
  now: Instant,
): z.input<typeof purchaseSummarySchema> {
  const { snapshot } = row;
  const { billing } = snapshot;
  const [next] = upcoming(snapshot, now);
  const charge = nextCharge(snapshot);
  return {
    id: row.id,
    contactId: row.contactId,
    forAccountId: row.forAccountId,
    offerId: row.offerId,
    origin: row.origin,
    startedAt: row.startedAt,
    version: row.version,
    billingStatus: billingStatus(billing),
    accessStatus: accessStatus(snapshot, now),
    cancelAt: isLive(billing) ? (billing.cancellation?.at ?? null) : null,
    accessUntil: accessUntil(snapshot),
    nextChargeAt: charge?.at ?? null,
    nextCharge: charge && { amountMinor: charge.amountMinor, currency: charge.currency },
    discount: toApiDiscount(snapshot, now),
    promotionCode: toApiCodeUsed(snapshot),
    unpaid: isLive(billing) ? unpaid(billing) : null,
    paid: paidInAll(snapshot),
    instalments: instalmentsOf(billing),
    leftToPay: leftToPay(snapshot),
    trialEndsAt: isLive(billing) && billing.phase === 'trialing' ? billing.trialEndsAt : null,
    resumeAt: isLive(billing) ? (billing.pause?.resumeAt ?? null) : null,
    nextDueAt: next?.at ?? null,
    nextDueKind: next?.kind ?? null,
    needsAttention: row.needsAttention,
    stuckReason: row.stuckReason,
    duplicateOf: row.duplicateOf,
    warnings: warningsOf(snapshot, now),
    contact: { id: contact.id, email: contact.email, name: contact.name },
    offer: { id: offer.id, name: offer.name },
  };
}

/** Everything there is to know of a purchase; `site`: where its customer's pages are. */
export function toApiPurchase(full: FullPurchase, now: Instant, site: string): z.input<typeof purchaseSchema> {
  const { purchase, productNames, emails } = full;
  const { snapshot: state } = purchase;
  return {
    ...toApiPurchaseSummary(full, now),
    now,
    revision: purchase.revision,
    workflowId: purchaseWorkflowId(purchase.id),
    stripeCustomerId: full.stripeCustomerId,
    price: state.terms.price,
    terms: toApiTerms(state.terms),
    accessPeriod: state.access,
    billing: toApiBilling(state, full),
    pendingChange: toApiPendingChange(full),
    products: productAccess(state, now).map(({ productId, open, blocks, until }) => ({
      productId,
      name: productNames.get(productId) ?? '',
      open,
      blocks: blocks.map(({ source, since, by }) => ({ source, since, by: by && toApiActor(by, emails) })),
      until,
    })),
    payments: state.payments.map((payment) => fromState(state, payment)),
    refundWindow: state.refundWindow && {
      state: windowState(state.refundWindow, now),
      opensAt: state.refundWindow.opensAt,
      closesAt: state.refundWindow.closesAt,
    },
    pending: state.pending && toApiAsked(state.pending.command),
    cancellationRequest: state.cancellationRequest ?? null,
    attentions: state.attentions.map(toApiAttention),
    overdue: isLive(state.billing)
      ? state.billing.overdue.map((one) => toApiOverdue(one, confirmUrlOf(site, state.purchaseId, [one])))
      : [],
    due: upcoming(state, now),
    ...verbsOf(state, now),
  };
}

function toApiPendingChange({ purchase, nextOffer }: FullPurchase): z.input<typeof purchaseSchema>['pendingChange'] {
  const held = heldChangeOf(purchase.snapshot.billing);
  const change = held ?? pendingChangeOf(purchase.snapshot.billing);
  if (!change) return null;
  const { at, askedAt, terms } = change;
  return {
    offerId: terms.offerId,
    offerName: nextOffer?.name ?? '',
    at,
    askedAt,
    price: terms.price,
    awaitsContent: held !== null,
  };
}

const toApiAsked = ({ commandId, name, askedAt }: Command) => ({
  commandId,
  verb: name,
  askedAt,
});

/** What may be asked now, and why the rest may not: the greyed buttons' reasons. */
function verbsOf(state: PurchaseState, now: Instant) {
  const asked = VERB_NAMES.map((verb) => ({ verb, refusal: forbids(verb, state, now) }));
  return {
    legalVerbs: asked.filter(({ refusal }) => refusal === null).map(({ verb }) => verb),
    illegalVerbs: asked.flatMap(({ verb, refusal }) =>
      refusal ? [{ verb, code: refusal.code, reason: refusal.detail }] : [],
    ),
  };
}

type ApiBilling = z.input<typeof purchaseSchema>['billing'];

function toApiBilling(state: PurchaseState, { emails, cancelRequest }: FullPurchase): ApiBilling {
  const { billing } = state;
  const pause = pauseOf(billing);
  const cancellation = cancellationOf(billing);
  const ended = endOf(billing);
  return {
    kind: billingKind(billing),
    status: billingStatus(billing),
    subscriptionId: subscriptionIdOf(billing),
    periodStart: periodStartOf(billing),
    periodEnd: periodEndOf(billing),
    trialEndsAt: trialEndOf(billing),
    perPeriod: perPeriod(state),
    overdueSince: overdueSince(billing),
    cardEndsAt: cardEndsAt(billing),
    pause: pause && { since: pause.since, access: pause.access, resumeAt: pause.resumeAt },
    cancellation: cancellation && { at: cancellation.at, cause: cancellation.cause, askedAt: cancellation.askedAt },
    ended: ended && {
      at: ended.at,
      cause: ended.cause,
      by: toApiActor(ended.by, emails),
      endsAccess: ended.endsAccess,
    },
    stripeFeedback: (ended ?? cancellation)?.feedback ?? null,
    cancelRequest: cancelRequest && { ...cancelRequest, by: toApiActor(cancelRequest.by, emails) },
  };
}

const toApiOverdue = (overdue: Overdue, confirmUrl: string | null) => ({
  since: overdue.since,
  invoiceId: overdue.invoiceId,
  amountMinor: overdue.amountMinor,
  currency: overdue.currency,
  attempts: overdue.attempts,
  nextTryAt: overdue.nextTryAt,
  declineCode: overdue.declineCode,
  needsConfirmation: overdue.needsConfirmation,
  needsNewCard: isHardDecline(overdue.declineCode),
  suspendsAt: overdue.suspendsAccess ? (overdue.suspendsAt ?? overdue.since) : null,
  confirmUrl,
});

const toApiAttention = ({ id, reason, since, command }: Attention) => ({
  id,
  reason,
  since,
  command: command && { id: command.command.commandId, verb: command.command.name },
});

function fromState(state: PurchaseState, payment: Payment): z.input<typeof purchaseSchema>['payments'][number] {
  const {
    paymentId,
    refunds,
    amountMinor,
    currency,
    paidAt,
    periodStart,
    periodEnd,
    disputedAt,
    disputes = [],
  } = payment;
  return {
    id: paymentId,
    purchaseId: state.purchaseId,
    contactId: state.contactId,
    amountMinor,
    currency,
    refundedMinor: refundedMinor(payment),
    paidAt,
    periodStart,
    periodEnd,
    disputedAt,
    disputes: disputes.map((dispute) => toApiDispute(dispute, currency)),
    refunds: refunds.map((refund) => ({
      id: refund.refundId,
      amountMinor: -refund.amountMinor,
      currency,
      status: refund.status,
      commandId: refund.commandId,
      createdAt: refund.createdAt,
    })),
  };
}
