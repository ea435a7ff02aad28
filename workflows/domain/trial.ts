import { endOf, trialEndOf } from './billing-parts.ts';
import { earliest, type Instant } from './instant.ts';
import type { PurchaseState } from './purchase.ts';

/** For what a trial is given once to a contact; `always`: with every purchase [R4.5]. */
export const TRIAL_SCOPES = ['offer', 'site', 'always'] as const;
export type TrialScope = (typeof TRIAL_SCOPES)[number];

/** Whether a contact has had the trial already, whatever they canceled since. */
export const hasHadTrial = (scope: TrialScope, offerId: string, owned: readonly PurchaseState[]): boolean =>
  scope !== 'always' &&
  owned.some(
    ({ startedAt, duplicateOf, billing, terms }) =>
      startedAt !== null &&
      duplicateOf === null &&
      trialEndOf(billing) !== null &&
      (scope === 'site' || terms.offerId === offerId),
  );

/**
 * When a trial ended, or will, and whether something was paid after it; null = there was none. What
 * was paid for its beginning, a setup fee, is no conversion.
 */
export function trialCourse(state: PurchaseState): { endsAt: Instant; hasConverted: boolean } | null {
  const { billing, startedAt, duplicateOf, payments, earlierPayments } = state;
  const trialEnd = trialEndOf(billing);
  const endsAt = earliest(trialEnd, endOf(billing)?.at ?? null);
  if (startedAt === null || duplicateOf !== null || trialEnd === null || endsAt === null) return null;
  const paid = [...payments.map(({ paidAt }) => paidAt), earlierPayments?.until].filter((at) => at !== undefined);
  return { endsAt, hasConverted: paid.some((at) => at >= trialEnd) };
}
