import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { newAccountId } from '../data/ids.ts';
import { makeRestrictedKey } from '../data/restricted-keys.ts';

const wanted = z.strictObject({
  account: z
    .string()
    .regex(/^acct_\w+$/)
    .optional(),
  permissions: z.array(z.string()).nullable().default(null),
});

/** Makes a restricted key; without an account it is of a new one. */
export function makeKey(database: DatabaseSync, body: unknown): { account: string; key: string } {
  const { account = newAccountId(), permissions } = wanted.parse(body);
  return { account, key: makeRestrictedKey(database, { account, permissions }) };
}
