import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Contact } from '../entities/contact.ts';
import { dropPassword } from './drop-password.ts';

/** `isTheirs`: whoever opened the link is logged in as this contact in the same browser. */
type Opened = { now: Instant; isTheirs: boolean };

/**
 * Notes that whoever opened a link reads the mail of the address [R14.1]. A password from before
 * the first one may be that of anybody who typed the address at a checkout: it is dropped, unless
 * it is theirs.
 */
export async function proveAddress(tx: EntityManager, contact: Contact, { now, isTheirs }: Opened): Promise<void> {
  if (contact.addressProvenAt !== null) return;
  contact.addressProvenAt = now;
  if (contact.passwordHash !== null && !isTheirs) await dropPassword(tx, contact, now);
  await tx.flush();
}
