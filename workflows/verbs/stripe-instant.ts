import { isWholeSecond, parseInstant, type Instant } from '../domain/instant.ts';
import type { Refusal } from '../domain/refusals.ts';

/** An instant that Stripe keeps too: with a zone, whole seconds, in the future [R1.1]. */
export function rejectsStripeInstant(field: string, value: Instant, now: Instant): Refusal | null {
  const at = parseInstant(value);
  if (!at || !isWholeSecond(at)) {
    return { code: 'invalid_instant', field, detail: `${field} must be an instant with a zone, in whole seconds.` };
  }
  return at > now ? null : { code: 'instant_past', field, at: now, detail: `${field} must lie in the future.` };
}
