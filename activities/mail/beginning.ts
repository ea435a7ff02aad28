import type { MaterialOfPurchase } from '../../db/mail/email-material.ts';
import { runningTrialEndOf } from '../../workflows/domain/billing-parts.ts';
import { DAY_MS, toMs } from '../../workflows/domain/instant.ts';

/** A trial that runs is begun with, in its real days; else the purchase is. */
export function beginningOf({ purchase: { state } }: MaterialOfPurchase) {
  const endsAt = runningTrialEndOf(state.billing);
  const trialDays = endsAt && state.startedAt && Math.round((toMs(endsAt) - toMs(state.startedAt)) / DAY_MS);
  const begun = trialDays ? 'trial' : 'purchase';
  return { trialDays: trialDays || null, begun, welcome: begun, thanks: begun } as const;
}
