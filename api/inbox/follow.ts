import { scopeTo } from '../../db/account-scope.ts';
import { nowOf } from '../../db/clock/account-clock.ts';
import type { Answers, Listening } from '../../db/inbox/answers.ts';
import type { Account } from '../../db/entities/account.ts';
import { siteUrl } from '../platform/site-url.ts';
import { storeAnswer, type KeyedRequest } from '../../db/inbox/idempotency.ts';
import type { Orm } from '../../db/orm.ts';
import { findCommand, type StoredCommand } from '../../db/inbox/commands.ts';
import { withNames } from '../../db/purchase/full-purchase.ts';
import { findPurchase } from '../../db/purchase/purchases.ts';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import { warningsOf } from '../../workflows/verbs/preview.ts';
import { notFound, problemBody } from '../http/problem.ts';
import { replay } from '../http/serve.ts';
import type { Served } from '../http/route.ts';
import { isDone, problemOf, toApiCommand } from './command-view.ts';
import { toApiPurchase } from '../purchase/purchase-view.ts';

/**
 * What following a command needs; `waitMs`: how long an answer may take before it becomes 202
 * [R6.2].
 */
export type CommandDeps = { orm: Orm; answers: Answers; wakes: Wakes; waitMs: number; publicUrl: string };

export type Followed = {
  commandId: string;
  account: Account;
  keyed: KeyedRequest | null;
  requestId: string;
  /** What the caller may see of the answer, if not all; this is also what is stored for repeats. */
  view?: ((served: Served) => Promise<Served>) | undefined;
};

/**
 * Waits until an accepted command ends, with its answer or its problem. After a while it answers
 * 202 with an address to follow. `listening`: since before it was accepted.
 */
export async function follow(followed: Followed, deps: CommandDeps, listening?: Listening): Promise<Served> {
  const { commandId, account, keyed, requestId, view = async (served) => served } = followed;
  const read = async (): Promise<StoredCommand | null> => {
    const found = await findCommand(scopeTo(deps.orm.em.fork(), account.id), commandId);
    return found && isDone(found) ? found : null;
  };
  const done = await (listening ? listening.wait(deps.waitMs, read) : deps.answers.wait(commandId, deps.waitMs, read));
  if (!done) return view(await pending(commandId, account, requestId, deps));
  const served = await view(await answerOf(done, account, requestId, deps));
  if (!keyed) return served;
  return { ...served, ...(await storeAnswer(deps.orm.em.fork(), keyed, { status: served.status, body: served.body })) };
}

async function pending(commandId: string, account: Account, requestId: string, deps: CommandDeps): Promise<Served> {
  const found = await findCommand(scopeTo(deps.orm.em.fork(), account.id), commandId);
  if (!found) throw notFound('command');
  if (isDone(found)) return answerOf(found, account, requestId, deps);
  return { status: 202, body: toApiCommand(found, requestId) };
}

async function answerOf(done: StoredCommand, account: Account, requestId: string, deps: CommandDeps): Promise<Served> {
  const problem = problemOf(done);
  if (problem) return { status: problem.status, body: problemBody(problem, requestId) };
  const em = scopeTo(deps.orm.em.fork(), account.id);
  const purchase = await findPurchase(em, done.row.subjectId ?? '');
  if (!purchase) throw notFound('purchase');
  const now = nowOf(account);
  return {
    status: 200,
    body: {
      status: 'applied',
      command: toApiCommand(done, requestId),
      purchase: toApiPurchase(await withNames(em, purchase), now, siteUrl(deps.publicUrl, account)),
      warnings: warningsOf(purchase.snapshot, now),
    },
  };
}

type Known = { commandId: string | null; status: number | null; body: unknown };

/** The same request again: its stored answer, or the same wait for it. */
export async function repeat(known: Known, whose: Omit<Followed, 'commandId'>, deps: CommandDeps): Promise<Served> {
  if (known.status !== null || known.commandId === null) return replay(known.status, known.body);
  const served = await follow({ ...whose, commandId: known.commandId }, deps);
  return { ...served, headers: { ...served.headers, 'Idempotency-Replayed': 'true' } };
}
