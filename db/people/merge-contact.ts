import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import { SYSTEM } from '../../workflows/domain/verb.ts';
import { nowOf } from '../clock/account-clock.ts';
import { Account } from '../entities/account.ts';
import { Contact } from '../entities/contact.ts';
import { Job } from '../entities/job.ts';
import type { Merge } from '../entities/merge.ts';
import { json, query, run, sql, type Sql } from '../sql.ts';
import { KEEP_NEWEST } from './activity.ts';
import { changeMarketing } from './change-marketing.ts';
import { dropPassword } from './drop-password.ts';

type Ids = Pick<Merge, 'contactId' | 'intoContactId' | 'accountId' | 'jobId'>;
type Whose = { goes: string; stays: string };

/** Rows that become the other's as they are. */
const MOVED = [
  'payments.contact_id',
  'credits.contact_id',
  'calls.contact_id',
  'seats.contact_id',
  'checkouts.contact_id',
  'consents.contact_id',
  'contact_notes.contact_id',
  'suppression_lifts.contact_id',
  'activities.contact_id',
  'previews.contact_id',
  'revenue_movements.contact_id',
  'stripe_customers.contact_id',
  'contacts.merged_into',
  'merges.into_contact_id',
] as const;

/**
 * What becomes of each column that names a contact; a test asks Postgres for all of them.
 * `by_statement`: below. `by_record`: with the command that moves the purchase. `by_postgres`:
 * follows from another. `stays`: says who it was, or whose customer at Stripe it is.
 */
export const CONTACT_COLUMNS: Readonly<
  Record<string, 'moved' | 'by_statement' | 'by_record' | 'by_postgres' | 'stays'>
> = {
  ...Object.fromEntries(MOVED.map((column) => [column, 'moved' as const])),
  'emails.recipient_id': 'by_statement',
  'contact_tags.contact_id': 'by_statement',
  'progress.contact_id': 'by_statement',
  'contact_activity.contact_id': 'by_statement',
  'contact_spent.contact_id': 'by_statement',
  'contact_revenue.contact_id': 'by_statement',
  'sessions.contact_id': 'by_statement',
  'login_tokens.contact_id': 'by_statement',
  'passkeys.contact_id': 'by_statement',
  'passkey_challenges.contact_id': 'by_statement',
  'purchases.contact_id': 'by_record',
  'purchase_products.contact_id': 'by_record',
  'purchases.holder_id': 'by_postgres',
  'checkouts.holder_id': 'by_postgres',
  'contact_field_values.contact_id': 'by_postgres',
  'purchases.sold_to': 'stays',
  'stripe_customers.holder_id': 'stays',
  'emails.merged_from': 'stays',
  'delivery_reports.contact_id': 'stays',
  'erasures.contact_id': 'stays',
  'merges.contact_id': 'stays',
};

/**
 * Makes a contact, whose purchases have moved, part of the one that stays, in one transaction;
 * false where something of it has not moved yet, or an email to it is on its way. Its row keeps its
 * address, by which the other is found from now on.
 */
export const mergeContact = (
  em: EntityManager,
  { contactId, intoContactId, accountId, jobId }: Ids,
): Promise<boolean> =>
  em.transactional(async (tx) => {
    const whose = { goes: contactId, stays: intoContactId };
    const contacts = await tx.find(Contact, { id: { $in: [contactId, intoContactId] } }, LOCKED);
    const [goes, stays] = [
      contacts.find(({ id }) => id === contactId),
      contacts.find(({ id }) => id === intoContactId),
    ];
    if (!goes || !stays || !(await isReady(tx, whose))) return false;
    const job = await tx.findOneOrFail(Job, { id: jobId });
    const now = nowOf(await tx.findOneOrFail(Account, { id: accountId }));
    for (const statement of STATEMENTS) await run(tx, statement(whose));
    await changeMarketing(tx, stays, {
      change: { kind: 'merged', goes: { status: goes.marketingStatus, reason: goes.unsubscribedReason } },
      source: 'admin',
      actor: job.actor,
      now,
    });
    fill(stays, goes);
    // One that was set while the purchases moved was not asked about what is theirs now.
    if (stays.addressProvenAt === null && stays.passwordHash !== null) await dropPassword(tx, stays, now);
    empty(goes, now);
    await tx.flush();
    await run(tx, sql`update contacts set stripe_sync_at = now() where id = ${intoContactId}`);
    return true;
  });

const LOCKED = { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } } as const;

/** Mail under way is waited for, but no longer than this: what is tried again must be the same. */
const MAIL_WAIT = sql`interval '10 minutes'`;

async function isReady(tx: EntityManager, { goes }: Whose): Promise<boolean> {
  const ready = await query(
    tx,
    sql`update merges m set state = 'done', ended_at = now()
      where m.contact_id = ${goes} and m.state = 'moving' and not exists (select from purchases where contact_id = ${goes})
        and (m.asked_at < now() - ${MAIL_WAIT} or not exists (
          select from emails e where e.recipient_kind = 'contact' and e.recipient_id = ${goes} and e.state = 'queued'
            and e.first_tried_at is not null))
      returning m.contact_id`,
  );
  return ready.length > 0;
}

