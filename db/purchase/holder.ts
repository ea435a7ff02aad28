import type { EntityManager } from '@mikro-orm/postgresql';
import type { Contact } from '../entities/contact.ts';
import { query, sql } from '../sql.ts';

/** Who is to have a purchase: a contact, or the account that this contact acts for [R18.5]. */
export type Holder = { contact: Contact; forAccountId: string | null };

/** The id by which everything counts that a contact, or an account, may have once. */
export const holderIdOf = ({ contact, forAccountId }: Holder): string => forAccountId ?? contact.id;

/**
 * What is decided about an account's purchases is decided one by one until the transaction ends,
 * whichever contact acts for it: their own locks do not keep them apart. False where there is no
 * such account (yet).
 */
export async function lockForAccount(tx: EntityManager, accountId: string): Promise<boolean> {
  const found = await query<unknown>(tx, sql`select id from accounts where id = ${accountId} for no key update`);
  return found.length === 1;
}
