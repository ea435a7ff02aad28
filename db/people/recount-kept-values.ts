import type { EntityManager } from '@mikro-orm/postgresql';
import { query, run, sql } from '../sql.ts';

/**
 * Adds up anew what each contact has spent; returns of how many the kept sums were wrong. Every
 * transaction changes payments and sums together, so one statement sees how far they are apart,
 * whoever writes meanwhile, and adds that much.
 */
export function recountSpent(em: EntityManager): Promise<number> {
  return em.transactional(async (tx) => {
    // Keeps out another recount, which would add the same once more, and none of those who write.
    await run(tx, sql`lock table contact_spent in share update exclusive mode`);
    const apart = await run(tx, SPENT_APART);
    await run(tx, PAID_AFTER_ALL);
    return apart + (await run(tx, WITHOUT_ROW));
  });
}

const SPENT_APART = sql`
  insert into contact_spent as s (contact_id, account_id, currency, minor)
  select contact_id, account_id, currency, sum(minor) from (
    select contact_id, account_id, currency, amount_minor - refunded_minor as minor from payments where paid_at is not null
    union all
    select contact_id, account_id, currency, -minor from contact_spent
  ) apart
  group by contact_id, account_id, currency having sum(minor) <> 0 order by contact_id, currency
  on conflict (contact_id, currency) do update set minor = s.minor + excluded.minor`;

const PAID_AFTER_ALL = sql`
  delete from contact_spent n where n.currency = ''
    and exists (select from contact_spent s where s.contact_id = n.contact_id and s.currency > '')`;

/** Whoever has never paid has a row that says so. */
const WITHOUT_ROW = sql`
  insert into contact_spent (contact_id, account_id, currency, minor)
  select id, account_id, '', 0 from contacts c
  where c.merged_into is null and not exists (select from contact_spent s where s.contact_id = c.id)
  order by id on conflict do nothing`;

/**
 * Writes anew what segments read of own fields, of the contacts of whom it is not what the contact
 * says; returns of how many.
 */
export async function rewriteFieldValues(em: EntityManager): Promise<number> {
  const wrong = await query<{ id: string }>(em, OTHERWISE);
  for (const { id } of wrong) await rewriteOne(em, id);
  return wrong.length;
}

const rewriteOne = (em: EntityManager, id: string): Promise<void> =>
  em.transactional(async (tx) => {
    // Whoever changes the fields meanwhile has them written as well.
    await run(tx, sql`select from contacts where id = ${id} for update`);
    await run(tx, sql`delete from contact_field_values where contact_id = ${id}`);
    await run(tx, sql`select put_field_values(id, account_id, fields) from contacts where id = ${id}`);
  });

const OTHERWISE = sql`
  with said as materialized (
    select c.id as contact_id, f.id as field_id, lower(c.fields ->> f.id::text) as folded,
      case when f.kind = 'number' then (c.fields ->> f.id::text)::numeric end as number
    from contacts c join contact_fields f on f.account_id = c.account_id and c.fields ? f.id::text
    where c.fields <> '{}' and c.fields -> f.id::text <> 'null'),
  kept as materialized (select contact_id, field_id, folded, number from contact_field_values)
  select distinct contact_id as id from (
    (table said except table kept) union all (table kept except table said)) otherwise order by 1`;
