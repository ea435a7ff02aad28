import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { prepared } from '../../sqlite.ts';
import { ApiFault } from '../protocol/fault.ts';

const KEPT_MS = 24 * 3_600_000;

/** One use of an idempotency key: the same fingerprint is the same request. */
export interface KeyUse {
  account: string;
  key: string;
  fingerprint: string;
}

export interface StoredAnswer {
  status: number;
  body: string;
  requestId: string;
}

/** What makes two requests with one key the same request. */
export function fingerprintOf(method: string, path: string, body: string): string {
  return createHash('sha256').update(`${method} ${path}\n${body}`).digest('hex');
}

/**
 * The answer already given to a key, for 24 hours of real time; other parameters under the same key
 * are refused.
 */
export function storedAnswer(database: DatabaseSync, use: KeyUse): StoredAnswer | undefined {
  const { account, key, fingerprint } = use;
  const sql =
    'select fingerprint, status, body, request_id from idempotency where account = ? and key = ? and stored_at_ms > ?';
  const row = prepared(database, sql).get(account, key, Date.now() - KEPT_MS);
  if (!row) return undefined;
  if (row.fingerprint !== fingerprint) throw otherParameters(key);
  return { status: Number(row.status), body: String(row.body), requestId: String(row.request_id) };
}

export function storeAnswer(database: DatabaseSync, { account, key, fingerprint }: KeyUse, answer: StoredAnswer): void {
  prepared(
    database,
    `insert into idempotency (account, key, fingerprint, status, body, request_id, stored_at_ms) values (?, ?, ?, ?, ?, ?, ?)
     on conflict (account, key) do update set fingerprint = excluded.fingerprint, status = excluded.status, body = excluded.body,
       request_id = excluded.request_id, stored_at_ms = excluded.stored_at_ms`,
  ).run(account, key, fingerprint, answer.status, answer.body, answer.requestId, Date.now());
}

export function forgetOldAnswers(database: DatabaseSync): void {
  prepared(database, 'delete from idempotency where stored_at_ms <= ?').run(Date.now() - KEPT_MS);
}

function otherParameters(key: string): ApiFault {
  const message = `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`;
  return new ApiFault({ status: 400, type: 'idempotency_error', message, beforeExecution: true });
}

export function stillRunning(): ApiFault {
  const message =
    'There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through). Please try again later.';
  return new ApiFault({
    status: 409,
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    message,
    beforeExecution: true,
  });
}
