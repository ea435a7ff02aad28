import type { Command } from '../domain/pending.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { PlannedName } from '../domain/verb.ts';
import { hashOf } from '../verbs/preview.ts';
import type { Plan } from '../verbs/plan.ts';

/** A command may say at which version it is meant [R6.5]. */
export function movedOn({ expectedVersion }: Command, { version }: PurchaseState): Refusal | null {
  if (expectedVersion === null || expectedVersion === version) return null;
  return { code: 'state_moved', detail: `The purchase is at version ${version} now.` };
}

/**
 * A command carries the hash of the preview that the person saw. If the plan is another one by now,
 * the command is refused [R6.5].
 */
export function isStale(command: Command<PlannedName>, state: PurchaseState, planned: Plan): Refusal | null {
  if (command.planHash === null) return null;
  if (hashOf(command.name, state, planned, command.askedAt) === command.planHash) return null;
  return { code: 'preview_stale', detail: 'What this would do has changed since the preview; look at a new one.' };
}
