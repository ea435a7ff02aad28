import type { FollowUp } from '../domain/outcome.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { carriesNoMore, carriesUntil } from '../domain/requirement.ts';
import type { PassResult } from './pass-result.ts';

/** The result, which tells what requires this purchase if that has ended [R27.6]. */
export function withDependents(result: PassResult, before: PurchaseState): PassResult {
  const at = carriesUntil(result.state);
  if (at === null || !carriesNoMore(result.state) || carriesNoMore(before)) return result;
  const { purchaseId: requiredId } = result.state;
  const told: FollowUp = { name: 'end-dependent', input: { requiredId }, at, to: 'dependents' };
  return { ...result, followUps: [...result.followUps, told] };
}

/** Whether commands for this purchase itself follow, for which it has to look again. */
export const hasOwnFollowUps = (result: PassResult | null): boolean =>
  result?.followUps.some(({ to }) => to === undefined) ?? false;
