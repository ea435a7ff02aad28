import type { z } from 'zod';
import { lookAgain, type DifferenceGateway } from '../../activities/gateways/differences.ts';
import { planRepair, type PlannedRepair } from '../../activities/gateways/repair.ts';
import type { StripeGateway } from '../../activities/gateways/stripe.ts';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import type { DifferenceRow } from '../../db/entities/difference-row.ts';
import { rewritePurchase } from '../../db/purchase/rewrite-read-state.ts';
import { decideDifference, endDifference } from '../../db/reconcile/differences.ts';
import { stripeAccountOfDifference } from '../../db/reconcile/money-at-stripe.ts';
import { putRepair } from '../../db/reconcile/repair-rows.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { digest } from '../../workflows/verbs/digest.ts';
import { Problem, wrongState } from '../http/problem.ts';
import type { AccountCall } from '../http/route.ts';
import { unavailable } from '../http/unless-away.ts';
import type { dismissBody, repairBody, repairPreview } from './reconciliation-schema.ts';

export type RepairDeps = {
  stripe: DifferenceGateway & Pick<StripeGateway, 'cancelStray'>;
  wakes: Pick<Wakes, 'wake'>;
};

type RepairCall = Pick<
  AccountCall<{ differenceId: string }, unknown, z.output<typeof repairBody>>,
  'em' | 'body' | 'caller' | 'afterCommit'
>;

/**
 * Mends a difference as it stands now [R22.2]; with `dryRun` it returns what that would do, and
 * does nothing.
 */
export async function repair(
  difference: DifferenceRow,
  call: RepairCall,
  deps: RepairDeps,
): Promise<z.input<typeof repairPreview> | null> {
  if (difference.endedAt !== null) throw wrongState('It is mended already.');
  const { dryRun, planHash, note } = call.body;
  const away = unavailable('Stripe cannot be reached, and what stands there decides.');
  const plan = await planNow(difference, call, deps).catch(away);
  const hash = hashOf(plan);
  if (dryRun) return previewOf(plan, hash);
  if (difference.state === 'repairing') return null;
  if (plan.repair === 'none') throw wrongState('It cannot be mended from here: somebody has to see to it at Stripe.');
  if (planHash !== undefined && planHash !== hash)
    throw new Problem(409, 'preview_stale', { detail: 'What the repair would do has become something else.' });
  await carryOut(plan, difference, call, deps).catch(away);
  const decided = { state: 'repairing' as const, actor: call.caller.actor, note: note ?? null, at: fromMs(Date.now()) };
  await decideDifference(call.em, difference.id, decided);
  return null;
}

/** @throws Problem 409 where it is gone meanwhile, or its purchase is busy */
async function planNow(difference: DifferenceRow, { em }: RepairCall, { stripe }: RepairDeps): Promise<PlannedRepair> {
  const found = await lookAgain(em, stripe, difference);
  if (found === null) {
    await endDifference(em.fork(), difference.id, fromMs(Date.now()));
    throw wrongState('It is gone: both sides say the same again.');
  }
  const plan = found === 'busy' ? found : await planRepair(em, stripe, difference);
  if (plan === 'busy') throw wrongState('Its purchase has something else to do. Ask again in a minute.');
  return plan;
}

async function carryOut(
  { repair, row }: PlannedRepair,
  difference: DifferenceRow,
  { em, afterCommit }: RepairCall,
  { stripe, wakes }: RepairDeps,
): Promise<void> {
  const { id, purchaseId, objectId } = difference;
  if (repair === 'cancel')
    return stripe.cancelStray(objectId, `difference:${id}`, await stripeAccountOfDifference(em, difference));
  if (purchaseId === null) return;
  if (repair === 'rewrite') return rewritePurchase(em, purchaseId);
  const rowId = row && (await putRepair(em, row));
  afterCommit(() => wakes.wake(purchaseId, { kind: 'repair', rowId }));
}

/** Instants move with the clock; what happens does not. */
const hashOf = ({ repair, before, after, entries, emails, followUps }: PlannedRepair): string =>
  digest(JSON.stringify([repair, before, after, entries.map(({ type }) => type), emails, followUps]));

const previewOf = (plan: PlannedRepair, planHash: string): z.input<typeof repairPreview> => ({
  status: 'preview',
  repair: plan.repair,
  planHash,
  before: plan.before,
  after: plan.after,
  entries: plan.entries,
  emails: plan.emails,
  verbs: plan.followUps,
});

type DismissCall = Pick<AccountCall<unknown, unknown, z.output<typeof dismissBody>>, 'em' | 'body' | 'caller'>;

/** Somebody says that it may stay. */
export async function dismiss({ id, endedAt }: DifferenceRow, { em, body, caller }: DismissCall): Promise<void> {
  if (endedAt !== null) throw wrongState('It is mended already.');
  const decided = { state: 'dismissed' as const, actor: caller.actor, note: body.note, at: fromMs(Date.now()) };
  await decideDifference(em, id, decided);
}
