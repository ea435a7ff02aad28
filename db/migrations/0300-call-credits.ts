import { Migration } from '@mikro-orm/migrations';

/** What offers give of call credits and office hours, and the ledger of what became of each credit. */
export class CallCredits extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  'alter table offers add column credits jsonb, add column office_hours boolean not null default false',
  `create table credit_entries (
     purchase_id uuid not null references purchases, revision int not null, position int not null, account_id uuid not null,
     credit int not null, kind text not null, at timestamptz not null, expires_at timestamptz, call_id uuid, command_id uuid,
     primary key (purchase_id, revision, position),
     check (kind in ('issued', 'redeemed', 'returned', 'spent', 'expired', 'forfeited')))`,
  `create unique index credit_entries_issued_once on credit_entries (purchase_id, credit) where kind = 'issued'`,
  `create unique index credit_entries_ended_once on credit_entries (purchase_id, credit) where kind in ('spent', 'expired', 'forfeited')`,
  `create index credit_entries_list on credit_entries (account_id, at desc, purchase_id, credit) where kind = 'issued'`,
  `create function refuse_change_of_credit_entry() returns trigger language plpgsql as $$
     begin raise exception 'the ledger of credits is only added to'; end $$`,
  `create trigger credit_entries_kept before update or delete on credit_entries
     for each row execute function refuse_change_of_credit_entry()`,
];
