import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Contact } from '../entities/contact.ts';
import { run, sql } from '../sql.ts';

/** Drops a password that nobody has proved to be theirs; what it began ends with it [R14.1]. */
export async function dropPassword(tx: EntityManager, contact: Contact, now: Instant): Promise<void> {
  contact.passwordHash = null;
  contact.passwordDroppedAt = now;
  await run(tx, sql`delete from sessions where contact_id = ${contact.id} and not by_link and not by_passkey`);
}
