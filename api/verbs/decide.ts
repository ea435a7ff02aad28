import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { findPurchase } from '../../db/purchase/purchases.ts';
import type { DecisionInput, DecisionName } from '../../workflows/domain/verb.ts';
import { notFound } from '../http/problem.ts';
import type { AccountCall, Served } from '../http/route.ts';
import type { decisionBody } from '../purchase/attention-schema.ts';
import { acceptAndFollow, answerAgain } from '../inbox/accept.ts';
import type { CommandDeps } from '../inbox/follow.ts';

type Params = { purchaseId: string; attentionId: string };
export type DecisionCall = Omit<AccountCall<Params, unknown, z.output<typeof decisionBody>>, 'afterCommit'>;

/**
 * `retry` or `abandon` of one thing that needs attention: accepted like any other command, and
 * followed.
 */
export async function askDecision(name: DecisionName, call: DecisionCall, deps: CommandDeps): Promise<Served> {
  const { account, em, keyed, requestId, params, caller, now, body } = call;
  const purchase = await findPurchase(em, params.purchaseId);
  if (!purchase) throw notFound('purchase');
  const asking = { em, account, keyed, requestId };
  const again = await answerAgain(asking, deps);
  if (again) return again;
  if (!purchase.snapshot.attentions.some(({ id }) => id === params.attentionId)) throw notFound('attention');
  const input: DecisionInput = { attentionId: params.attentionId };
  const asked = {
    commandId: uuid(),
    name,
    input,
    actor: caller.actor,
    askedAt: now,
    planHash: null,
    expectedVersion: null,
  };
  const texts = { reason: body.reason ?? null, feedback: null };
  const command = { ...asked, ...texts, accountId: account.id, purchaseId: purchase.id };
  return acceptAndFollow(command, asking, deps);
}
