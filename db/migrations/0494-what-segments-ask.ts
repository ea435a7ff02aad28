import { Migration } from '@mikro-orm/migrations';

/**
 * What segments ask of contacts and no index could answer: kept by triggers with every change of what it is made of, in rows
 * of their own, so that a segment's members are always those of this moment.
 */
export class WhatSegmentsAsk extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

/** A field's value without regard to case; a number as such besides. */
const FIELD_VALUES = [
  `create table contact_field_values (
     contact_id uuid not null references contacts on delete cascade, field_id uuid not null references contact_fields on delete cascade,
     folded text collate "C" not null, number numeric, primary key (contact_id, field_id))`,
  'create index contact_field_values_by_text on contact_field_values (field_id, folded) include (contact_id)',
  'create index contact_field_values_by_number on contact_field_values (field_id, number) include (contact_id) where number is not null',
  'create index contact_field_values_by_part on contact_field_values using gin (field_id, folded gin_trgm_ops)',
  `create function put_field_values(of uuid, account uuid, given jsonb) returns void language sql as $$
     insert into contact_field_values (contact_id, field_id, folded, number)
     select of, f.id, lower(given ->> f.id::text), case when f.kind = 'number' then (given ->> f.id::text)::numeric end
     from contact_fields f where f.account_id = account and given ? f.id::text and given -> f.id::text <> 'null' $$`,
  `create function keep_field_values() returns trigger language plpgsql as $$
   begin
     delete from contact_field_values where contact_id = new.id;
     perform put_field_values(new.id, new.account_id, new.fields);
     return null;
   end $$`,
  `create trigger contact_fields_kept_on_insert after insert on contacts for each row
     when (new.fields <> '{}') execute function keep_field_values()`,
  `create trigger contact_fields_kept_on_update after update of fields on contacts for each row
     when (new.fields is distinct from old.fields) execute function keep_field_values()`,
  `select put_field_values(id, account_id, fields) from contacts where fields <> '{}'`,
];

const PAID = 'sum(sign * (amount_minor - refunded_minor))';

const CHANGES = {
  insert: { names: 'new table as after', rows: 'select 1 as sign, * from after' },
  delete: { names: 'old table as before', rows: 'select -1 as sign, * from before' },
  update: {
    names: 'old table as before new table as after',
    rows: 'select 1 as sign, * from after union all select -1 as sign, * from before',
  },
};

/** In one order, so that two who pay at once wait and never block each other. */
const spent = ([event, { names, rows }]: [event: string, of: { names: string; rows: string }]): string[] => [
  `create function sum_spent_on_${event}() returns trigger language plpgsql as $$
   begin
     insert into contact_spent as s (contact_id, account_id, currency, minor)
     select contact_id, account_id, currency, ${PAID} from (${rows}) changed where paid_at is not null
     group by contact_id, account_id, currency having ${PAID} <> 0 order by contact_id, currency
     on conflict (contact_id, currency) do update set minor = s.minor + excluded.minor;
     return null;
   end $$`,
  `create trigger payments_summed_on_${event} after ${event} on payments referencing ${names}
     for each statement execute function sum_spent_on_${event}()`,
];

/** What a contact has paid in a currency, less what it got back. */
const SPENT = [
  `create table contact_spent (
     contact_id uuid not null references contacts on delete cascade, account_id uuid not null, currency text not null,
     minor bigint not null, primary key (contact_id, currency))`,
  'create index contact_spent_by_sum on contact_spent (account_id, currency, minor) include (contact_id)',
  ...Object.entries(CHANGES).flatMap(spent),
  `insert into contact_spent (contact_id, account_id, currency, minor)
   select contact_id, account_id, currency, sum(amount_minor - refunded_minor) from payments where paid_at is not null
   group by contact_id, account_id, currency`,
];

/** Sessions live by real time, accounts by their clock. */
const NOW =
  'select coalesce(a.clock_step, a.clock_at, now()) from contacts c join accounts a on a.id = c.account_id where c.id = new.contact_id';

const seen = (table: string, at: string, when: string): string =>
  `create trigger ${table}_show_activity after insert on ${table} for each row when (${when}) execute function keep_activity('${at}')`;

/** When a contact last did something by itself: logged in, began to buy, agreed to news or left them. */
const ACTIVITY = [
  `create table contact_activity (
     contact_id uuid primary key references contacts on delete cascade, account_id uuid not null, last_at timestamptz not null)`,
  'create index contact_activity_latest on contact_activity (account_id, last_at) include (contact_id)',
  `create function keep_activity() returns trigger language plpgsql as $$
   declare at timestamptz;
   begin
     at := case tg_argv[0] when 'now' then (${NOW}) else (to_jsonb(new) ->> tg_argv[0])::timestamptz end;
     insert into contact_activity as a (contact_id, account_id, last_at)
     select c.id, c.account_id, at from contacts c where c.id = new.contact_id
     on conflict (contact_id) do update set last_at = excluded.last_at where a.last_at < excluded.last_at;
     return null;
   end $$`,
  seen('sessions', 'now', 'new.contact_id is not null'),
  seen('checkouts', 'created_at', 'true'),
  seen('consents', 'at', `new.actor ->> 'kind' = 'customer'`),
  `insert into contact_activity (contact_id, account_id, last_at)
   select contact_id, account_id, max(at) from (
     select s.contact_id, c.account_id, s.created_at as at from sessions s join contacts c on c.id = s.contact_id
     union all select contact_id, account_id, created_at from checkouts
     union all select contact_id, account_id, at from consents where actor ->> 'kind' = 'customer'
   ) known group by contact_id, account_id`,
];

/** Whom a purchase belongs to, and what of it is asked, in the index alone. */
const PURCHASES = [
  'drop index purchases_by_contact, purchases_by_offer, purchase_products_by_product',
  `create index purchases_by_contact on purchases (contact_id, started_at desc, id desc)
     include (account_id, offer_id, billing_status, access_status)`,
  `create index purchases_by_offer on purchases (account_id, offer_id, started_at desc, id desc)
     include (is_live, access_status, billing_status, contact_id) where started_at is not null`,
  `create index purchase_products_by_product on purchase_products (account_id, product_id)
     include (purchase_id, open, starts_at, until, contact_id)`,
];

const STATEMENTS = [...FIELD_VALUES, ...SPENT, ...ACTIVITY, ...PURCHASES];
