import { Migration } from '@mikro-orm/migrations';

/**
 * What we have made at Stripe is kept per Stripe account: an account that sells on another one from
 * now on needs new customers, prices and codes there, and what it sold before goes on using the old
 * ones. `''` is the platform's own account as long as its name was never read.
 */
export class PerStripeAccount extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const OF_ACCOUNT = `coalesce(a.stripe_account, (select stripe_account from own_stripe_account), '')`;

const STATEMENTS = [
  `create table stripe_customers (
     account_id uuid not null references accounts,
     holder_id uuid not null,
     stripe_account text not null,
     contact_id uuid not null references contacts,
     stripe_customer_id text,
     stripe_clock_id text,
     primary key (account_id, holder_id, stripe_account))`,
  `create index stripe_customers_by_contact on stripe_customers (contact_id)`,
  `create unique index stripe_customers_at_stripe on stripe_customers (stripe_account, stripe_customer_id)
     where stripe_customer_id is not null`,
  `insert into stripe_customers
     select c.account_id, c.id, ${OF_ACCOUNT}, c.id, c.stripe_customer_id, c.stripe_clock_id
     from contacts c join accounts a on a.id = c.account_id
     where c.stripe_customer_id is not null or c.stripe_clock_id is not null
     union all
     select c.account_id, c.for_account_id, ${OF_ACCOUNT}, c.contact_id, c.stripe_customer_id, c.stripe_clock_id
     from account_customers c join accounts a on a.id = c.account_id`,
  `drop table account_customers`,
  `drop index contacts_stripe_customer`,
  `alter table contacts drop column stripe_customer_id, drop column stripe_clock_id`,
  `create table stripe_prices (
     offer_id uuid not null references offers,
     stripe_account text not null,
     account_id uuid not null references accounts,
     stripe_product_id text not null,
     stripe_price_id text not null,
     stripe_fee_price_id text,
     primary key (offer_id, stripe_account))`,
  `create index stripe_prices_of_account on stripe_prices (account_id, stripe_account)`,
  `create index stripe_prices_at_stripe on stripe_prices (stripe_account, stripe_price_id)`,
  `insert into stripe_prices
     select o.id, ${OF_ACCOUNT}, o.account_id, o.stripe_product_id, o.stripe_price_id, o.stripe_fee_price_id
     from offers o join accounts a on a.id = o.account_id
     where o.stripe_product_id is not null and o.stripe_price_id is not null`,
  `alter table offers drop column stripe_product_id, drop column stripe_price_id, drop column stripe_fee_price_id`,
  `create table stripe_promotions (
     promotion_code_id uuid not null references promotion_codes,
     stripe_account text not null,
     account_id uuid not null references accounts,
     stripe_coupon_id text not null,
     stripe_promotion_id text not null,
     primary key (promotion_code_id, stripe_account))`,
  `insert into stripe_promotions
     select c.id, ${OF_ACCOUNT}, c.account_id, c.stripe_coupon_id, c.stripe_promotion_id
     from promotion_codes c join accounts a on a.id = c.account_id
     where c.stripe_coupon_id is not null and c.stripe_promotion_id is not null`,
  `alter table promotion_codes drop column stripe_coupon_id, drop column stripe_promotion_id`,
  `alter table differences add column stripe_account text`,
];
