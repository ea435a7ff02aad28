import { Migration } from '@mikro-orm/migrations';

/**
 * Purchases that are for an account, and its customers at Stripe. `holder_id` is who has a
 * purchase: the account that it is for, else its contact. The account may not be there yet: one
 * that signs up is made when its plan is paid, under the id that its checkout names.
 */
export class ForAccounts extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const HOLDER = `add column for_account_id uuid,
  add column holder_id uuid not null generated always as (coalesce(for_account_id, contact_id)) stored`;

const STATEMENTS = [
  `alter table purchases ${HOLDER}`,
  `create index purchases_by_holder on purchases (holder_id)`,
  `drop index purchases_one_live`,
  `create unique index purchases_one_live on purchases (holder_id, offer_id)
    where is_live and duplicate_of is null and origin = 'bought' and offer_changed_at is null`,
  `drop index purchases_one_live_of_group`,
  `create unique index purchases_one_live_of_group on purchases (holder_id, group_name)
    where is_live and duplicate_of is null and origin = 'bought' and group_name is not null`,
  `drop index purchases_depending`,
  `create index purchases_depending on purchases (holder_id) where requires <> '{}'`,
  `alter table checkouts ${HOLDER}`,
  `drop index checkouts_one_open`,
  `create unique index checkouts_one_open on checkouts (holder_id, offer_id) where state = 'open'`,
  `drop index checkouts_by_promotion_code`,
  `create index checkouts_by_promotion_code on checkouts (promotion_code_id, holder_id) where promotion_code_id is not null`,
  `create table account_customers (
    account_id uuid not null references accounts, for_account_id uuid not null, contact_id uuid not null references contacts,
    stripe_customer_id text, stripe_clock_id text, primary key (account_id, for_account_id))`,
  `create index account_customers_by_contact on account_customers (contact_id)`,
  `create unique index account_customers_stripe_customer on account_customers (stripe_customer_id) where stripe_customer_id is not null`,
  `drop index contacts_stripe_sync`,
  `create index contacts_stripe_sync on contacts (stripe_sync_at) where stripe_sync_at is not null`,
];
