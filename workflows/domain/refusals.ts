import type { VerbName } from './verb.ts';

/** Why the state forbids a verb [R6.1]: these become 409. */
export const STATE_REFUSALS = [
  'wrong_state',
  'verb_pending',
  'already_revoked',
  'nothing_to_restore',
  'payment_failed',
  'payment_disputed',
  'refund_window_used',
  'not_a_purchase',
  'already_live',
  'group_taken',
  'requirement_missing',
  'state_moved',
  'preview_stale',
  'unchanged',
  'attention_ended',
  'is_required',
  'content_not_confirmed',
  'no_credit',
  'credit_held',
  'slot_taken',
  'already_booked',
  'too_late',
  'card_unusable',
  'card_tried',
  'call_over',
] as const;

/** Why a value is impossible [R6.1]: these become 422 and name their field. */
const VALUE_REFUSALS = [
  'invalid_instant',
  'instant_past',
  'after_plan_end',
  'amount_invalid',
  'amount_too_large',
  'unknown_payment',
  'unknown_product',
  'unknown_credit',
  'too_many_credits',
  'refund_window_closed',
  'override_forbidden',
  'unknown_offer',
  'wrong_offer',
  'proration_impossible',
  'reason_required',
  'slot_closed',
] as const;

/** What Stripe refused before anything was changed [R6.2]: 402 for a card, 422 for the rest. */
const STRIPE_REFUSALS = ['card_declined', 'stripe_refused'] as const;

/** What an operator gave up by hand, and what can never be applied. */
const FAILURES = ['abandoned', 'unreadable', 'not_recordable'] as const;

export const REFUSAL_CODES = [...STATE_REFUSALS, ...VALUE_REFUSALS, ...STRIPE_REFUSALS, ...FAILURES] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** A refusal as data: ids, codes and instants only, never a name or a provider's message. */
export type Refusal = {
  code: RefusalCode;
  /** A sentence for people, without personal data. */
  detail: string;
  /** The input's field that is wrong, for a 422. */
  field?: string | undefined;
  /** The state that forbids it, and what is legal instead, for a 409. */
  state?: string | undefined;
  legalVerbs?: VerbName[] | undefined;
  /** The instant that decides, e.g. when the refund window closed. */
  at?: string | undefined;
  /** The purchases that would end with it. */
  purchaseIds?: string[] | undefined;
  /** Stripe's own error code. */
  stripeCode?: string | undefined;
};
