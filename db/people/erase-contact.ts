import type { EntityManager } from '@mikro-orm/postgresql';
import { run, sql, type Sql } from '../sql.ts';
import { addressHash } from './contacts.ts';

type Whose = { contactId: string; accountId: string };

const purchasesOf = ({ contactId }: Whose): Sql => sql`(select id from purchases where contact_id = ${contactId})`;

/**
 * Takes away whatever says who a person was, also as a contact that was merged into theirs, in one
 * transaction; what they bought and paid stays,
 * without them [R3.9, R24.4]. Repeating it changes nothing. A test asks every column of every table
 * for what is left.
 */
export async function eraseContact(em: EntityManager, whose: Whose): Promise<void> {
  await em.transactional(async (tx) => {
    await run(tx, sql`select from contacts where id = ${whose.contactId} for update`);
    for (const statement of STATEMENTS) await run(tx, statement(whose));
    await run(
      tx,
      sql`update erasures set state = 'done', ended_at = now() where contact_id = ${whose.contactId} and state <> 'done'`,
    );
  });
}

const WORDLESS = sql`html = null, text = null, subject = null, calendar = null`;

/** In this order: what finds texts by the address and the name comes before these go. */
const STATEMENTS: ((whose: Whose) => Sql)[] = [
  keptAnswers,
  ({ contactId }) => sql`
    insert into forgotten_addresses (account_id, address_hash, reason, created_at)
    select c.account_id, ${addressHash(sql`c`)}, s.unsubscribed_reason, now() from contacts s
      join contacts c on c.id = s.id or c.merged_into = s.id
    where s.id = ${contactId} and s.unsubscribed_reason is not null and s.erased_at is null
    on conflict do nothing`,
  ({ contactId }) => sql`
    update emails set ${WORDLESS}, reason = null, data = data - 'recoverUrl',
      state = case when state = 'queued' then 'suppressed' else state end
    where recipient_kind = 'contact' and recipient_id = ${contactId}`,
  (whose) => sql`
    update emails set ${WORDLESS} where purchase_id in ${purchasesOf(whose)}`,
  (whose) => sql`
    update command_texts set reason = null, feedback = null, stripe_message = null
    where command_id in (select id from inbox where subject_id in ${purchasesOf(whose)})`,
  (whose) => sql`
    delete from inbox_bodies where inbox_id in (select id from inbox where subject_id in ${purchasesOf(whose)})`,
  ({ contactId }) => sql`update payments set card_brand = null, card_last4 = null where contact_id = ${contactId}`,
  ({ contactId }) => sql`
    update receipts r set pdf = null, facts = r.facts || '{"buyer": null, "card": null}'
    from payments m where m.contact_id = ${contactId} and r.account_id = m.account_id and r.payment_id = m.id`,
  ({ contactId }) => sql`update consents set email = '', wording = null where contact_id = ${contactId}`,
  ({ contactId }) => sql`update suppression_lifts set reason = null where contact_id = ${contactId}`,
  ...['sessions', 'login_tokens', 'passkeys', 'passkey_challenges'].map(deleted),
  ...['contact_notes', 'contact_tags', 'activities', 'contact_activity', 'progress'].map(deleted),
  ({ contactId }) => sql`update checkouts set url = null where contact_id = ${contactId}`,
  viewsOf,
  ({ contactId }) => sql`update contacts set email = 'erased-' || id where merged_into = ${contactId}`,
  auditLog,
  ({ contactId }) => sql`
    update contacts set email = 'erased-' || id, name = null, password_hash = null, address_proven_at = null, password_dropped_at = null, time_zone = null, language = null,
      fields = '{}', stripe_sync_at = null, marketing_status = 'never_subscribed', unsubscribed_reason = null,
      erased_at = coalesce(erased_at, (select coalesce(a.clock_step, a.clock_at, now()) from accounts a where a.id = account_id))
    where id = ${contactId}`,
];

function deleted(table: string) {
  return ({ contactId }: Whose): Sql => sql`delete from ${sql.table(table)} where contact_id = ${contactId}`;
}

/** That it was done stays, and by whom; what it was, and from where the person did it, goes. */
function auditLog({ contactId, accountId }: Whose): Sql {
  return sql`
    update audit_log l set before = null, after = null, forgotten_at = coalesce(l.forgotten_at, now()),
      ip = case when l.actor ->> 'kind' = 'customer' or l.actor is null then null else l.ip end
    from contacts c where (c.id = ${contactId} or c.merged_into = ${contactId}) and l.account_id = ${accountId}
      and (l.subject_id = c.id::text or l.actor ->> 'id' = c.id::text)`;
}

/** Answers that were kept to be given again, of whoever asked about them. */
function keptAnswers({ contactId, accountId }: Whose): Sql {
  return sql`
    update idempotent_requests r set body = null
    from contacts c where (c.id = ${contactId} or c.merged_into = ${contactId}) and r.account_id = ${accountId} and r.body is not null
      and (strpos(lower(r.body::text), c.email) > 0 or strpos(r.body::text, c.id::text) > 0)`;
}

/** Views of lists that were made of them: by their id, their address or their name. */
function viewsOf({ contactId }: Whose): Sql {
  return sql`
    delete from list_views v using contacts c
    where (c.id = ${contactId} or c.merged_into = ${contactId}) and v.account_id = c.account_id and c.erased_at is null
      and (strpos(lower(v.name || ' ' || v.query::text), c.email) > 0 or strpos(v.query::text, c.id::text) > 0
        or (length(c.name) > 2 and lower(c.name) in (lower(v.name), lower(v.query ->> 'q'))))`;
}
