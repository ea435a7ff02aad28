import { billingStatus, overdueSince, type Billing } from './billing.ts';
import type { Credits } from './credits/ledger.ts';
import type { Promotion } from './discount.ts';
import type { Call, Seat } from './calls/call.ts';
import type { CancellationRequest } from './cancellation-request.ts';
import type { Instant } from './instant.ts';
import type { OfferTerms } from './offer.ts';
import type { EarlierPayments, Payment } from './payments.ts';
import type { PendingCommand, Attention } from './pending.ts';
import type { RefundWindow } from './refund-window.ts';
import { isSame } from './same.ts';
import type { Actor } from './verb.ts';

/** When access to the offer's products runs: [startsAt, endsAt); null = without end. */
export type AccessPeriod = { startsAt: Instant; endsAt: Instant | null };

/**
 * A block on some products, by an admin, a refund at Stripe or a dispute; billing goes on [R6].
 * `cancelsCalls`: it said so; else booked calls stand [R27.2].
 */
export type RevokedBlock = {
  productId: string;
  since: Instant;
  by: Actor;
  cancelsCalls?: true | undefined;
  /** What is won lifts it again [R10.5]. */
  disputeId?: string | undefined;
};

/**
 * How recent our knowledge of Stripe is: the newest event, our last reading or answer, our last
 * overdue check.
 */
export type StripeKnowledge = { asOf: Instant | null; readAt: Instant | null; checkedAt: Instant | null };

/** The shape in which snapshots are written now; `liftSnapshot` reads every older one. */
export const SNAPSHOT_VERSION = 3;

/**
 * One contact's acquisition of one offer [R5.1]: the snapshot from which its workflow can be
 * rebuilt. Plain JSON, absolute instants, ids only.
 */
export type PurchaseState = {
  snapshotVersion: typeof SNAPSHOT_VERSION;
  purchaseId: string;
  accountId: string;
  contactId: string;
  /** The account that it is for [R18.5]; absent = it is for its contact. */
  forAccountId?: string | undefined;
  /** Whose customer at Stripe is charged for it; absent = its holder's. */
  soldTo?: string | undefined;
  origin: 'bought' | 'granted';
  terms: OfferTerms;
  /** Absent = it was bought without a code. */
  promotion?: Promotion | undefined;
  /**
   * null until it is paid, on trial or granted: before that it is a checkout and no purchase
   * [R5.2].
   */
  startedAt: Instant | null;
  /** Counts lifecycle transitions only; what `expectedVersion` speaks of [R6.5]. */
  version: number;
  billing: Billing;
  access: AccessPeriod | null;
  revoked: RevokedBlock[];
  /** When it last became another offer [R26]; absent = it is what was bought. */
  offerChangedAt?: Instant | undefined;
  /** The oldest first; absent `earlierPayments`: all of them. */
  payments: Payment[];
  earlierPayments?: EarlierPayments | undefined;
  refundWindow: RefundWindow | null;
  /**
   * A second purchase of an offer that is live already: refunded, without access or welcome [R5.7].
   */
  duplicateOf: string | null;
  /** `duplicateOf` is what it requires, which had ended before this began [R27.6]. */
  lacksRequirement?: true | undefined;
  pending: PendingCommand | null;
  /** What a person has to decide, the oldest first. */
  attentions: Attention[];
  stripe: StripeKnowledge;
  /**
   * Subscriptions and invoices at Stripe that name this purchase but are not part of it, in the
   * order of arrival [R5.8].
   */
  foreignIds?: string[] | undefined;
  /** What waits for an admin's decision [R9.5]; absent: nothing does. */
  cancellationRequest?: CancellationRequest | null;
  /** Absent = its offer gives none, or none could be issued yet. */
  credits?: Credits | undefined;
  /** Calls that are booked or ended not long ago, and seats, by their time; absent: none. */
  calls?: Call[] | undefined;
  seats?: Seat[] | undefined;
  /** Which of our own instants have been acted on. */
  reached: { accessStarted: boolean; accessExpired: boolean };
};

/**
 * What counts as a lifecycle transition: if this differs, `version` moves on. A renewal alone is
 * none.
 */
function transitionParts(state: PurchaseState): unknown[] {
  const { billing } = state;
  return [
    state.startedAt,
    billingStatus(billing),
    billingParts(billing),
    state.revoked,
    state.access,
    state.duplicateOf,
    state.terms.offerId,
  ];
}

function billingParts(billing: Billing): unknown[] | null {
  switch (billing.kind) {
    case 'none':
      return null;
    case 'one_time':
      return [billing.ended?.at];
    case 'subscription':
      return [
        overdueSince(billing),
        billing.pause,
        billing.cancellation?.at,
        billing.ended?.at,
        billing.phase,
        billing.pendingChange?.at,
        billing.heldChange?.at,
      ];
  }
}

/** Gives `after` the version that follows from `before`. */
export const withVersion = (before: PurchaseState, after: PurchaseState): PurchaseState => ({
  ...after,
  version: before.version + (isSame(transitionParts(before), transitionParts(after)) ? 0 : 1),
});
