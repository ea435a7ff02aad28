import type { FollowUp } from '../domain/outcome.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { carriesNoMore, carriesUntil } from '../domain/requirement.ts';
import type { PassResult } from './pass-result.ts';

/**
 * The result, which tells what requires this purchase if that has ended or become another offer
 * [R27.6]: by a verb, at Stripe or by itself. Each finds out at its turn whether it has lost
 * anything.
 */
export function withDependents(result: PassResult, before: PurchaseState): PassResult {
  const told = carriesNoMore(before) ? [] : [...ofOfferBefore(result.state, before), ...ofEnd(result.state)];
  return told.length === 0 ? result : { ...result, followUps: [...result.followUps, ...told] };
}

function ofEnd(state: PurchaseState): FollowUp[] {
  const at = carriesUntil(state);
  const { purchaseId: requiredId } = state;
  return at === null || !carriesNoMore(state) ? [] : [{ ...TOLD, input: { requiredId }, at }];
}

/** Those that require the offer that it was. */
function ofOfferBefore(state: PurchaseState, { terms: { offerId } }: PurchaseState): FollowUp[] {
  const { purchaseId: requiredId, terms, offerChangedAt: at } = state;
  return at === undefined || terms.offerId === offerId ? [] : [{ ...TOLD, input: { requiredId, offerId }, at }];
}

const TOLD = { name: 'end-dependent', to: 'dependents' } as const;

/** Whether commands for this purchase itself follow, for which it has to look again. */
export const hasOwnFollowUps = (result: PassResult | null): boolean =>
  result?.followUps.some(({ to }) => to === undefined) ?? false;
