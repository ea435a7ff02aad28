import { Migration } from '@mikro-orm/migrations';

/** What the ledger says of each credit, as lists are sought in; written with the ledger. */
export class CreditRows extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table credits (
     id text primary key, account_id uuid not null references accounts, purchase_id uuid not null references purchases,
     contact_id uuid not null, state text not null, issued_at timestamptz not null, expires_at timestamptz not null,
     check (state in ('available', 'held', 'spent', 'expired', 'forfeited')))`,
  'create index credits_list on credits (account_id, expires_at, id) include (state)',
  'create index credits_of_contact on credits (account_id, contact_id, expires_at, id)',
  'create index credits_of_purchase on credits (purchase_id, expires_at, id)',
  'drop index credit_entries_list',
  `insert into credits (id, account_id, purchase_id, contact_id, state, issued_at, expires_at)
     select e.purchase_id || ':' || e.credit, e.account_id, e.purchase_id, p.contact_id,
       case last.kind when 'issued' then 'available' when 'returned' then 'available' when 'redeemed' then 'held' else last.kind end,
       e.at, coalesce(longest.expires_at, e.expires_at)
     from credit_entries e join purchases p on p.id = e.purchase_id
       cross join lateral (select kind from credit_entries l where l.purchase_id = e.purchase_id and l.credit = e.credit
         order by l.revision desc, l.position desc limit 1) last
       cross join lateral (select max(l.expires_at) as expires_at from credit_entries l
         where l.purchase_id = e.purchase_id and l.credit = e.credit) longest
     where e.kind = 'issued'`,
];
