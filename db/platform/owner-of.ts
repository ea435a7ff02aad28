import type { EntityManager } from '@mikro-orm/postgresql';
import { query, sql } from '../sql.ts';

/** The address of an account's owner; null where there is no such account. */
export async function ownerEmailOf(em: EntityManager, accountId: string): Promise<string | null> {
  const [owner] = await query<{ email: string }>(
    em,
    sql`select email from admins where account_id = ${accountId} and role = 'owner' and removed_at is null`,
  );
  return owner?.email ?? null;
}
