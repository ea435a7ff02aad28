import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { ABOUT, ACTIVITY_KINDS, type ActivityKind } from '../../workflows/domain/activity.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Contact } from '../entities/contact.ts';
import { query, sql, type Sql } from '../sql.ts';

/** What somebody did. `key`: by which it is known when it is reported once more. */
export type Done = {
  key: string;
  contactId: string;
  kind: ActivityKind;
  at: Instant;
  productId: string | null;
  lessonId: string | null;
};

/** `repeated`: it was there before, and what was said of it then stays. */
export type Taken = 'recorded' | 'repeated' | 'unknown_contact' | 'unknown_product';

const COLUMNS = 'id uuid, key text, "contactId" uuid, kind text, at timestamptz, "productId" uuid, "lessonId" text';

/**
 * Takes in what people of an account did, in any order and however often [R17.1]: each counts once,
 * by its key, of whoever was merged at the one that stays. Returns what became of each, by its key.
 * An older one takes its place in the list, and moves nothing back.
 */
export async function recordActivity(
  em: EntityManager,
  accountId: string,
  done: readonly Done[],
): Promise<Map<string, Taken>> {
  const rowsGiven = sql`jsonb_to_recordset(${JSON.stringify(done.map((one) => ({ ...one, id: uuid() })))}::jsonb) as g(${sql.raw(COLUMNS)})`;
  const rows = await query<{ key: string; taken: Taken }>(
    em,
    sql`with given as materialized (
       select g.id, g.key, coalesce(m.merged_into, g."contactId") as "contactId", g.kind, g.at, g."productId", g."lessonId"
       from ${rowsGiven} left join contacts m on m.id = g."contactId" and m.merged_into is not null),
     -- Whoever becomes a customer meanwhile is waited for, in one order.
     people as materialized (
       select c.id, c.customer_since is not null and not c.is_test as is_customer from contacts c
       where c.account_id = ${accountId} and c.erased_at is null and c.id in (select "contactId" from given)
       order by c.id for share of c),
     known as (
       select g.*, p.id is not null as has_contact, g."productId" is null or r.id is not null as has_product from given g
         left join people p on p.id = g."contactId"
         left join products r on r.account_id = ${accountId} and r.id = g."productId"),
     added as (
       insert into activities (id, account_id, key, contact_id, kind, at, product_id, lesson_id)
       select id, ${accountId}::uuid, key, "contactId", kind, at, "productId", "lessonId" from known
       where has_contact and has_product order by key
       on conflict (account_id, key) do nothing returning *),
     ${moved(accountId)}, ${progressed(accountId)}
     select k.key, case when a.id is not null then 'recorded' when not k.has_contact then 'unknown_contact'
       when not k.has_product then 'unknown_product' else 'repeated' end as taken
     from known k left join added a on a.id = k.id`,
  );
  return new Map(rows.map(({ key, taken }) => [key, taken]));
}

const moved = (accountId: string): Sql => sql`
  moved as (
    insert into contact_activity as c (contact_id, account_id, last_login_at, last_other_at, is_customer)
    select a.contact_id, ${accountId}::uuid, max(a.at) filter (where a.kind = 'login'),
      max(a.at) filter (where a.kind <> 'login'), bool_and(p.is_customer)
    from added a join people p on p.id = a.contact_id group by a.contact_id order by a.contact_id
    ${KEEP_NEWEST})`;

/** Of `contact_activity as c`: what is older moves nothing back. */
export const KEEP_NEWEST = sql`on conflict (contact_id) do update set
  last_login_at = greatest(c.last_login_at, excluded.last_login_at),
  last_other_at = greatest(c.last_other_at, excluded.last_other_at)`;

const kindsAbout = (what: (typeof ABOUT)[ActivityKind]): string[] =>
  ACTIVITY_KINDS.filter((kind) => ABOUT[kind] === what);

const OF_PRODUCTS = [...kindsAbout('lesson'), ...kindsAbout('product')];
const COMPLETING: ActivityKind[] = ['lesson_completed', 'course_completed'];

const progressed = (accountId: string): Sql => sql`
  progressed as (
    insert into progress as p (contact_id, product_id, lesson_id, account_id, viewed_at, completed_at)
    select contact_id, product_id, coalesce(lesson_id, ''), ${accountId}::uuid, min(at),
      min(at) filter (where kind = any(${COMPLETING}))
    from added where kind = any(${OF_PRODUCTS}) and product_id is not null
    group by contact_id, product_id, coalesce(lesson_id, '') order by 1, 2, 3
    on conflict (contact_id, product_id, lesson_id) do update set
      viewed_at = least(p.viewed_at, excluded.viewed_at), completed_at = least(p.completed_at, excluded.completed_at))`;

/** What somebody did here and not at the product, just now. */
export async function recordOwn(
  em: EntityManager,
  { id: contactId, accountId }: Pick<Contact, 'id' | 'accountId'>,
  kind: ActivityKind,
  at: Instant,
): Promise<void> {
  const key = `perennial:${uuid()}`;
  await recordActivity(em, accountId, [{ key, contactId, kind, at, productId: null, lessonId: null }]);
}
