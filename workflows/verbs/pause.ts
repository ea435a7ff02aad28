import { pendingChangeOf } from '../domain/billing-parts.ts';
import { isLive } from '../domain/billing.ts';
import type { Instant } from '../domain/instant.ts';
import { CHANGE_PENDING } from './change-pending.ts';
import { chargesSuspended } from './charges-suspended.ts';
import { rejectsStripeInstant } from './stripe-instant.ts';
import { subscriptionOf, withLiveBilling } from './subscription-of.ts';
import { both, type Verb } from './verb.ts';

export type PauseInput = {
  resumeAt: Instant | null;
  access: 'keep' | 'suspend';
  /** Taken in place of a cancellation [R9.4]. */
  isRetention?: true | undefined;
};

/**
 * Suspends future payments: nothing is charged, failed or counted until resume; what is unpaid is
 * voided [R7].
 */
export const pause: Verb<PauseInput> = {
  name: 'pause',

  forbids({ billing }) {
    if (!isLive(billing)) return 'It has no payments to come that could be paused.';
    if (billing.cancellation) return 'A cancellation is pending: undo it first (undo-cancel).';
    if (pendingChangeOf(billing)) return CHANGE_PENDING;
    if (billing.pause) return 'It is paused already.';
    if (billing.overdue.length > 0) return 'A payment is overdue: it has to be paid first (retry-payment).';
    return null;
  },

  rejects: (_state, { resumeAt }, { now }) =>
    resumeAt === null ? null : rejectsStripeInstant('resumeAt', resumeAt, now),

  writes(state, { resumeAt }) {
    const { subscriptionId } = subscriptionOf(state);
    return [
      { op: 'pauseCollection', subscriptionId, resumesAt: resumeAt },
      { op: 'voidOpenInvoices', subscriptionId },
    ];
  },

  effect: (state, { resumeAt, access }, { now, actor }) =>
    withLiveBilling(state, () => ({ pause: { since: now, access, resumeAt, by: actor }, overdue: [] })),

  money: (state, { resumeAt }) => chargesSuspended(state, resumeAt),

  reports: (_state, { resumeAt, access, isRetention }) => ({
    entry: 'purchase.paused',
    data: { resumeAt, access, ...(isRetention && { retention: 'pause' }) },
    emails: both('purchase-paused', 'admin-purchase-paused', { resumeAt }),
  }),
};
