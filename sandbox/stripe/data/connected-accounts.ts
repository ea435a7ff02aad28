import type { DatabaseSync } from 'node:sqlite';
import { newAccountId, newSecret } from './ids.ts';

const read = (database: DatabaseSync, name: string): string | undefined => {
  const row = database.prepare('select json from settings where account = ?').get(name);
  return row && String(row.json);
};

const write = (database: DatabaseSync, name: string, value: string): void => {
  database
    .prepare(
      'insert into settings (account, json) values (?, ?) on conflict (account) do update set json = excluded.json',
    )
    .run(name, JSON.stringify(value));
};

const remove = (database: DatabaseSync, name: string): void => {
  database.prepare('delete from settings where account = ?').run(name);
};

/** Somebody lets a platform act for their account; with the code it learns for which. */
export function allowPlatform(database: DatabaseSync, account: string = newAccountId()): string {
  const code = newSecret('ac');
  write(database, `code:${code}`, account);
  return code;
}

/** The account of a code, once; the platform may act for it from now on. */
export function spendCode(database: DatabaseSync, code: string, platform: string): string | null {
  const json = read(database, `code:${code}`);
  if (json === undefined) return null;
  const account = JSON.parse(json) as string;
  remove(database, `code:${code}`);
  remove(database, `revoked:${platform}/${account}`);
  return account;
}

/** The platform may not act for it any more. False where it may not already. */
export function revokePlatform(database: DatabaseSync, books: string): boolean {
  if (isRevoked(database, books)) return false;
  write(database, `revoked:${books}`, books);
  return true;
}

/** `books`: of the platform and the account, as `acct_platform/acct_connected`. */
export const isRevoked = (database: DatabaseSync, books: string): boolean =>
  read(database, `revoked:${books}`) !== undefined;
