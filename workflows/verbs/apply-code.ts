import { discountsOf, pendingChangeOf } from '../domain/billing-parts.ts';
import { isLive } from '../domain/billing.ts';
import { addMonths } from '../domain/calendar.ts';
import type { HeldDiscount, Promotion } from '../domain/discount.ts';
import { instalmentsOf } from '../domain/instalments.ts';
import type { Instant } from '../domain/instant.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { CHANGE_PENDING } from './change-pending.ts';
import { chargesContinue } from './resume.ts';
import { subscriptionOf, withLiveBilling } from './subscription-of.ts';
import type { Verb } from './verb.ts';

export type ApplyCodeInput = { promotion: Promotion };

/**
 * Puts a code on a running subscription, in place of whatever lessens it: there is one discount at
 * a time. It holds from the next charge on; what has been charged stays as it is [R9.4, R27.5].
 */
export const applyCode: Verb<ApplyCodeInput> = {
  name: 'apply-code',

  forbids({ billing }) {
    if (!isLive(billing) || instalmentsOf(billing)) return 'Only a running subscription takes a code.';
    if (billing.cancellation) return 'A cancellation is pending: undo it first (undo-cancel).';
    return pendingChangeOf(billing) ? CHANGE_PENDING : null;
  },

  rejects: (state, { promotion }) =>
    isOn(state, promotion) ? { code: 'unchanged', detail: 'That code lessens it already.' } : null,

  writes: (state, { promotion: { promotionCodeId } }) => [
    { op: 'applyCode', subscriptionId: subscriptionOf(state).subscriptionId, promotionCodeId },
  ],

  // By its own id at Stripe it is there with Stripe's answer.
  effect: (state, { promotion }, { now }) =>
    isOn(state, promotion) ? state : withLiveBilling(state, () => ({ discounts: [asHeld(promotion, now)] })),

  money(state, input, context) {
    const replaced = discountsOf(state.billing).map(({ code }) => ({
      kind: 'discount_replaced' as const,
      code,
      by: input.promotion.code,
    }));
    return [...replaced, ...chargesContinue(applyCode.effect(state, input, context))];
  },

  reports(state, { promotion }) {
    const { code, percentOff, amountOffMinor, currency, promotionCodeId } = promotion;
    const replaced = discountsOf(state.billing).flatMap((held) => held.code ?? []);
    const data = { code, percentOff, amountOffMinor, currency, endsAt: null, promotionCodeId };
    return {
      entry: 'purchase.discount-added',
      data: { ...data, retention: 'promotion_code', ...(replaced.length > 0 && { replaced }) },
      emails: [],
    };
  },
};

const isOn = ({ billing }: PurchaseState, { promotionCodeId }: Promotion): boolean =>
  discountsOf(billing).some((held) => held.promotionCodeId === promotionCodeId);

const asHeld = (promotion: Promotion, now: Instant): HeldDiscount => ({
  ...promotion,
  discountId: promotion.promotionCodeId,
  endsAt: typeof promotion.duration === 'object' ? addMonths(now, promotion.duration.months) : null,
});
