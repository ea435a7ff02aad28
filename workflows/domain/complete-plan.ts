import type { Billing, Ended, SubscriptionBilling } from './billing.ts';
import { endOf } from './billing-parts.ts';
import type { ChangeBuilder } from './change.ts';
import { instalmentsOf, isFullyPaid } from './instalments.ts';
import type { Instant } from './instant.ts';
import { SYSTEM } from './verb.ts';

/**
 * Billing that ends with its last instalment, paid at `at`: nothing is charged any more, and access
 * stays [R5.2]. Anything else stays as it is.
 */
export function completed(billing: SubscriptionBilling, at: Instant): SubscriptionBilling {
  return isFullyPaid(billing) && mayComplete(billing.ended, at) ? paidInFull(billing, at) : billing;
}

export function paidInFull(billing: SubscriptionBilling, at: Instant): SubscriptionBilling {
  const ended: Ended = { at, cause: 'completed', by: SYSTEM, endsAccess: false };
  return { ...billing, ended, pause: null, cancellation: null, overdue: [] };
}

/** What Stripe ended may have been paid before, if it says so late; what a person ended stays. */
const mayComplete = (ended: Ended | null, at: Instant): boolean =>
  ended === null || ((ended.cause === 'delinquent' || ended.cause === 'external') && at <= ended.at);

/**
 * Says once that the plan is complete, and has it ended at Stripe. Returns whether that email tells
 * of the last payment too, as the confirmation tells of the first.
 */
export function announceCompletion(change: ChangeBuilder, billing: Billing, paymentId: string | null): boolean {
  const ended = endOf(billing);
  const isNews = ended?.cause === 'completed' && endOf(change.before.billing)?.cause !== 'completed';
  if (!isNews) return false;
  const told = change.emails.length;
  change.entry('purchase.completed', { instalments: instalmentsOf(billing)?.total ?? null }, SYSTEM, ended.at);
  change.email('plan-completed', 'customer', { paymentId }).followUp('end-billing', { cause: 'completed' });
  return change.emails.length > told;
}
