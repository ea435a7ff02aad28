import { billingStatus } from '../domain/billing.ts';
import type { Instant } from '../domain/instant.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { STATE_REFUSALS, type Refusal } from '../domain/refusals.ts';
import { needsPurchase, VERB_NAMES, type PlannedName, type VerbName } from '../domain/verb.ts';
import { againstRequirements } from './against-requirements.ts';
import { verbOf } from './index.ts';
import type { VerbContext } from './verb.ts';

/**
 * Whether a verb may be done; null = yes. The API's early refusal, the greyed button, the preview,
 * and the workflow when it handles the command all ask this.
 */
export function ask(name: PlannedName, state: PurchaseState, input: unknown, context: VerbContext): Refusal | null {
  const refusal =
    forbids(name, state, context.now) ??
    verbOf(name).rejects?.(state, input, context) ??
    againstRequirements(name, state, input, context);
  return refusal && isOfState(refusal) ? withLegalVerbs(name, refusal, state, context.now) : refusal;
}

/**
 * Why the state forbids a verb, whatever its input; names the state and what is legal instead
 * [R6.1].
 */
export function forbids(name: PlannedName, state: PurchaseState, now: Instant): Refusal | null {
  if (state.startedAt === null && needsPurchase(name)) {
    return { code: 'not_a_purchase', detail: 'This checkout has not become a purchase.' };
  }
  const reason = verbOf(name).forbids(state, now);
  if (reason === null) return null;
  const refusal: Refusal = typeof reason === 'string' ? { code: 'wrong_state', detail: reason } : reason;
  return withLegalVerbs(name, refusal, state, now);
}

const isOfState = ({ code }: Refusal): boolean =>
  STATE_REFUSALS.some((one) => one === code) && code !== 'not_a_purchase';

const withLegalVerbs = (name: PlannedName, refusal: Refusal, state: PurchaseState, now: Instant): Refusal => ({
  ...refusal,
  state: billingStatus(state.billing),
  legalVerbs: legalVerbs(state, now).filter((verb) => refusal.code !== 'is_required' || verb !== name),
});

/** The verbs that the state allows now. */
export const legalVerbs = (state: PurchaseState, now: Instant): VerbName[] =>
  VERB_NAMES.filter((name) => verbOf(name).forbids(state, now) === null);
