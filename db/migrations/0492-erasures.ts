import { Migration } from '@mikro-orm/migrations';

/** People are erased: what they are called goes, and lists and counts leave them out. */
export class Erasures extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const FIGURES = `
  sum(sign)::int as contacts, coalesce(sum(sign) filter (where customer_since is not null), 0)::int as customers,
  coalesce(sum(sign) filter (where marketing_status = 'subscribed'), 0)::int as subscribed`;

const CHANGES = {
  insert: 'select 1 as sign, * from after',
  delete: 'select -1 as sign, * from before',
  update: 'select 1 as sign, * from after union all select -1 as sign, * from before',
};

/** As migration 0120 has it, of those who are not erased. */
const counted = ([event, rows]: [event: string, rows: string]): string =>
  `create or replace function count_contacts_on_${event}() returns trigger language plpgsql as $$
  declare change record;
  begin
    for change in
      select * from (select account_id, ${FIGURES} from (${rows}) changed where erased_at is null group by account_id) summed
      where (contacts, customers, subscribed) <> (0, 0, 0)
    loop
      update contact_counts c set contacts = c.contacts + change.contacts, customers = c.customers + change.customers,
        subscribed = c.subscribed + change.subscribed
      where id = (select id from contact_counts where account_id = change.account_id order by id limit 1 for update skip locked);
      if not found then
        insert into contact_counts (account_id, contacts, customers, subscribed)
        values (change.account_id, change.contacts, change.customers, change.subscribed);
      end if;
    end loop;
    return null;
  end $$`;

const STATEMENTS = [
  'alter table contacts add column erased_at timestamptz',
  ...Object.entries(CHANGES).map(counted),
  `create table erasures (
     contact_id uuid primary key references contacts,
     account_id uuid not null references accounts,
     job_id uuid not null references jobs,
     state text not null check (state in ('canceling', 'done', 'came_back')),
     created_at timestamptz not null,
     asked_at timestamptz not null default now(),
     ended_at timestamptz)`,
  `create index erasures_going_on on erasures (asked_at) where state = 'canceling'`,
  `create table forgotten_addresses (
     account_id uuid not null references accounts,
     address_hash text not null,
     reason text not null,
     created_at timestamptz not null,
     primary key (account_id, address_hash))`,
];
