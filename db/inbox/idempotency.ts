import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { query, sql } from '../sql.ts';

/** Requests that belong to no account are kept under this id. */
export const NO_ACCOUNT = '00000000-0000-0000-0000-000000000000';

/**
 * A write that carried an `Idempotency-Key`, bound to one caller, method, path and body. `space`:
 * where the key is unique: the people of the account, or one customer. `caller` null: the service
 * itself.
 */
export type KeyedRequest = {
  accountId: string;
  space: string;
  caller: string | null;
  key: string;
  requestHash: string;
};

/**
 * Admins and API keys of an account share one space of keys, so that none of them repeats what
 * another has done.
 */
export const OWN_SPACE = 'account';

/**
 * `reused`: used for another request, or so long ago that its answer is deleted. `known`: this very
 * request came before; status and body are set once it has its answer.
 */
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
  const claimed = await query<{ key: string }>(
    tx,
    sql`insert into idempotent_requests (account_id, space, key, caller, request_hash, command_id)
     values (${request.accountId}, ${request.space}, ${request.key}, ${request.caller}, ${request.requestHash}, ${commandId})
     on conflict do nothing returning key`,
  );
  if (claimed.length > 0) return { kind: 'new' };
  return (await findRequest(tx, request)) ?? { kind: 'new' };
}

/** What is known of a key; null = it was never used. */
export async function findRequest(em: EntityManager, request: KeyedRequest): Promise<Claim | null> {
  type Row = Kept & { request_hash: string; command_id: string | null; caller: string | null; is_forgotten: boolean };
  const [row] = await query<Row>(
    em,
    sql`select request_hash, command_id, caller, status, body, status is not null and body is null as is_forgotten
     from idempotent_requests where account_id = ${request.accountId} and space = ${request.space} and key = ${request.key}`,
  );
  if (!row) return null;
  const isCallers = row.caller === null || row.caller === request.caller;
  if (!isCallers || row.request_hash !== request.requestHash || row.is_forgotten) return { kind: 'reused' };
  return { kind: 'known', commandId: row.command_id, status: row.status, body: row.body };
}

type Kept = { status: number | null; body: unknown };

/**
 * Stores the answer that every repeat of the request will get, and returns the stored one. The
 * first answer wins; only a 202 is replaced by what it came to.
 */
export async function storeAnswer(
  em: EntityManager,
  { accountId, space, key }: KeyedRequest,
  answer: { status: number; body: unknown },
): Promise<{ status: number; body: unknown }> {
  const [kept] = await query<Kept>(
    em,
    sql`update idempotent_requests set status = ${answer.status}, body = ${JSON.stringify(answer.body ?? null)}::json
     where account_id = ${accountId} and space = ${space} and key = ${key} and coalesce(status, 202) = 202 returning status, body`,
  );
  if (kept) return answer;
  const [first] = await query<Kept>(
    em,
    sql`select status, body from idempotent_requests where account_id = ${accountId} and space = ${space} and key = ${key}`,
  );
  return first ? { status: first.status ?? answer.status, body: first.body } : answer;
}
