import type { Refusal, RefusalCode } from '../../workflows/domain/refusals.ts';
import { Problem } from './problem.ts';

/**
 * Every refusal of the domain as a status [R6.1, R6.2]; a code without its status here does not
 * compile.
 */
const REFUSAL_STATUS = {
  wrong_state: 409,
  verb_pending: 409,
  already_revoked: 409,
  nothing_to_restore: 409,
  payment_failed: 409,
  payment_disputed: 409,
  refund_window_used: 409,
  not_a_purchase: 409,
  already_live: 409,
  group_taken: 409,
  requirement_missing: 409,
  state_moved: 409,
  preview_stale: 409,
  unchanged: 409,
  attention_ended: 409,
  is_required: 409,
  content_not_confirmed: 409,
  no_credit: 409,
  credit_held: 409,
  slot_taken: 409,
  already_booked: 409,
  too_late: 409,
  card_unusable: 409,
  card_tried: 409,
  call_over: 409,
  slot_closed: 422,
  invalid_instant: 422,
  instant_past: 422,
  after_plan_end: 422,
  amount_invalid: 422,
  amount_too_large: 422,
  unknown_payment: 422,
  unknown_product: 422,
  unknown_credit: 422,
  too_many_credits: 422,
  refund_window_closed: 422,
  override_forbidden: 403,
  reason_required: 422,
  unknown_offer: 422,
  wrong_offer: 422,
  proration_impossible: 422,
  card_declined: 402,
  stripe_refused: 422,
  abandoned: 409,
  unreadable: 500,
  not_recordable: 500,
} satisfies Record<RefusalCode, number>;

/** A refusal as a problem. If Stripe gave a message, it says more than ours. */
export function refusalProblem(refusal: Refusal, stripeMessage: string | null = null): Problem {
  const { code, detail, field, state, legalVerbs, at, purchaseIds, stripeCode } = refusal;
  const says = stripeMessage ?? detail;
  return new Problem(REFUSAL_STATUS[code], code, {
    detail: says,
    ...(field && { field, errors: [{ field, message: says }] }),
    ...(state && { state }),
    ...(legalVerbs && { legalVerbs }),
    ...(at && { at }),
    ...(purchaseIds && { purchaseIds }),
    ...(stripeCode && { stripeCode }),
  });
}
