import { accountIdOf, type Scoped } from '../account-scope.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import { toInstant } from '../instants.ts';
import type { Page, PageQuery } from '../page.ts';
import { query, sql, type Sql } from '../sql.ts';

export const CONTACT_EVENTS = [
  'added',
  'purchase',
  'email',
  'consent',
  'note',
  'checkout',
  'login',
  'lift',
  'activity',
  'merge',
  'preview',
] as const;

/**
 * Something that happened to a person. `what`: the type of the timeline's entry, the kind of the
 * email, consent or activity, how a checkout stands, the id of the contact that was merged into
 * this one; null where `kind` says it all. `purchaseId`: about which purchase it is, if any.
 * `actor`: who did it, where that is kept.
 */
export type ContactEvent = {
  id: string;
  at: Instant;
  kind: (typeof CONTACT_EVENTS)[number];
  what: string | null;
  purchaseId: string | null;
  actor: Actor | null;
};

export const WHEN = 'happenedAt';

/** What has happened to a person over all that they bought, the newest first [R3.1]. */
export async function contactTimeline(
  em: Scoped,
  contactId: string,
  { limit, after }: PageQuery,
): Promise<Page<ContactEvent>> {
  const found = await query<Omit<ContactEvent, 'at'> & { at: string | Date }>(
    em,
    sql`select * from (${sql.join(sources(accountIdOf(em), contactId), sql` union all `)}) happened
     where (at, id) < (${after?.key ?? 'infinity'}::timestamptz, ${after?.id ?? HIGHEST_ID}::uuid)
     order by at desc, id desc limit ${limit + 1}`,
  );
  const rows = found.slice(0, limit).map((event) => ({ ...event, at: toInstant(event.at) }));
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last ? { by: WHEN, key: last.at, id: last.id } : null };
}

const HIGHEST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

const sources = (accountId: string, contactId: string): Sql[] => [
  sql`select id, created_at as at, 'added' as kind, null as what, null::uuid as "purchaseId", null::jsonb as actor
    from contacts where account_id = ${accountId} and id = ${contactId}`,
  sql`select t.id, t.at, 'purchase', t.type, t.purchase_id, t.actor
    from purchases p join timeline t on t.purchase_id = p.id where p.account_id = ${accountId} and p.contact_id = ${contactId}`,
  sql`select id, due_at, 'email', kind, purchase_id, null from emails
    where account_id = ${accountId} and recipient_kind = 'contact' and recipient_id = ${contactId}`,
  sql`select id, at, 'consent', kind, null, actor from consents where account_id = ${accountId} and contact_id = ${contactId}`,
  sql`select id, created_at, 'note', null, null, actor from contact_notes
    where account_id = ${accountId} and contact_id = ${contactId}`,
  sql`select id, created_at, 'lift', null, null, actor from suppression_lifts
    where account_id = ${accountId} and contact_id = ${contactId}`,
  sql`select id, created_at, 'checkout', coalesce(reason, state), purchase_id, null from checkouts
    where account_id = ${accountId} and contact_id = ${contactId}`,
  sql`select id, at, case kind when 'login' then 'login' else 'activity' end, nullif(kind, 'login'), null, null
    from activities where account_id = ${accountId} and contact_id = ${contactId}`,
  sql`select j.id, m.created_at, 'merge', m.contact_id::text, null, j.actor from merges m join jobs j on j.id = m.job_id
    where m.account_id = ${accountId} and m.into_contact_id = ${contactId} and m.state = 'done'`,
  sql`select id, created_at, 'preview', null, null, actor from previews
    where account_id = ${accountId} and contact_id = ${contactId}`,
];
