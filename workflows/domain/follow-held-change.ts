import { heldChangeOf, periodEndOf } from './billing-parts.ts';
import { isLive } from './billing.ts';
import { changedOffers } from './change-terms.ts';
import type { Telling } from './outcome.ts';
import type { PurchaseState } from './purchase.ts';
import { AUTOMATION } from './verb.ts';

/**
 * A change to less room that nobody has confirmed when the next period is paid: what it was stays,
 * both sides are told, and it waits for the end of that period [R18.2].
 */
export function followHeldChange(telling: Telling, state: PurchaseState): PurchaseState {
  const { billing } = state;
  const held = heldChangeOf(billing);
  const at = periodEndOf(billing);
  if (!held || !isLive(billing) || at === null || at <= held.at) return state;
  const data = { ...changedOffers(state.terms, held.terms), at };
  telling
    .entry('purchase.higher-plan-stays', data, AUTOMATION, held.at)
    .email('higher-plan-stays', 'customer', data)
    .email('admin-higher-plan-stays', 'admins', data);
  return { ...state, billing: { ...billing, heldChange: { ...held, at } } };
}
