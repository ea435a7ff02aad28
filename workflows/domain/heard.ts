import { applyFact } from './apply-fact.ts';
import type { Context } from './change.ts';
import type { Fact } from './facts.ts';
import type { Instant } from './instant.ts';
import type { PurchaseState } from './purchase.ts';

/** The state as of an event that changed nothing else: what is older is not applied any more. */
export function heardUpTo(state: PurchaseState, heardAt: Instant | null): PurchaseState {
  const { asOf } = state.stripe;
  if (heardAt === null || (asOf !== null && asOf >= heardAt)) return state;
  return { ...state, stripe: { ...state.stripe, asOf: heardAt } };
}

/**
 * Up to when Stripe was heard by facts of which none changes anything; undefined = one does, or
 * Stripe would have to be read for it.
 */
export function heardOnly(state: PurchaseState, facts: readonly Fact[], context: Context): Instant | null | undefined {
  let known = state;
  for (const fact of facts.toSorted((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1))) {
    const outcome = applyFact(known, fact, context);
    if (outcome.kind !== 'no_change') return undefined;
    known = heardUpTo(known, outcome.heardAt ?? null);
  }
  return known.stripe.asOf;
}
