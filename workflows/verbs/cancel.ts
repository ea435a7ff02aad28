import { endedBilling, pendingChangeOf, periodEndOf } from '../domain/billing-parts.ts';
import { isLive, type CancelCause, type EndCause } from '../domain/billing.ts';
import { chargesUntil, fullPeriod, runningCycle } from '../domain/charges.ts';
import { instalmentsOf } from '../domain/instalments.ts';
import type { Instant } from '../domain/instant.ts';
import type { MoneyEffect } from '../domain/outcome.ts';
import { planEndsAt } from '../domain/plan-ahead.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { RetentionKind } from '../domain/retention.ts';
import { isRemoved } from '../domain/removal.ts';
import type { Actor } from '../domain/verb.ts';
import type { StripeWrite } from '../domain/writes.ts';
import { rejectsRequest } from './cancellation-request.ts';
import { CHANGE_PENDING } from './change-pending.ts';
import { rejectsStripeInstant } from './stripe-instant.ts';
import { subscriptionOf, withLiveBilling } from './subscription-of.ts';
import { both, type Verb, type VerbContext } from './verb.ts';

export type CancelInput = {
  when: 'now' | 'period_end' | 'at';
  cancelAt: Instant | null;
  /** The customer's request that it carries out [R9.5]. */
  requestId?: string | undefined;
  /** Why, of those reasons that its site lets customers choose from [R9.3]. */
  customerReason?: string | undefined;
  /** What was offered in its place, and not taken [R9.4]. */
  offered?: RetentionKind | undefined;
  /** What requires it ends with it, since the whole account is closed [R27.9]. */
  endsDependents?: true | undefined;
};

/**
 * Ends future payments and access: now, at the end of the paid period, or on a date [R8]. Final
 * once that has come.
 */
export const cancel: Verb<CancelInput> = {
  name: 'cancel',

  forbids: ({ billing }) => (isLive(billing) ? null : 'There is no live billing to cancel.'),

  rejects(state, input, { now, actor }) {
    if (actor.kind === 'customer' && instalmentsOf(state.billing))
      return { code: 'wrong_state', detail: 'A payment plan cannot be canceled by the customer.' };
    const decided = rejectsRequest(state, input);
    if (decided) return decided;
    if (input.when !== 'now' && pendingChangeOf(state.billing)) return { code: 'wrong_state', detail: CHANGE_PENDING };
    const at = cancellationAt(state, input);
    if (at !== null && at === subscriptionOf(state).cancellation?.at)
      return { code: 'unchanged', at, detail: 'It is canceled for that instant already.' };
    if (input.when === 'at') {
      if (!input.cancelAt) return { code: 'invalid_instant', field: 'cancelAt', detail: 'when: at needs cancelAt.' };
      return rejectsStripeInstant('cancelAt', input.cancelAt, now) ?? rejectsAfterPlan(state, input.cancelAt);
    }
    if (input.cancelAt)
      return { code: 'invalid_instant', field: 'cancelAt', detail: 'cancelAt goes with when: at only.' };
    const endsAt = input.when === 'period_end' ? subscriptionOf(state).periodEnd : null;
    if (endsAt === null || endsAt > now) return null;
    return {
      code: 'instant_past',
      field: 'when',
      at: endsAt,
      detail: 'The period has just ended; ask again once its renewal is known.',
    };
  },

  writes: cancelWrites,

  effect: (state, input, context) => {
    const endsAt = cancellationAt(state, input);
    const cause = causeOf(context.actor);
    return endsAt === null
      ? endNow(state, cause, context)
      : withLiveBilling(state, () => ({
          ...fullPeriod(state),
          cancellation: { at: endsAt, cause, askedAt: context.now },
        }));
  },

  money: cancelMoney,

  reports(state, input, { now, actor }) {
    const cancelAt = cancellationAt(state, input);
    const cause = causeOf(actor);
    const { requestId, customerReason: reason, offered } = input;
    const more = {
      ...(requestId !== undefined && { requestId }),
      ...(reason !== undefined && { reason }),
      ...(offered !== undefined && { offered }),
    };
    if (cancelAt === null) {
      const data = { endedAt: now, cause };
      const entered = { ...data, ...more };
      return {
        entry: 'purchase.canceled',
        data: entered,
        emails: both(isRemoved(state) ? 'add-on-removed' : 'purchase-canceled', 'admin-purchase-canceled', data),
      };
    }
    const emails = both('cancellation-scheduled', 'admin-cancellation-scheduled', {
      cancelAt,
      ...(reason !== undefined && { reason }),
    });
    return { entry: 'purchase.cancellation-scheduled', data: { cancelAt, cause, ...more }, emails };
  },
};

/** By then the plan is complete, so nothing would be left to cancel [R8.1]. */
function rejectsAfterPlan(state: PurchaseState, cancelAt: Instant): Refusal | null {
  const endsAt = planEndsAt(state);
  if (endsAt === null || cancelAt <= endsAt) return null;
  return {
    code: 'after_plan_end',
    field: 'cancelAt',
    at: endsAt,
    detail: `The payment plan ends at ${endsAt}, with its last payment.`,
  };
}

/** When it takes effect; null = now. */
function cancellationAt(state: PurchaseState, { when, cancelAt }: CancelInput): Instant | null {
  if (when === 'at') return cancelAt;
  return when === 'period_end' ? periodEndOf(state.billing) : null;
}

export function cancelWrites(state: PurchaseState, input: CancelInput): StripeWrite[] {
  const { subscriptionId, periodEnd } = subscriptionOf(state);
  const at = cancellationAt(state, input);
  if (at === null)
    return [
      // Stripe ends nothing that a schedule holds.
      ...(pendingChangeOf(state.billing) ? [{ op: 'releaseChange' as const, subscriptionId }] : []),
      { op: 'cancelNow', subscriptionId },
      { op: 'voidOpenInvoices', subscriptionId },
    ];
  const billedUntil = runningCycle(state)?.billedUntil ?? periodEnd;
  return [{ op: 'cancelAt', subscriptionId, at, prorate: billedUntil !== null && at > billedUntil }];
}

/**
 * Inside the paid period: no credit and no refund. Beyond it: full cycles, and the last part
 * prorated [R8.1].
 */
export function cancelMoney(state: PurchaseState, input: CancelInput, { now }: VerbContext): MoneyEffect[] {
  const at = cancellationAt(state, input);
  const from = at ?? now;
  const { overdue } = subscriptionOf(state);
  const charges = at === null ? [] : chargesUntil(state, at);
  const effects: MoneyEffect[] = [...charges, { kind: 'no_more_charges', from }];
  if (overdue.length > 0) effects.push({ kind: 'open_invoices_voided' });
  return effects;
}

/** The cause follows from who asked [R8.4]. */
function causeOf({ kind }: Actor): CancelCause {
  const causes: Record<Actor['kind'], CancelCause> = {
    admin: 'internal',
    operator: 'internal',
    api_key: 'api',
    customer: 'voluntary',
    expert: 'internal',
    automation: 'automation',
    system: 'automation',
    stripe: 'external',
  };
  return causes[kind];
}

/** Billing and access end at `now`; what had ended before keeps its own end. */
export const endNow = (state: PurchaseState, cause: EndCause, { now, actor }: VerbContext): PurchaseState => ({
  ...state,
  billing: endedBilling(state.billing, { at: now, cause, by: actor, endsAccess: true }),
});
