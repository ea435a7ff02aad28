import type { EntityManager } from '@mikro-orm/postgresql';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import type { Count } from '../counts.ts';
import { Broadcast } from '../entities/broadcast.ts';
import { Email, EMAIL_STATES, type EmailState } from '../entities/email.ts';
import { Offer } from '../entities/offer.ts';
import { Purchase } from '../entities/purchase.ts';
import { ofContacts } from '../people/people-found.ts';
import { withoutTest, type WithTest } from '../people/test-customers.ts';
import { entriesOfRecord, withReasons, type Entries } from '../purchase/entries.ts';
import { countRows, findPage, LOWEST_ID, type Condition, type Filter, type Page, type PageQuery } from '../page.ts';
import { recipientAddresses } from './recipients.ts';

export const EMAIL_ORDER = { by: 'dueAt', direction: 'desc' } as const;

export type EmailFilter = WithTest & {
  /** Which broadcast sends them; of its tests, none. */
  broadcastId?: string | undefined;
  state?: EmailState | undefined;
  kind?: string | undefined;
  /** Part of the recipient's address or name; of an admin, of the address. */
  q?: string | undefined;
};

/** An email with its recipient's address as it is today, and the offer of its purchase. */
export type ListedEmail = { email: Email; to: string | null; offer: Offer | null };

export async function listEmails(em: Scoped, filter: EmailFilter, page: PageQuery): Promise<Page<ListedEmail>> {
  const rows = await filterOf(em, filter);
  const found = await findPage(em, Email, { ...rows, order: EMAIL_ORDER, without: ['html', 'text'] }, page);
  return { rows: await withRecipients(em, found.rows), next: found.next };
}

export async function countEmails(em: Scoped, filter: EmailFilter): Promise<Count> {
  return countRows(em, Email, await filterOf(em, filter));
}

/** How many of the emails that `filter` finds have each state, and how many there are. */
export async function countEmailStates(
  em: Scoped,
  filter: Omit<EmailFilter, 'state'>,
): Promise<Record<EmailState | 'all', Count>> {
  const found = await filterOf(em, filter);
  const counts = { all: await countRows(em, Email, found) } as Record<EmailState | 'all', Count>;
  for (const state of EMAIL_STATES)
    counts[state] = await countRows(em, Email, { ...found, where: { ...found.where, state } });
  return counts;
}

async function filterOf(em: Scoped, filter: EmailFilter): Promise<Filter> {
  const { contactId, broadcastId, q, includeTest, ...columns } = filter;
  const ofJob = broadcastId === undefined ? {} : { jobId: await jobOf(em, broadcastId) };
  const recipient = contactId === undefined ? {} : { recipientKind: 'contact', recipientId: contactId };
  const counting = await withoutTest(em, 'recipient_id', { includeTest, contactId, ...columns });
  const conditions = [...(q ? [await toRecipients(em, q)] : []), ...counting];
  return { where: { ...columns, ...recipient, ...ofJob }, conditions };
}

/** Of a draft, or what is no broadcast, there are no emails. */
const jobOf = async (em: Scoped, id: string): Promise<string> =>
  (await em.findOne(Broadcast, { id }, { disableIdentityMap: true }))?.jobId ?? LOWEST_ID;

async function toRecipients(em: Scoped, q: string): Promise<Condition> {
  const contacts = await ofContacts(em, 'recipient_id', q);
  const admins = `r.recipient_id in (select id from admins where account_id = ? and strpos(lower(email), lower(?)) > 0)`;
  return { sql: `(${contacts.sql} or ${admins})`, params: [...contacts.params, accountIdOf(em), q] };
}

export async function withRecipients(em: EntityManager, emails: readonly Email[]): Promise<ListedEmail[]> {
  const addresses = await recipientAddresses(em, emails);
  const purchaseIds = [...new Set(emails.flatMap(({ purchaseId }) => purchaseId ?? []))];
  const purchases = await em.find(Purchase, { id: { $in: purchaseIds } }, { fields: ['id', 'offerId'] });
  const offers = await em.find(Offer, { id: { $in: purchases.map(({ offerId }) => offerId) } });
  const offerOf = new Map(purchases.map(({ id, offerId }) => [id, offers.find((offer) => offer.id === offerId)]));
  return emails.map((email) => ({
    email,
    to: addresses.get(email.recipientId) ?? null,
    offer: (email.purchaseId && offerOf.get(email.purchaseId)) || null,
  }));
}

export async function findEmail(em: Scoped, id: string): Promise<ListedEmail | null> {
  const email = await em.findOne(Email, { id }, { disableIdentityMap: true });
  if (!email) return null;
  const [listed] = await withRecipients(em, [email]);
  return listed ?? null;
}

/** Why there is an email, and what else came of it. */
export type EmailSurroundings = { causes: Entries; resends: Email[] };

export async function surroundingsOf(em: EntityManager, email: Email): Promise<EmailSurroundings> {
  const { id, accountId, purchaseId, recipientId, revision } = email;
  const isOfRecord = purchaseId !== null && revision !== null;
  const causes = await (isOfRecord ? entriesOfRecord(em, purchaseId, revision) : withReasons(em, []));
  const again = { accountId, recipientId, resendOf: id };
  return { causes, resends: await em.find(Email, again, { orderBy: { dueAt: 'asc', id: 'asc' } }) };
}
