import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import type { Refusal } from '../../workflows/domain/refusals.ts';
import type { PlannedName } from '../../workflows/domain/verb.ts';
import { billingStatus } from '../../workflows/domain/billing.ts';
import { ask } from '../../workflows/verbs/ask.ts';
import { plan } from '../../workflows/verbs/plan.ts';
import { hashOf } from '../../workflows/verbs/preview.ts';
import type { VerbContext } from '../../workflows/verbs/verb.ts';

type Asked = { verb: PlannedName; input: unknown; planHash: string | null; expectedVersion: number | null };

/**
 * What the row's state plainly forbids, in the order in which the workflow would refuse it; null =
 * let it through.
 */
export function earlyRefusal(state: PurchaseState, asked: Asked, context: VerbContext): Refusal | null {
  const { verb, input, planHash, expectedVersion } = asked;
  if (expectedVersion !== null && expectedVersion !== state.version) {
    const detail = `The purchase is at version ${state.version} now.`;
    return { code: 'state_moved', detail, state: billingStatus(state.billing) };
  }
  const refusal = ask(verb, state, input, context);
  if (refusal || planHash === null) return refusal;
  if (planHash === hashOf(verb, state, plan(verb, state, input, context), context.now)) return null;
  return { code: 'preview_stale', detail: 'What this would do has changed since the preview; look at a new one.' };
}
