import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { acceptCommandOnce } from '../../db/accept-command.ts';
import { findRequest } from '../../db/idempotency.ts';
import { findPurchase } from '../../db/queries/purchases.ts';
import type { DecisionInput, DecisionName } from '../../workflows/domain/verb.ts';
import { notFound } from '../http/problem.ts';
import type { AccountCall } from '../http/route.ts';
import { keyReused, type Served } from '../http/serve.ts';
import type { decisionBody } from '../schemas/attention.ts';
import { follow, repeat, type CommandDeps } from './follow.ts';

type Params = { purchaseId: string; attentionId: string };
export type DecisionCall = Omit<AccountCall<Params, unknown, z.output<typeof decisionBody>>, 'afterCommit'>;

/** `retry` or `abandon` of one thing that needs attention: accepted like any other command, and followed. */
export async function askDecision(name: DecisionName, call: DecisionCall, deps: CommandDeps): Promise<Served> {
  const { account, em, keyed, requestId, params, caller, now, body } = call;
  const purchase = await findPurchase(em, account.id, params.purchaseId);
  if (!purchase) throw notFound('purchase');
  const known = keyed && (await findRequest(em, keyed));
  if (known?.kind === 'reused') throw keyReused();
  if (known?.kind === 'known') return repeat(known, call, deps);
  if (!purchase.snapshot.attentions.some(({ id }) => id === params.attentionId)) throw notFound('attention');
  const commandId = uuid();
  const input: DecisionInput = { attentionId: params.attentionId };
  const asked = { commandId, name, input, actor: caller.actor, askedAt: now, planHash: null, expectedVersion: null };
  const texts = { reason: body.reason ?? null, feedback: null };
  const command = { ...asked, ...texts, accountId: account.id, purchaseId: purchase.id };
  const claim = await acceptCommandOnce(em, command, keyed);
  if (claim.kind === 'reused') throw keyReused();
  if (claim.kind === 'known') return repeat(claim, call, deps);
  void deps.poker.look(purchase.id, { kind: name, rowId: commandId });
  return follow({ commandId, account, keyed, requestId }, deps);
}
