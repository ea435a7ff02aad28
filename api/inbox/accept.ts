import { acceptCommandOnce, type AskedCommand } from '../../db/inbox/accept-command.ts';
import { findRequest } from '../../db/inbox/idempotency.ts';
import type { Scoped } from '../../db/account-scope.ts';
import { keyReused } from '../http/serve.ts';
import type { Served } from '../http/route.ts';
import { follow, repeat, type CommandDeps, type Followed } from './follow.ts';

/** Of a request that asks for a command: whose it is, and under which key. */
export type Asking = Omit<Followed, 'commandId'> & { em: Scoped };

/** The stored answer to an earlier request with the same key; null = it is a new one. */
export async function answerAgain({ em, ...asking }: Asking, deps: CommandDeps): Promise<Served | null> {
  const known = asking.keyed && (await findRequest(em, asking.keyed));
  if (known?.kind === 'reused') throw keyReused();
  return known?.kind === 'known' ? repeat(known, asking, deps) : null;
}

/** Accepts a command, once for its key, wakes its purchase and waits for the outcome [R6.2]. */
export async function acceptAndFollow(
  command: AskedCommand,
  { em, ...asking }: Asking,
  deps: CommandDeps,
): Promise<Served> {
  const { commandId, purchaseId, name } = command;
  const listening = deps.answers.listen(commandId);
  try {
    const claim = await acceptCommandOnce(em, command, asking.keyed);
    if (claim.kind === 'reused') throw keyReused();
    if (claim.kind === 'known') return await repeat(claim, asking, deps);
    void deps.wakes.look(purchaseId, { kind: name, rowId: commandId, ahead: claim.ahead });
    return await follow({ ...asking, commandId }, deps, listening);
  } finally {
    listening.stop();
  }
}
