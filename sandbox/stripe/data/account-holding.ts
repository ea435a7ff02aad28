import type { DatabaseSync } from 'node:sqlite';
import { prepared } from '../../sqlite.ts';

/** The account whose books hold an object; undefined when none does. */
export function accountHolding(database: DatabaseSync, id: string): string | undefined {
  const row = prepared(database, 'select account from objects where id = ?').get(id);
  return row && String(row.account);
}
