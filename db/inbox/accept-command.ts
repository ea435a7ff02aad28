import type { EntityManager } from '@mikro-orm/postgresql';
import type { Command } from '../../workflows/domain/pending.ts';
import { claimRequest, type Claim, type KeyedRequest } from './idempotency.ts';
import { json, query, run, sql } from '../sql.ts';

/** A command and what only Postgres may know of it: whose it is, and what people wrote with it. */
export type AskedCommand = Command & {
  accountId: string;
  purchaseId: string;
  reason: string | null;
  feedback: string | null;
};

/**
 * Accepts a command: once this is committed it will have its effect, or its refusal, exactly once
 * [R24.1].
 */
export async function acceptCommand(tx: EntityManager, command: AskedCommand): Promise<void> {
  const { commandId, accountId, purchaseId, name, input, actor, askedAt, planHash, expectedVersion } = command;
  await run(
    tx,
    sql`with accepted as (
       insert into inbox (id, account_id, subject_kind, subject_id, class, kind, at, input, actor, plan_hash, expected_version)
       values (${commandId}, ${accountId}, 'purchase', ${purchaseId}, 'command', ${name}, ${askedAt}, ${json(input)},
         ${json(actor)}, ${planHash}, ${expectedVersion})
       returning id, account_id
     )
     insert into command_texts (command_id, account_id, reason, feedback)
     select id, account_id, ${command.reason}, ${command.feedback} from accepted`,
  );
}

/** Accepts a command once per `Idempotency-Key`; the claim says whether it was asked before. */
export async function acceptCommandOnce(
  em: EntityManager,
  command: AskedCommand,
  request: KeyedRequest | null,
): Promise<Claim> {
  if (!request) {
    await acceptCommand(em, command); // one statement, which needs no transaction around it
    return { kind: 'new' };
  }
  return em.transactional(async (tx) => {
    const claim = await claimRequest(tx, request, command.commandId);
    if (claim.kind === 'new') await acceptCommand(tx, command);
    return claim;
  });
}

/** Whether a command of this purchase still waits for its turn or its end. */
export async function hasOpenCommand(em: EntityManager, purchaseId: string): Promise<boolean> {
  const rows = await query<unknown>(
    em,
    sql`select 1 from inbox where subject_id = ${purchaseId} and state = 'open' and class = 'command' limit 1`,
  );
  return rows.length > 0;
}
