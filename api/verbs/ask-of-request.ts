import type { Account } from '../../db/entities/account.ts';
import type { Scoped } from '../../db/account-scope.ts';
import { hasOpenCommand } from '../../db/inbox/accept-command.ts';
import { findPurchase } from '../../db/purchase/purchases.ts';
import type { ShutSlot } from '../../workflows/domain/calls/bookings.ts';
import type { Actor, BookingVerbName, SystemVerbName } from '../../workflows/domain/verb.ts';
import { preview } from '../../workflows/verbs/preview.ts';
import { notFound } from '../http/problem.ts';
import { refusalProblem } from '../http/refusal-problem.ts';
import type { Served } from '../http/route.ts';
import { acceptAndFollow, answerAgain } from '../inbox/accept.ts';
import type { CommandDeps, Followed } from '../inbox/follow.ts';
import { earlyRefusal } from './early-refusal.ts';
import { previewAnswer } from './preview-answer.ts';

export type RequestDeps = CommandDeps;

export type RequestCall = {
  em: Scoped;
  account: Account;
  now: string;
  actor: Actor;
  keyed: Followed['keyed'];
  requestId: string;
  params: { purchaseId: string };
  view?: Followed['view'];
};

/**
 * A step of a cancellation request, something about a call, or what is taken in place of a
 * cancellation: what it is, and what people wrote
 * with it. `shut`: which of the slots that it asks for cannot be had.
 */
export type Asked = {
  name: SystemVerbName | BookingVerbName | 'pause';
  commandId: string;
  input: object;
  reason: string | null;
  dryRun?: boolean;
  planHash?: string | null;
  shut?: readonly ShutSlot[];
};

/** Accepted like any verb, and followed; what the state plainly forbids is refused at once. */
export async function askOfRequest(call: RequestCall, asked: Asked, deps: RequestDeps): Promise<Served> {
  const { em, account, now, actor, keyed, requestId, params, view } = call;
  const { name, commandId, input, reason, dryRun = false, planHash = null, shut } = asked;
  const purchase = await findPurchase(em, params.purchaseId);
  if (!purchase) throw notFound('purchase');
  const asking = { em, account, keyed, requestId, view };
  const again = await answerAgain(asking, deps);
  if (again) return again;
  const context = { now, actor, settings: account.settings, shut };
  if (dryRun || !(await hasOpenCommand(em, purchase.id))) {
    const refusal = earlyRefusal(purchase.snapshot, { verb: name, input, planHash, expectedVersion: null }, context);
    if (refusal) throw refusalProblem(refusal);
  }
  if (dryRun) {
    const served = await previewAnswer(em, preview(name, purchase.snapshot, input, context), null);
    return view ? view(served) : served;
  }
  const whose = { accountId: account.id, purchaseId: purchase.id, actor, askedAt: now };
  const command = { name, commandId, input, reason, planHash, expectedVersion: null, feedback: null, ...whose };
  return acceptAndFollow(command, asking, deps);
}
