import { Migration } from '@mikro-orm/migrations';

/**
 * Receipts of payments and credit notes of refunds, numbered without gaps in each account. What was
 * paid before has its numbers in the order in which it was paid, and given back.
 */
export class Receipts extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

/** What has a number coming: its rows, by account and instant. */
const SOURCES = {
  receipt: {
    table: 'payments',
    coming: `select t.account_id, t.id as payment_id, null::text as refund_id, t.purchase_id, t.paid_at as at, t.id
      from %rows t where t.paid_at is not null and t.amount_minor > 0
        and not exists (select from receipts r where r.account_id = t.account_id and r.payment_id = t.id and r.kind = 'receipt')`,
  },
  credit_note: {
    table: 'refunds',
    coming: `select t.account_id, t.payment_id, t.id as refund_id, t.purchase_id, t.created_at as at, t.id
      from %rows t where t.status = 'succeeded'
        and not exists (select from receipts r where r.account_id = t.account_id and r.refund_id = t.id)`,
  },
} as const;

type Source = (typeof SOURCES)[keyof typeof SOURCES];

const comingFrom = ({ coming }: Source, rows: string): string => coming.replace('%rows', rows);

/**
 * The counter's row is locked from here to the end of the transaction: whatever else a record
 * changes has been changed by then, except by triggers whose names follow. Where a record has
 * payments of several accounts, their counters are locked in order.
 */
const numbering = ([kind, source]: [kind: string, source: Source]): string[] => [
  `create function number_${kind}s() returns trigger language plpgsql as $$
   declare
     one record;
     upto bigint;
   begin
     for one in select account_id, count(*) as count from (${comingFrom(source, 'after')}) coming group by 1 order by 1
     loop
       insert into receipt_counters as c (account_id, kind, last) values (one.account_id, '${kind}', one.count)
       on conflict (account_id, kind) do update set last = c.last + excluded.last returning last into upto;
       insert into receipts (account_id, kind, number, payment_id, refund_id, purchase_id, seller)
       select account_id, '${kind}', upto - one.count + row_number() over (order by at, id), payment_id, refund_id, purchase_id,
         (select case when coalesce(a.seller ->> 'address', a.seller ->> 'taxId', a.site ->> 'postalAddress') is not null
           then jsonb_build_object('name', coalesce(a.seller ->> 'name', a.name),
             'address', coalesce(a.seller ->> 'address', a.site ->> 'postalAddress'), 'taxId', a.seller ->> 'taxId') end
          from accounts a where a.id = one.account_id)
       from (${comingFrom(source, 'after')}) coming where account_id = one.account_id;
     end loop;
     return null;
   end $$`,
  ...['insert', 'update'].map(
    (event) => `create trigger ${source.table}_zz_numbered_on_${event} after ${event} on ${source.table}
     referencing new table as after for each statement execute function number_${kind}s()`,
  ),
];

const filling = ([kind, source]: [kind: string, source: Source]): string =>
  `insert into receipts (account_id, kind, number, payment_id, refund_id, purchase_id)
   select account_id, '${kind}', row_number() over (partition by account_id order by at, id), payment_id, refund_id, purchase_id
   from (${comingFrom(source, source.table)}) coming`;

const KINDS = Object.entries(SOURCES);

const STATEMENTS = [
  `alter table accounts add column seller jsonb not null default '{}'`,
  `create table receipt_counters (
     account_id uuid not null, kind text not null, last bigint not null, primary key (account_id, kind))`,
  `create table receipts (
     account_id uuid not null, kind text not null check (kind in ('receipt', 'credit_note')), number bigint not null,
     payment_id text not null, refund_id text, purchase_id uuid not null, seller jsonb, facts jsonb, pdf bytea,
     primary key (account_id, kind, number), check ((kind = 'credit_note') = (refund_id is not null)))`,
  'alter table receipts alter pdf set storage external',
  `create unique index receipts_of_payments on receipts (account_id, payment_id) where kind = 'receipt'`,
  'create unique index receipts_of_refunds on receipts (account_id, refund_id) where refund_id is not null',
  'create index receipts_by_purchase on receipts (purchase_id)',
  ...KINDS.map(filling),
  `insert into receipt_counters select account_id, kind, max(number) from receipts group by 1, 2`,
  ...KINDS.flatMap(numbering),
];
