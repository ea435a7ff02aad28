import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';

/** Requests that belong to no account are kept under this id. */
export const NO_ACCOUNT = '00000000-0000-0000-0000-000000000000';

/** A write that carried an `Idempotency-Key`: unique in its account, bound to one method, path and body. */
export type KeyedRequest = { accountId: string; key: string; requestHash: string };

/** `known`: this very request came before; status and body are there once it has its answer. */
export type Claim =
  | { kind: 'new' }
  | { kind: 'known'; commandId: string | null; status: number | null; body: unknown }
  | { kind: 'reused' };

export const requestHash = (method: string, path: string, body: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify([method, path, body ?? null]))
    .digest('hex');

/** Takes the key for the caller's transaction; another one that holds it is waited for. */
export async function claimRequest(tx: EntityManager, request: KeyedRequest, commandId: string | null): Promise<Claim> {
  const claimed = await tx.execute<{ key: string }[]>(
    `insert into idempotent_requests (account_id, key, request_hash, command_id) values (?, ?, ?, ?)
     on conflict do nothing returning key`,
    [request.accountId, request.key, request.requestHash, commandId],
  );
  if (claimed.length > 0) return { kind: 'new' };
  return (await findRequest(tx, request)) ?? { kind: 'new' };
}

/** What is known of a key; null = it was never used. */
export async function findRequest(em: EntityManager, request: KeyedRequest): Promise<Claim | null> {
  type Row = { request_hash: string; command_id: string | null; status: number | null; body: unknown };
  const [row] = await em.execute<Row[]>(
    'select request_hash, command_id, status, body from idempotent_requests where account_id = ? and key = ?',
    [request.accountId, request.key],
  );
  if (!row) return null;
  if (row.request_hash !== request.requestHash) return { kind: 'reused' };
  return { kind: 'known', commandId: row.command_id, status: row.status, body: row.body };
}

/** Keeps the answer that repeats of the request will get. */
export async function storeAnswer(
  em: EntityManager,
  { accountId, key }: KeyedRequest,
  answer: { status: number; body: unknown },
): Promise<void> {
  await em.execute('update idempotent_requests set status = ?, body = ?::jsonb where account_id = ? and key = ?', [
    answer.status,
    JSON.stringify(answer.body ?? null),
    accountId,
    key,
  ]);
}
