import type { Scoped } from '../../db/account-scope.ts';
import { enterPlatform, planFor } from '../../db/platform/for-account.ts';
import { log } from '../../log.ts';
import { heldChangeOf } from '../../workflows/domain/billing-parts.ts';
import type { Caller } from '../auth/caller.ts';
import { Problem } from '../http/problem.ts';
import { askVerb, type VerbDeps } from '../verbs/ask-verb.ts';

type Asking = { caller: Caller; requestId: string; ip: string; token: string | null };

/**
 * Asks once more for the smaller plan that waited until it was confirmed what stays: now it is
 * scheduled at Stripe. What is in its way, such as a payment that is overdue, is shown there, and
 * the confirmation stands.
 */
export async function askHeldChange(em: Scoped, { caller, requestId, ip, token }: Asking, deps: VerbDeps) {
  const at = await enterPlatform(em);
  const plan = at && (await planFor(at));
  const held = plan && heldChangeOf(plan.snapshot.billing);
  if (!held) return;
  const { em: within, platform: account, now } = at;
  const body = { offerId: held.terms.offerId, when: 'period_end', proration: 'prorate', dryRun: false };
  const params = { purchaseId: plan.id };
  const asked = { em: within, account, now, caller, params, body, query: {}, keyed: null, requestId, ip, token };
  try {
    await askVerb('change-offer', asked, deps);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    log.info({ purchaseId: plan.id, code: error.code }, 'plan.change_still_held');
  }
}
