import type { Purchase } from '../admin/purchase/read-purchase.ts';
import type { FieldFault, ProblemBody } from '../../http/problem.ts';
import { amountFault } from '../form.ts';
import type { ProblemCode } from '../../http/problem-codes.ts';
import { moneyInWords } from '../parts/money.tsx';
import { instantInWords, type Here } from './instant.ts';

/** What was refused: a problem, or the reason why a verb's button is greyed. */
export type Refused = Pick<ProblemBody, 'code' | 'detail' | 'field' | 'at' | 'errors'>;

/** `body`: what the form asked for, where there is one. */
type Around = { site: Here; purchase: Purchase; body?: Record<string, unknown> };
type Sentence = (refused: Refused, around: Around) => string;

/** The API's own sentence is fit for people, or says more than a page could. */
const asSaid: Sentence = ({ detail }) => detail;
const aFault: Sentence = ({ field = '', detail }) => `${nameOf(field)} ${withoutName(detail, field)}`;

/**
 * What a page says of each problem that a verb can meet; a code without its sentence does not
 * compile.
 */
const SENTENCES: Record<ProblemCode, Sentence> = {
  account_suspended: asSaid,
  address_not_confirmed: asSaid,
  address_unproven: asSaid,
  second_factor_required: asSaid,
  pauses_used_up: asSaid,
  card_in_use: asSaid,
  confirmation_required: asSaid,
  account_closed: asSaid,
  in_use: asSaid,
  live_billing: asSaid,
  contact_merged: asSaid,
  owns_account: asSaid,
  wrong_state: asSaid,
  verb_pending: asSaid,
  already_revoked: asSaid,
  nothing_to_restore: asSaid,
  payment_failed: asSaid,
  payment_disputed: asSaid,
  refund_window_used: asSaid,
  not_a_purchase: asSaid,
  already_live: asSaid,
  state_moved: () => 'The purchase had changed since its preview.',
  preview_stale: asSaid,
  unchanged: asSaid,
  attention_ended: asSaid,
  requirement_missing: asSaid,
  is_required: asSaid,
  content_not_confirmed: asSaid,
  no_credit: asSaid,
  credit_held: asSaid,
  slot_taken: asSaid,
  already_booked: asSaid,
  too_late: asSaid,
  card_unusable: asSaid,
  card_tried: asSaid,
  call_over: asSaid,
  slot_closed: asSaid,
  invalid_instant: invalidInstant,
  instant_past: (refused, around) => (refused.field === 'when' ? asSaid : aFault)(refused, around),
  after_plan_end: ({ at, detail }, { site }) =>
    at === undefined
      ? detail
      : `The payment plan ends with its last payment, on ${instantInWords(at, site, 'hour')}: nothing would be left to cancel.`,
  amount_invalid: () => 'The amount must be more than zero.',
  amount_too_large: tooMuch,
  unknown_payment: aFault,
  unknown_product: aFault,
  unknown_credit: aFault,
  too_many_credits: aFault,
  refund_window_closed: ({ at, detail }, { site }) =>
    at === undefined ? detail : `The refund window closed at ${instantInWords(at, site, 'hour')}.`,
  override_forbidden: asSaid,
  reason_required: asSaid,
  unknown_offer: () => 'Choose an offer.',
  wrong_offer: asSaid,
  proration_impossible: asSaid,
  card_declined: asSaid,
  stripe_refused: asSaid,
  abandoned: asSaid,
  unreadable: asSaid,
  not_recordable: asSaid,
  malformed_body: asSaid,
  not_authenticated: asSaid,
  wrong_credentials: asSaid,
  forbidden: asSaid,
  not_found: asSaid,
  account_required: asSaid,
  method_not_allowed: asSaid,
  promotion_code_unknown: asSaid,
  promotion_code_ended: asSaid,
  promotion_code_used_up: asSaid,
  promotion_code_other_offer: asSaid,
  promotion_code_other_currency: asSaid,
  promotion_code_too_much: asSaid,
  promotion_code_used_by_contact: asSaid,
  promotion_code_first_purchase_only: asSaid,
  promotion_code_refused: asSaid,
  duplicate: asSaid,
  archived: asSaid,
  group_taken: asSaid,
  clock_moving: asSaid,
  quota_reached: asSaid,
  no_plan: asSaid,
  no_receipt: asSaid,
  not_test_account: asSaid,
  stripe_not_connected: asSaid,
  stripe_account_taken: asSaid,
  permission_missing: asSaid,
  body_too_large: asSaid,
  unsupported_content_type: asSaid,
  validation_failed: ({ errors = [], detail }) =>
    errors[0] ? `${nameOf(errors[0].field)}: ${faultInWords(errors[0]).message}` : detail,
  idempotency_key_reused: asSaid,
  token_invalid: asSaid,
  site_required: asSaid,
  preview_read_only: asSaid,
  test_customer: asSaid,
  too_many_requests: asSaid,
  bad_signature: asSaid,
  wrong_mode: asSaid,
  internal_error: asSaid,
  unavailable: asSaid,
};

/** Why a verb was refused or is greyed, as a page of the purchase says it. */
export const refusalInWords: Sentence = (refused, around) => SENTENCES[refused.code](refused, around);

/** A problem whose sentences a page can show, and its faults as they follow a field's label. */
export function problemInWords(problem: ProblemBody, around: Around): ProblemBody {
  const detail = refusalInWords(problem, around);
  const errors = problem.errors?.map((fault) =>
    problem.code === 'validation_failed' ? faultInWords(fault) : { ...fault, message: asFault(detail, fault.field) },
  );
  return { ...problem, detail, errors };
}

/** The API's fields, as a sentence begins with them. */
const NAMES = new Map([
  ['resumeAt', 'The resume date'],
  ['cancelAt', 'The date'],
  ['startsAt', 'The start'],
  ['until', 'The end of access'],
  ['amountMinor', 'The amount'],
  ['paymentId', 'The payment'],
  ['productIds', 'The products'],
  ['creditIds', 'The credits'],
  ['count', 'The number of credits'],
  ['expiresAt', 'The expiry'],
  ['offerId', 'The offer'],
]);

const nameOf = (field: string): string => NAMES.get(field) ?? field;
const withoutName = (detail: string, field: string): string =>
  detail.startsWith(`${field} `) ? detail.slice(field.length + 1) : detail;

function asFault(sentence: string, field: string): string {
  const rest = withoutName(sentence, nameOf(field));
  return rest === sentence ? `– ${sentence}` : rest;
}

/**
 * A value that a schema refuses, in the words of the form: it asked for a time, or an amount of
 * money.
 */
function faultInWords(fault: FieldFault): FieldFault {
  const { field, message } = amountFault(fault);
  if (message.startsWith('must be an instant')) return { field, message: 'must be a date and time' };
  return { field, message: message.startsWith('must ') ? message : `– ${message}` };
}

function invalidInstant({ field = '' }: Refused, { body }: Around): string {
  if (field === 'cancelAt' && body?.when !== 'at') return 'The date goes with “on a date” only.';
  if (field === 'cancelAt' && !body?.cancelAt) return '“on a date” needs the date.';
  return `${nameOf(field)} must be a date and time, in whole seconds.`;
}

function tooMuch(_refused: Refused, { purchase, body }: Around): string {
  const payment = purchase.payments.find(({ id }) => id === body?.paymentId);
  if (!payment) return 'That is more than is left of the payment.';
  const left = { amountMinor: payment.amountMinor - payment.refundedMinor, currency: payment.currency };
  return `Only ${moneyInWords(left)} of this payment is left to refund.`;
}
