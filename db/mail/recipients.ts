import type { EntityManager } from '@mikro-orm/postgresql';
import { Admin } from '../entities/admin.ts';
import { Contact } from '../entities/contact.ts';
import type { Email } from '../entities/email.ts';
import { Expert } from '../entities/expert.ts';

/** The addresses of emails' recipients, by their ids. */
export async function recipientAddresses(em: EntityManager, emails: readonly Email[]): Promise<Map<string, string>> {
  const ids = (kind: Email['recipientKind']) =>
    emails.filter(({ recipientKind }) => recipientKind === kind).map(({ recipientId }) => recipientId);
  const contacts = await em.find(Contact, { id: { $in: ids('contact') } });
  const admins = await em.find(Admin, { id: { $in: ids('admin') } });
  const experts = await em.find(Expert, { id: { $in: ids('expert') } });
  return new Map([...contacts, ...admins, ...experts].map(({ id, email }) => [id, email]));
}
