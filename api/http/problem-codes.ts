import { CODE_REFUSALS, type CodeRefusal } from '../../workflows/domain/promotion-code.ts';
import { REFUSAL_CODES } from '../../workflows/domain/refusals.ts';

const CODE_REFUSAL_NAMES = Object.keys(CODE_REFUSALS) as CodeRefusal[];

/** What can be wrong with a request, besides what the domain refuses. */
const PROBLEM_CODES = [
  'malformed_body',
  'not_authenticated',
  'wrong_credentials',
  'forbidden',
  'not_found',
  'account_required',
  'account_suspended',
  'address_not_confirmed',
  'address_unproven',
  'second_factor_required',
  'account_closed',
  'live_billing',
  'method_not_allowed',
  'duplicate',
  'in_use',
  'archived',
  'pauses_used_up',
  'card_in_use',
  'contact_merged',
  'owns_account',
  'confirmation_required',
  'clock_moving',
  'quota_reached',
  'no_plan',
  'no_receipt',
  ...CODE_REFUSAL_NAMES,
  'not_test_account',
  'stripe_not_connected',
  'stripe_account_taken',
  'permission_missing',
  'body_too_large',
  'unsupported_content_type',
  'validation_failed',
  'idempotency_key_reused',
  'token_invalid',
  'site_required',
  'preview_read_only',
  'test_customer',
  'too_many_requests',
  'bad_signature',
  'wrong_mode',
  'internal_error',
  'unavailable',
] as const;

export const ALL_PROBLEM_CODES = [...PROBLEM_CODES, ...REFUSAL_CODES] as const;
export type ProblemCode = (typeof ALL_PROBLEM_CODES)[number];
