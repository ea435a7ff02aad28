import { Migration } from '@mikro-orm/migrations';

/**
 * Whose an event is, decided by Stripe's objects and no longer by what their metadata says [R22.1], and on which Stripe account a purchase was sold.
 * What was sold on the platform's own account gets its routes when that account's id is read, since only Stripe knows it.
 */
export class StripeObjects extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table own_stripe_account (only_row boolean primary key default true check (only_row), stripe_account text not null)`,
  `create table stripe_objects (
    stripe_account text not null, object_id text not null, account_id uuid not null references accounts,
    purchase_id uuid not null references purchases, payment_id text, primary key (stripe_account, object_id)
  )`,
  `create index stripe_objects_by_purchase on stripe_objects (purchase_id)`,
  `alter table purchases add column stripe_account text`,
  `alter table inbox add column refs text[], add column points_at uuid`,
  `create index inbox_pointing on inbox (points_at) where state = 'unmatched'`,
  `create index inbox_unmatched on inbox (id) where state = 'unmatched'`,
  `update purchases p set stripe_account = a.stripe_account from accounts a
    where a.id = p.account_id and a.stripe_account is not null and p.origin = 'bought'`,
  `insert into stripe_objects (stripe_account, object_id, account_id, purchase_id)
    select p.stripe_account, p.stripe_subscription_id, p.account_id, p.id from purchases p
    where p.stripe_account is not null and p.stripe_subscription_id is not null
    union select p.stripe_account, c.stripe_session_id, p.account_id, p.id from checkouts c join purchases p on p.id = c.purchase_id
    where p.stripe_account is not null and c.stripe_session_id is not null
    on conflict do nothing`,
];