/** What the one that stays has is its own; only what it lacks comes from the other. */
function fill(stays: Contact, goes: Contact): void {
  stays.name ??= goes.name;
  stays.timeZone ??= goes.timeZone;
  stays.language ??= goes.language;
  stays.fields = { ...goes.fields, ...stays.fields };
  const since = [stays.customerSince, goes.customerSince].filter((at) => at !== null).toSorted();
  stays.customerSince = since[0] ?? null;
}

function empty(goes: Contact, now: string): void {
  goes.name = null;
  goes.timeZone = null;
  goes.language = null;
  goes.fields = {};
  goes.passwordHash = null;
  goes.passwordDroppedAt = null;
  goes.addressProvenAt = null;
  goes.stripeSyncAt = null;
  goes.marketingStatus = 'never_subscribed';
  goes.unsubscribedReason = null;
  goes.erasedAt = now;
}

const repoint = (place: (typeof MOVED)[number]): ((whose: Whose) => Sql) => {
  const [table, column] = place.split('.') as [string, string];
  return ({ goes, stays }) =>
    sql`update ${sql.table(table)} set ${sql.ref(column)} = ${stays} where ${sql.ref(column)} = ${goes}`;
};

const dropped =
  (table: string) =>
  ({ goes }: Whose) =>
    sql`delete from ${sql.table(table)} where contact_id = ${goes}`;

/** What both were sent under one key is one to them; what was not sent yet is not sent twice. */
const TWIN = sql`exists (select from emails t where t.account_id = e.account_id and t.kind = e.kind
  and t.record_key = e.record_key and t.recipient_kind = 'contact' and t.recipient_id`;

const STATEMENTS: ((whose: Whose) => Sql)[] = [
  ...MOVED.filter((place) => place !== 'contacts.merged_into').map(repoint),
  ({ goes, stays }) => sql`
    update emails e set recipient_id = ${stays}, record_key = e.record_key || ':' || e.recipient_id, reason = 'merged',
      state = 'suppressed', subject = null, html = null, text = null
    where e.recipient_kind = 'contact' and e.recipient_id = ${goes} and e.state = 'queued' and e.first_tried_at is null
      and ${TWIN} = ${stays})`,
  ({ goes, stays }) => sql`
    update emails e set recipient_id = ${stays}, merged_from = case when e.first_tried_at is not null then coalesce(e.merged_from, ${goes}) end,
      record_key = case when ${TWIN} = ${stays}) then e.record_key || ':' || e.recipient_id else e.record_key end
    where e.recipient_kind = 'contact' and e.recipient_id = ${goes}`,
  ({ goes, stays }) => sql`
    insert into contact_tags (contact_id, tag, account_id, created_at)
    select ${stays}::uuid, tag, account_id, created_at from contact_tags where contact_id = ${goes} on conflict do nothing`,
  ({ goes, stays }) => sql`
    insert into progress as p (contact_id, product_id, lesson_id, account_id, viewed_at, completed_at)
    select ${stays}::uuid, product_id, lesson_id, account_id, viewed_at, completed_at from progress where contact_id = ${goes}
    on conflict (contact_id, product_id, lesson_id) do update set
      viewed_at = least(p.viewed_at, excluded.viewed_at), completed_at = least(p.completed_at, excluded.completed_at)`,
  ({ goes, stays }) => sql`
    insert into contact_activity as c (contact_id, account_id, last_login_at, last_other_at, is_customer)
    select ${stays}::uuid, account_id, last_login_at, last_other_at, is_customer from contact_activity where contact_id = ${goes}
    ${KEEP_NEWEST}`,
  ({ goes, stays }) => sql`
    insert into contact_revenue as r (contact_id, currency, account_id, minor, movements, first_at)
    select ${stays}::uuid, currency, account_id, minor, movements, first_at from contact_revenue where contact_id = ${goes}
    on conflict (contact_id, currency) do update set minor = r.minor + excluded.minor,
      movements = r.movements + excluded.movements, first_at = least(r.first_at, excluded.first_at)`,
  ...['contact_tags', 'progress', 'contact_activity', 'contact_spent', 'contact_revenue'].map(dropped),
  ...['sessions', 'login_tokens', 'passkeys', 'passkey_challenges'].map(dropped),
  endDependents,
  ({ goes, stays }) => sql`update contacts set merged_into = ${stays} where merged_into = ${goes}`,
];

/**
 * What a purchase requires may have ended while one of the two had moved and the other had not, so
 * that neither knew of the other: then it is told now [R27.6].
 */
function endDependents({ goes, stays }: Whose): Sql {
  return sql`
    insert into inbox (id, account_id, subject_kind, subject_id, class, kind, at, input, actor)
    select gen_random_uuid(), d.account_id, 'purchase', d.id, 'command', 'end-dependent', ended.at,
      jsonb_build_object('requiredId', ended.id), ${json(SYSTEM)}
    from merges m join purchases d on d.contact_id = ${stays} and d.requires <> '{}' and d.started_at is not null
      join accounts a on a.id = d.account_id
      join lateral (select r.id, r.carries_until as at from purchases r
        where r.holder_id = d.holder_id and r.offer_id = any(d.requires) and r.id <> d.id
          and r.carries_until between m.created_at and coalesce(a.clock_step, a.clock_at, now())
        order by r.carries_until desc limit 1) ended on true
    where m.contact_id = ${goes} and (d.carries_until is null or d.carries_until > ended.at)`;
}
