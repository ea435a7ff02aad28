import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import type { Scoped } from '../account-scope.ts';
import { v7 as uuid } from 'uuid';
import type { Instant } from '../../workflows/domain/instant.ts';
import { Contact } from '../entities/contact.ts';
import { run, sql } from '../sql.ts';

type Person = { accountId: string; email: string; name: string | null; now: Instant };

/**
 * The contact of an address, made if there is none, and locked until the transaction ends: what is
 * decided about it is decided one by one.
 */
export async function lockContact(tx: EntityManager, { accountId, email, name, now }: Person): Promise<Contact> {
  await run(
    tx,
    sql`insert into contacts (id, account_id, email, name, created_at) values (${uuid()}, ${accountId}, ${email}, ${name}, ${now})
     on conflict (account_id, email) do nothing`,
  );
  return tx.findOneOrFail(Contact, { accountId, email }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

export async function lockContactById(tx: Scoped, id: string): Promise<Contact | null> {
  return tx.findOne(Contact, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}
