import { trialEndOf } from './billing-parts.ts';
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
