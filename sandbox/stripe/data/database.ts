import type { DatabaseSync } from 'node:sqlite';
import { openSqlite } from '../../sqlite.ts';

const TABLES = `
  create table if not exists objects (
    seq integer primary key autoincrement,
    account text not null,
    id text not null,
    kind text not null,
    created integer not null,
    customer text,
    subscription text,
    invoice text,
    payment_intent text,
    charge text,
    label text,
    clock text not null default '',
    due_at integer,
    due_rank integer not null default 0,
    json text not null,
    unique (account, id)
  );
  create index if not exists objects_by_kind on objects (account, kind, created desc, seq desc);
  create index if not exists objects_by_customer on objects (account, kind, customer) where customer is not null;
  create index if not exists objects_by_subscription on objects (account, kind, subscription) where subscription is not null;
  create index if not exists objects_by_invoice on objects (account, kind, invoice) where invoice is not null;
  create index if not exists objects_by_intent on objects (account, kind, payment_intent) where payment_intent is not null;
  create index if not exists objects_by_charge on objects (account, kind, charge) where charge is not null;
  create index if not exists objects_by_clock on objects (account, clock, kind) where clock <> '';
  create index if not exists objects_due on objects (clock, due_at) where due_at is not null;
  create table if not exists idempotency (
    account text not null, key text not null, fingerprint text not null, status integer not null, body text not null,
    request_id text not null, stored_at_ms integer not null, primary key (account, key)
  );
  create index if not exists idempotency_age on idempotency (stored_at_ms);
  create table if not exists deliveries (
    id integer primary key autoincrement,
    account text not null, event text not null, endpoint_account text not null, endpoint text not null,
    attempts integer not null default 0, next_at_ms integer not null, first_at_ms integer not null, state text not null default 'pending'
  );
  create index if not exists deliveries_due on deliveries (next_at_ms) where state = 'pending';
  create index if not exists deliveries_by_event on deliveries (event);
  create table if not exists settings (account text primary key, json text not null);
`;

/** Opens (or makes) the stand-in's file. */
export function openDatabase(dataDir: string): DatabaseSync {
  return openSqlite(dataDir, 'stripe-books.sqlite', TABLES);
}
