import { Migration } from '@mikro-orm/migrations';

/**
 * Purchases are compared with Stripe, and our data with itself: how far each run has come, and what
 * differs.
 */
export class Reconciliation extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table reconciliation_runs (
     id uuid primary key,
     kind text not null check (kind in ('purchases', 'stripe', 'own_data')),
     account_id uuid references accounts,
     stripe_account text,
     position text,
     checked integer not null default 0,
     total integer,
     created_at timestamptz not null,
     ended_at timestamptz)`,
  `create unique index reconciliation_runs_going_on on reconciliation_runs (kind, coalesce(account_id::text, stripe_account, '')) where ended_at is null`,
  `create index reconciliation_runs_of_account on reconciliation_runs (account_id, created_at desc, id desc)`,
  `create index reconciliation_runs_last on reconciliation_runs (kind, created_at desc)`,
  `create table differences (
     id uuid primary key,
     account_id uuid not null references accounts,
     purchase_id uuid references purchases,
     kind text not null,
     object_id text not null,
     severity text not null,
     here jsonb,
     there jsonb,
     cause text,
     state text not null check (state in ('suspected', 'open', 'repairing', 'mended', 'dismissed')),
     created_at timestamptz not null,
     looked_at timestamptz not null,
     ended_at timestamptz,
     actor jsonb,
     note text)`,
  `create unique index differences_standing on differences (account_id, kind, object_id) where ended_at is null`,
  `create index differences_of_account on differences (account_id, state, created_at desc, id desc)`,
  `create index differences_listed on differences (account_id, created_at desc, id desc)`,
  `create index differences_to_look_at on differences (looked_at) where state in ('suspected', 'repairing')`,
  `create index differences_of_purchase on differences (purchase_id) where ended_at is null`,
];
