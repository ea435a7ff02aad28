import { creditRuleOf, hasEndedCredits } from '../domain/credits/credits-of.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { Refusal } from '../domain/refusals.ts';

/** Why it is done is kept with the command, and never absent [R27.10]. */
export type ByHand = { hasReason: boolean };

/** Why nobody can issue or forfeit credits by hand; null = they can. */
export function forbidsCredits(state: PurchaseState): string | null {
  if (!creditRuleOf(state)) return 'Its offer gives no call credits.';
  return hasEndedCredits(state) ? 'Its credits have ended with the billing.' : null;
}

export const rejectsWithoutReason = ({ hasReason }: ByHand): Refusal | null =>
  hasReason ? null : { code: 'reason_required', field: 'reason', detail: 'Credits by hand need a reason.' };
