import { Migration } from '@mikro-orm/migrations';

/** How many contacts each default segment of an account has, kept by triggers with every change of them. */
export class ContactCounts extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

/** Rows are taken by their transactions and not by name, so an account has as many as were ever needed at one time. */
const TABLE = `
  create table contact_counts (
    id bigint generated always as identity primary key, account_id uuid not null,
    contacts int not null, customers int not null, subscribed int not null
  ) with (fillfactor = 50)`;

const FIGURES = `
  sum(sign)::int as contacts, coalesce(sum(sign) filter (where customer_since is not null), 0)::int as customers,
  coalesce(sum(sign) filter (where marketing_status = 'subscribed'), 0)::int as subscribed`;

const CHANGES = [
  { event: 'insert', names: 'new table as after', rows: 'select 1 as sign, * from after' },
  { event: 'delete', names: 'old table as before', rows: 'select -1 as sign, * from before' },
  {
    event: 'update',
    names: 'old table as before new table as after',
    rows: 'select 1 as sign, * from after union all select -1 as sign, * from before',
  },
];

/** A row that another transaction holds is passed over, so that nobody ever waits for one, and none can be part of a deadlock. */
const kept = ({ event, names, rows }: (typeof CHANGES)[number]): string[] => [
  `create function count_contacts_on_${event}() returns trigger language plpgsql as $$
  declare change record;
  begin
    for change in
      select * from (select account_id, ${FIGURES} from (${rows}) changed group by account_id) summed
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
  end $$`,
  `create trigger contacts_counted_on_${event} after ${event} on contacts referencing ${names}
   for each statement execute function count_contacts_on_${event}()`,
];

const STATEMENTS = [
  TABLE,
  'create index contact_counts_by_account on contact_counts (account_id)',
  ...CHANGES.flatMap(kept),
  `insert into contact_counts (account_id, contacts, customers, subscribed)
   select account_id, ${FIGURES} from (select 1 as sign, * from contacts) present group by account_id order by account_id`,
];
