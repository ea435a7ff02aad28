import type { Account } from '../../db/entities/account.ts';
import type { Scoped } from '../../db/account-scope.ts';
import { hasOpenCommand } from '../../db/inbox/accept-command.ts';
import { findPurchase } from '../../db/purchase/purchases.ts';
import type { Actor, SystemVerbName } from '../../workflows/domain/verb.ts';
import { ask } from '../../workflows/verbs/ask.ts';
import { notFound } from '../http/problem.ts';
import { refusalProblem } from '../http/refusal-problem.ts';
import type { Served } from '../http/route.ts';
import { acceptAndFollow, answerAgain } from '../inbox/accept.ts';
import type { CommandDeps, Followed } from '../inbox/follow.ts';

export type RequestDeps = CommandDeps;

type RequestCall = {
  em: Scoped;
  account: Account;
  now: string;
  actor: Actor;
  keyed: Followed['keyed'];
  requestId: string;
  params: { purchaseId: string };
  view?: Followed['view'];
};

/** A step of a cancellation request: what it is, and what people wrote with it. */
type Asked = { name: SystemVerbName; commandId: string; input: object; reason: string | null };

/** Accepted like any verb, and followed; what the state plainly forbids is refused at once. */
export async function askOfRequest(call: RequestCall, asked: Asked, deps: RequestDeps): Promise<Served> {
  const { em, account, now, actor, keyed, requestId, params, view } = call;
  const purchase = await findPurchase(em, params.purchaseId);
  if (!purchase) throw notFound('purchase');
  const asking = { em, account, keyed, requestId, view };
  const again = await answerAgain(asking, deps);
  if (again) return again;
  const context = { now, actor, settings: account.settings };
  const refusal = (await hasOpenCommand(em, purchase.id))
    ? null
    : ask(asked.name, purchase.snapshot, asked.input, context);
  if (refusal) throw refusalProblem(refusal);
  const nothing = { planHash: null, expectedVersion: null, feedback: null };
  const whose = { accountId: account.id, purchaseId: purchase.id, actor, askedAt: now };
  return acceptAndFollow({ ...asked, ...nothing, ...whose }, asking, deps);
}
