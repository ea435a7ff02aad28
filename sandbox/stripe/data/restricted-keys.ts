import type { DatabaseSync } from 'node:sqlite';
import { accountOfKey, newSecret } from './ids.ts';

/** Whose a restricted key is, and what it may do, as `Customers (write)`; null = everything. */
export interface RestrictedKey {
  account: string;
  permissions: string[] | null;
}

const nameOf = (key: string): string => `key:${key}`;

/** Makes a key of an account, as one does in Stripe's dashboard. */
export function makeRestrictedKey(database: DatabaseSync, made: RestrictedKey): string {
  const key = newSecret('rk_test');
  database.prepare('insert into settings (account, json) values (?, ?)').run(nameOf(key), JSON.stringify(made));
  return key;
}

/** Stripe knows it no more. */
export function rollKey(database: DatabaseSync, key: string): void {
  const gone = JSON.stringify({ account: '', permissions: [] });
  database
    .prepare(
      'insert into settings (account, json) values (?, ?) on conflict (account) do update set json = excluded.json',
    )
    .run(nameOf(key), gone);
}

/** A key that nobody has made opens an account of its own; null = it was rolled. */
export function readRestrictedKey(database: DatabaseSync, key: string): RestrictedKey | null {
  const row = database.prepare('select json from settings where account = ?').get(nameOf(key));
  if (!row) return { account: accountOfKey(key), permissions: null };
  const made = JSON.parse(String(row.json)) as RestrictedKey;
  return made.account === '' ? null : made;
}
