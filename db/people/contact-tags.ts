import { accountIdOf, type Scoped } from '../account-scope.ts';
import { ContactTag } from '../entities/contact-tag.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Condition } from '../page.ts';
import { query, run, sql } from '../sql.ts';

/** So many a contact may have. */
export const MOST_TAGS = 50;

/** The tags of a contact, by the alphabet. */
export async function tagsOf(em: Scoped, contactId: string): Promise<string[]> {
  const rows = await em.find(ContactTag, { contactId }, { orderBy: { tag: 'asc' } });
  return rows.map(({ tag }) => tag);
}

/** Adds a tag to a contact, whose row is locked; false where it has as many as it may. */
export async function addTag(tx: Scoped, contactId: string, tag: string, now: Instant): Promise<boolean> {
  const tags = await tagsOf(tx, contactId);
  if (tags.includes(tag)) return true;
  if (tags.length >= MOST_TAGS) return false;
  await tx.insert(ContactTag, { contactId, tag, accountId: accountIdOf(tx), createdAt: now });
  return true;
}

/** Takes a tag from a contact; false where it had none of this name. */
export const removeTag = async (em: Scoped, contactId: string, tag: string): Promise<boolean> =>
  (await run(
    em,
    sql`delete from contact_tags where account_id = ${accountIdOf(em)} and contact_id = ${contactId} and tag = ${tag}`,
  )) > 0;

/** So many tags of an account are listed. */
const MOST_LISTED = sql.lit(1_000);

/** The tags that an account uses, with how many contacts have each. */
export async function listTags(em: Scoped): Promise<{ tag: string; contacts: number }[]> {
  const rows = await query<{ tag: string; contacts: string }>(
    em,
    sql`select tag, count(*) as contacts from contact_tags where account_id = ${accountIdOf(em)}
     group by tag order by tag limit ${MOST_LISTED}`,
  );
  return rows.map(({ tag, contacts }) => ({ tag, contacts: Number(contacts) }));
}

/** Contacts that have a tag. */
export const withTag = (em: Scoped, tag: string): Condition => ({
  sql: 'r.id in (select contact_id from contact_tags where account_id = ? and tag = ?)',
  params: [accountIdOf(em), tag],
});
