import { Migration } from '@mikro-orm/migrations';

/** Test customers, who count nowhere, and who looks at the pages of a customer as that customer. */
export class TestCustomers extends Migration {
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

/** As migration 0492 has it, without test customers. */
const counted = ([event, rows]: [event: string, rows: string]): string =>
  `create or replace function count_contacts_on_${event}() returns trigger language plpgsql as $$
  declare change record;
  begin
    for change in
      select * from (select account_id, ${FIGURES} from (${rows}) changed
        where erased_at is null and not is_test group by account_id) summed
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
  'alter table contacts add column is_test boolean not null default false',
  'create index contacts_test on contacts (account_id) where is_test',
  ...Object.entries(CHANGES).map(counted),
  `create or replace function keep_customer_of_activity() returns trigger language plpgsql as $$
   begin
     update contact_activity set is_customer = new.customer_since is not null and new.erased_at is null and not new.is_test
       where contact_id = new.id;
     return null;
   end $$`,
  `create table previews (
     id uuid primary key, account_id uuid not null references accounts, contact_id uuid not null references contacts,
     actor jsonb not null, created_at timestamptz not null, ends_at timestamptz not null)`,
  'create index previews_of_contact on previews (contact_id, created_at desc)',
  'alter table sessions add column preview_id uuid references previews on delete cascade',
];
