import type { PurchaseState } from '../domain/purchase.ts';
import type { Refusal } from '../domain/refusals.ts';
import { hasLost, leftBehind } from '../domain/requirement.ts';
import { beginsPurchase, VERB_NAMES, type PlannedName } from '../domain/verb.ts';
import type { CancelInput } from './cancel.ts';
import { verbOf } from './index.ts';
import type { VerbContext } from './verb.ts';

/**
 * Nothing begins whose requirement has ended meanwhile, and nobody ends by a verb what another
 * purchase requires [R27.6].
 */
export function againstRequirements(
  name: PlannedName,
  state: PurchaseState,
  input: unknown,
  context: VerbContext,
): Refusal | null {
  const { requirement, dependents = [], now } = context;
  if (beginsPurchase(name) && hasLost(state, requirement, now))
    return { code: 'requirement_missing', detail: 'What this offer requires has ended meanwhile.' };
  if (name === 'cancel' && (input as CancelInput).endsDependents) return null;
  if (dependents.length === 0 || !VERB_NAMES.some((verb) => verb === name)) return null;
  const left = leftBehind(dependents, state, verbOf(name).effect(state, input, context));
  return left.length === 0 ? null : required(left.map(({ purchaseId }) => purchaseId));
}

function required(purchaseIds: string[]): Refusal {
  const isOne = purchaseIds.length === 1;
  const which = isOne ? 'Another purchase requires' : `${purchaseIds.length} other purchases require`;
  const detail = `${which} this one, and would end with it: end ${isOne ? 'that' : 'those'} first.`;
  return { code: 'is_required', detail, purchaseIds };
}
