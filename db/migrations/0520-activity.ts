import { Migration } from '@mikro-orm/migrations';

/** What people do, the newest of it for each, how far they are in what they bought, and the active ones by day. */
export class Activity extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table activities (
     id uuid primary key, account_id uuid not null references accounts, key text not null,
     contact_id uuid not null references contacts on delete cascade, kind text not null, at timestamptz not null,
     product_id uuid references products, lesson_id text, unique (account_id, key))`,
  'create index activities_of_contact on activities (contact_id, at desc, id desc)',
  // What 0494 kept was another thing: beginning to buy counted, and a login was not told apart.
  ...['sessions', 'checkouts', 'consents'].map((table) => `drop trigger ${table}_show_activity on ${table}`),
  'drop function keep_activity',
  'drop table contact_activity',
  `create table contact_activity (
     contact_id uuid primary key references contacts on delete cascade, account_id uuid not null references accounts,
     last_login_at timestamptz, last_other_at timestamptz, is_customer boolean not null,
     last_at timestamptz generated always as (greatest(last_login_at, last_other_at)) stored,
     active_until timestamptz generated always as (
       case when last_login_at is not null and last_other_at is not null then
         (least(last_login_at, last_other_at) at time zone 'UTC' + interval '30 days') at time zone 'UTC' end) stored)`,
  'create index contact_activity_latest on contact_activity (account_id, last_at) include (contact_id)',
  'create index contact_activity_active on contact_activity (account_id, active_until) where is_customer',
  `insert into contact_activity (contact_id, account_id, last_login_at, last_other_at, is_customer)
   select c.id, c.account_id, s.at, p.at, c.customer_since is not null from contacts c
     left join (select contact_id, max(created_at) as at from sessions group by contact_id) s on s.contact_id = c.id
     left join (select contact_id, max(started_at) as at from purchases where origin = 'bought' group by contact_id) p
       on p.contact_id = c.id
   where c.erased_at is null and (s.at is not null or p.at is not null)`,
  `create table progress (
     contact_id uuid not null references contacts on delete cascade, product_id uuid not null references products,
     lesson_id text not null,
     account_id uuid not null references accounts, viewed_at timestamptz not null, completed_at timestamptz,
     primary key (contact_id, product_id, lesson_id))`,
  `create table account_usage (
     account_id uuid not null references accounts, day date not null, at timestamptz not null,
     active_customers integer not null, active_limit integer, primary key (account_id, day))`,
  `create function keep_customer_of_activity() returns trigger language plpgsql as $$
   begin
     update contact_activity set is_customer = new.customer_since is not null and new.erased_at is null
       where contact_id = new.id;
     return null;
   end $$`,
  `create trigger contact_activity_customers after update of customer_since, erased_at on contacts for each row
     when (old.customer_since is distinct from new.customer_since or old.erased_at is distinct from new.erased_at)
     execute function keep_customer_of_activity()`,
];
