import type { CancelFeedback } from './billing.ts';

/** Stripe's choices in words, with which reasons that were given there are kept [R9.6]. */
export const FEEDBACK_REASONS: Record<CancelFeedback, string> = {
  too_expensive: 'It is too expensive',
  unused: 'I do not use it enough',
  missing_features: 'Something is missing',
  low_quality: 'The quality is not as expected',
  too_complex: 'It is too complicated',
  customer_service: 'I am not happy with the support',
  switched_service: 'I have found something else',
  other: 'Another reason',
};

/** What a site lets its customers choose from, unless it has texts of its own. */
export const DEFAULT_REASONS: readonly string[] = Object.values(FEEDBACK_REASONS);
