import type { EntityManager } from '@mikro-orm/postgresql';
import type { Contact } from '../entities/contact.ts';
import type { Session } from '../entities/session.ts';
import { tell } from '../platform/audit-log.ts';
import { askerOf } from '../asker.ts';
import { PASSWORD_LINKS, revokeLoginTokens } from './login-tokens.ts';
import { endSessionsOf } from './sessions.ts';

/**
 * Gives a contact a new password: the links that set one are over, and so is every session but the
 * one in which it was set [R14.1].
 */
export async function putPassword(
  em: EntityManager,
  contact: Contact,
  passwordHash: string,
  within?: Session,
): Promise<void> {
  contact.passwordHash = passwordHash;
  contact.passwordDroppedAt = null;
  await em.flush();
  for (const kind of PASSWORD_LINKS) await revokeLoginTokens(em, contact.id, kind);
  await endSessionsOf(em, { contactId: contact.id }, within);
  const { id: subjectId, accountId } = contact;
  await tell(em, {
    kind: 'contact.password_changed',
    accountId,
    subjectId,
    actor: askerOf(em)?.actor ?? { kind: 'customer', id: subjectId },
  });
}
