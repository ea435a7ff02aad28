import type { CancelCause, Ended, SubscriptionBilling } from './billing.ts';
import type { Context } from './change.ts';
import type { SubscriptionFact } from './facts.ts';
import { toMs, type Instant } from './instant.ts';
import { AUTOMATION, STRIPE, SYSTEM } from './verb.ts';

/**
 * `endsBySystem`: what only operators remove ends by the system, wherever that was done [R20.1].
 */
export type Judged = Context & { endsBySystem: boolean };

/** Why it ended: a due cancellation, Stripe's last try, or somebody there [R8.4, R8.6, R11.2]. */
export function endedBy(billing: SubscriptionBilling, object: SubscriptionFact, at: Instant, context: Judged): Ended {
  const endedAt = object.endedAt ?? at;
  const due = dueCancellation(billing, object, endedAt);
  const isUnpaid = object.endReason === 'payment_failed' || isStopped(billing, endedAt);
  const cause: CancelCause = due?.cause ?? (isUnpaid ? 'delinquent' : 'external');
  const endsAccess = cause !== 'delinquent' || context.settings.autoRevoke !== 'off';
  const byNobody = cause === 'delinquent' || context.endsBySystem ? SYSTEM : STRIPE;
  return { at: due?.at ?? endedAt, cause, by: due ? AUTOMATION : byNobody, endsAccess };
}

/** A plan that reaches its safety stop has not paid its last instalment. */
const isStopped = ({ instalments }: SubscriptionBilling, endedAt: Instant): boolean =>
  instalments !== undefined && instalments.stopAt !== null && instalments.stopAt <= endedAt;

/** How soon after the date of a cancellation Stripe ends the subscription. */
const SOON_MS = 6 * 60 * 60 * 1000;

/** The cancellation that was due by then: known here, or only in Stripe's object. */
function dueCancellation(
  { cancellation }: SubscriptionBilling,
  { cancelAt, endReason }: SubscriptionFact,
  endedAt: Instant,
): { at: Instant; cause: CancelCause } | null {
  // A cancellation that was undone at Stripe is not the cause, even if its undoing has not arrived
  // yet. Otherwise Stripe's object would still name it, or would have ended at its date.
  const isMeant = cancellation && (cancelAt === cancellation.at || toMs(endedAt) - toMs(cancellation.at) <= SOON_MS);
  if (isMeant && cancellation.at <= endedAt) return cancellation;
  const isDue = cancelAt !== null && cancelAt <= endedAt && endReason !== 'payment_failed';
  return isDue ? { at: cancelAt, cause: 'external' } : null;
}
