import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import type { Scoped } from '../account-scope.ts';
import { v7 as uuid } from 'uuid';
import type { LanguageCode } from '../../emails/languages/codes.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { Contact } from '../entities/contact.ts';
import { query, run, sql, type Sql } from '../sql.ts';

/** A language that somebody who typed an address is likely to read; absent = not known. */
export type Guess = LanguageCode | undefined;

type Person = { accountId: string; email: string; name: string | null; now: Instant; isTest?: boolean };

/** What is kept of the address of somebody erased; `of`: a row with account and address. */
export const addressHash = (of: Sql): Sql =>
  sql`encode(sha256(convert_to(${of}.account_id::text || ':' || ${of}.email, 'utf8')), 'hex')`;

/**
 * Makes a contact of an address, unless there is one; false where there is. Who had unsubscribed
 * before they were erased has so still [R3.6].
 */
export async function makeContact(
  tx: EntityManager,
  { accountId, email, name, now, isTest = false }: Person,
): Promise<boolean> {
  const made = await run(
    tx,
    sql`insert into contacts (id, account_id, email, name, created_at, is_test, marketing_status, unsubscribed_reason)
     select ${uuid()}::uuid, n.account_id, n.email, ${name}, ${now}::timestamptz, ${isTest}::boolean,
       case when f.reason is null then 'never_subscribed' else 'unsubscribed' end, f.reason
     from (select ${accountId}::uuid as account_id, ${email}::text as email) n
       left join forgotten_addresses f on f.account_id = n.account_id and f.address_hash = ${addressHash(sql`n`)}
     on conflict (account_id, email) do nothing`,
  );
  return made > 0;
}

/**
 * The contact of an address, made if there is none, and locked until the transaction ends: what is
 * decided about it is decided one by one. Of whoever was merged it is the one that stays.
 */
export async function lockContact(tx: EntityManager, person: Person & { language?: Guess }): Promise<Contact> {
  await makeContact(tx, person);
  const { accountId, email, language } = person;
  const named = await tx.findOneOrFail(Contact, { accountId, email }, LOCKED);
  const id = named.mergedInto;
  const contact = id === null ? named : await tx.findOneOrFail(Contact, { id }, LOCKED);
  // Of a customer nothing is changed: a stranger may have typed the address.
  if (contact.customerSince === null) contact.language ??= language ?? null;
  return contact;
}

/** The same of an id; null = there is none. */
export async function lockContactById(tx: Scoped, id: string): Promise<Contact | null> {
  const contact = await tx.findOne(Contact, { id }, LOCKED);
  return contact?.mergedInto ? tx.findOne(Contact, { id: contact.mergedInto }, LOCKED) : contact;
}

/** The same without reading it: whoever reads it afterwards has it as it is now. */
export async function holdContact(tx: EntityManager, id: string): Promise<void> {
  await query(tx, sql`select id from contacts where id = ${id} for update`);
}

/**
 * Whether a link that was mailed to the address has been opened; it stays so until the transaction
 * ends.
 */
export async function lockProvenAddress(tx: EntityManager, id: string): Promise<boolean> {
  const isProven = sql`select id from contacts where id = ${id} and address_proven_at is not null for update`;
  return (await query(tx, isProven)).length === 1;
}

const LOCKED = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;
