import type { EntityManager } from '@mikro-orm/postgresql';
import { Email, type EmailState } from '../entities/email.ts';
import { ofContacts } from './contacts.ts';
import { findPage, type Condition, type Page, type PageQuery } from './page.ts';

export const EMAIL_ORDER = { by: 'dueAt', direction: 'desc' } as const;

export type EmailFilter = {
  purchaseId?: string;
  contactId?: string;
  state?: EmailState;
  kind?: string;
  /** Part of the recipient's address or name; of an admin, of the address. */
  q?: string;
};

export async function listEmails(
  em: EntityManager,
  accountId: string,
  { contactId, q, ...columns }: EmailFilter,
  page: PageQuery,
): Promise<Page<Email>> {
  const recipient = contactId === undefined ? {} : { recipientKind: 'contact', recipientId: contactId };
  const conditions = q ? [await toRecipients(em, accountId, q)] : [];
  const filter = { where: { accountId, ...columns, ...recipient }, conditions };
  return findPage(em, Email, { ...filter, order: EMAIL_ORDER, without: ['html', 'text'] }, page);
}

async function toRecipients(em: EntityManager, accountId: string, q: string): Promise<Condition> {
  const contacts = await ofContacts(em, accountId, 'recipient_id', q);
  const admins = `r.recipient_id in (select id from admins where account_id = ? and strpos(lower(email), lower(?)) > 0)`;
  return { sql: `(${contacts.sql} or ${admins})`, params: [...contacts.params, accountId, q] };
}
