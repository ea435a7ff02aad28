import type { EntityManager } from '@mikro-orm/postgresql';
import { traceparent } from '../../tracing/spans.ts';
import type { Command } from '../../workflows/domain/pending.ts';
import type { InboxRow, LookAhead } from '../../workflows/inbox/inbox.ts';
import { telling } from '../platform/audit-log.ts';
import { json, query, sql } from '../sql.ts';
import { commandKind } from '../../workflows/domain/audit.ts';
import { namedPayment } from '../../workflows/domain/named-payment.ts';
import { claimRequest, type Claim, type KeyedRequest } from './idempotency.ts';
import { around, toSurroundings, type StoredAround } from './open-rows.ts';

/** A command and what only Postgres may know of it: whose it is, and what people wrote with it. */
export type AskedCommand = Command & {
  accountId: string;
  purchaseId: string;
  reason: string | null;
  feedback: string | null;
};

/**
 * Accepts a command: once this is committed it will have its effect, or its refusal, exactly once
 * [R24.1]. Returns what a look into the inbox would find, where this is the one open row.
 */
export async function acceptCommand(tx: EntityManager, command: AskedCommand): Promise<LookAhead | null> {
  const { commandId, accountId, purchaseId, name, input, actor, askedAt, planHash, expectedVersion } = command;
  const [accepted] = await query<StoredAround & { seq: string; is_alone: boolean }>(
    tx,
    sql`with accepted as (
       insert into inbox (id, account_id, subject_kind, subject_id, class, kind, at, input, actor, plan_hash, expected_version, traceparent)
       values (${commandId}, ${accountId}, 'purchase', ${purchaseId}, 'command', ${name}, ${askedAt}, ${json(input)},
         ${json(actor)}, ${planHash}, ${expectedVersion}, ${traceparent()})
       returning id, account_id, seq
     ), texts as (
       insert into command_texts (command_id, account_id, reason, feedback)
       select id, account_id, ${command.reason}, ${command.feedback} from accepted
     ), told as (
       ${telling(tx, { kind: commandKind(name), accountId, subjectId: purchaseId, actor, commandId, after: input as object })}
     )
     select accepted.seq, around.*, not exists (select from inbox where subject_id = ${purchaseId} and state = 'open') as is_alone
     from accepted, (${around(purchaseId)}) as around`,
  );
  return accepted?.is_alone ? lookAhead(command, accepted) : null;
}

/**
 * While a test clock moves, a command waits until it has arrived: then there is nothing to see. A
 * payment that the snapshot may lack comes with a look.
 */
function lookAhead(
  { commandId, name, input, actor, askedAt, planHash, expectedVersion }: AskedCommand,
  accepted: StoredAround & { seq: string },
): LookAhead | null {
  const { isMoving, isBetweenSteps, hasEarlierPayments, knownCard: _known, ...around } = toSurroundings(accepted);
  const command = { commandId, name, input, actor, askedAt, planHash, expectedVersion };
  if (isMoving || isBetweenSteps || (hasEarlierPayments && namedPayment({ command }) !== null)) return null;
  const row: InboxRow = { rowId: commandId, seq: Number(accepted.seq), at: askedAt, kind: name, command };
  return { at: new Date().toISOString(), taken: { ...around, rows: [row], isMore: false } };
}

/** `ahead`: what a look would find now; null = it has to be looked. */
export type Accepted = { kind: 'new'; ahead: LookAhead | null } | Exclude<Claim, { kind: 'new' }>;

/** Accepts a command once per `Idempotency-Key`; the claim says whether it was asked before. */
export async function acceptCommandOnce(
  em: EntityManager,
  command: AskedCommand,
  request: KeyedRequest | null,
): Promise<Accepted> {
  // One statement, which needs no transaction around it.
  if (!request) return { kind: 'new', ahead: await acceptCommand(em, command) };
  return em.transactional(async (tx) => {
    const claim = await claimRequest(tx, request, command.commandId);
    return claim.kind === 'new' ? { kind: 'new', ahead: await acceptCommand(tx, command) } : claim;
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
