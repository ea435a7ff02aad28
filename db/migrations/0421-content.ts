import { Migration } from '@mikro-orm/migrations';

/** What accounts have that quotas count: registered content, and how many of each, kept by triggers. */
export class Content extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const TABLES = [
  `create table content (
     id uuid primary key, account_id uuid not null references accounts, kind text not null, key text not null,
     name text, url text, archived_at timestamptz, created_at timestamptz not null,
     unique (account_id, kind, key))`,
  'create index content_list on content (account_id, kind, created_at desc, id desc)',
  'alter table products add column archived_by_quota boolean not null default false',
  'create table quota_uses (account_id uuid not null, quota text not null, used int not null, primary key (account_id, quota))',
];

/** What counts for which quota, by the table that it is in; operators may have no account. */
const COUNTED = [
  { table: 'products', quota: `'products'`, counts: 'archived_at is null' },
  { table: 'admins', quota: `'admins'`, counts: 'removed_at is null and account_id is not null' },
  { table: 'content', quota: `kind || 's'`, counts: 'archived_at is null' },
];

const CHANGES = [
  { event: 'insert', names: 'new table as after', rows: 'select 1 as sign, * from after' },
  { event: 'delete', names: 'old table as before', rows: 'select -1 as sign, * from before' },
  {
    event: 'update',
    names: 'old table as before new table as after',
    rows: 'select 1 as sign, * from after union all select -1 as sign, * from before',
  },
];

/** The counter's row stays locked to the end of the transaction: the last one of a quota is taken by one. */
const kept = ({ table, quota, counts }: (typeof COUNTED)[number]): string[] =>
  CHANGES.flatMap(({ event, names, rows }) => [
    `create function count_${table}_on_${event}() returns trigger language plpgsql as $$
     begin
       insert into quota_uses as u (account_id, quota, used)
       select account_id, ${quota}, sum(sign) from (${rows}) changed where ${counts}
       group by 1, 2 having sum(sign) <> 0 order by 1, 2
       on conflict (account_id, quota) do update set used = u.used + excluded.used;
       return null;
     end $$`,
    `create trigger ${table}_counted_on_${event} after ${event} on ${table} referencing ${names}
     for each statement execute function count_${table}_on_${event}()`,
  ]);

const present = ({ table, quota, counts }: (typeof COUNTED)[number]): string =>
  `insert into quota_uses (account_id, quota, used)
   select account_id, ${quota}, count(*) from ${table} where ${counts} group by 1, 2 order by 1, 2`;

const STATEMENTS = [...TABLES, ...COUNTED.flatMap(kept), ...COUNTED.map(present)];
