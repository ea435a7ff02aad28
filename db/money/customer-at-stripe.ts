import type { EntityManager } from '@mikro-orm/postgresql';
import { holderIdOf, type Holder } from '../purchase/holder.ts';
import { query, run, sql, type Sql } from '../sql.ts';
import { asCalled, isReached, nameOf, SOLD_ON } from './stripe-account.ts';

/** Who is charged at Stripe, and in a test account the clock that they live by there. */
export type CustomerAtStripe = { customerId: string | null; clockId: string | null };

const NOBODY_YET: CustomerAtStripe = { customerId: null, clockId: null };

/** The customer of a holder in one Stripe account; `stripeAccount` null = the platform's own. */
export async function customerAtStripe(
  em: EntityManager,
  holder: Holder,
  stripeAccount: string | null,
): Promise<CustomerAtStripe> {
  const [found] = await query<CustomerAtStripe>(
    em,
    sql`select stripe_customer_id as "customerId", stripe_clock_id as "clockId" from stripe_customers
     where account_id = ${holder.contact.accountId} and holder_id = ${holderIdOf(holder)}
       and stripe_account = ${nameOf(stripeAccount)}`,
  );
  return found ?? NOBODY_YET;
}

/** Keeps what was made there; what is left out stays. */
export const keepAtStripe = (
  em: EntityManager,
  holder: Holder,
  stripeAccount: string | null,
  { customerId = null, clockId = null }: Partial<CustomerAtStripe>,
): Promise<unknown> =>
  run(
    em,
    sql`insert into stripe_customers as c (account_id, holder_id, stripe_account, contact_id, stripe_customer_id, stripe_clock_id)
     values (${holder.contact.accountId}, ${holderIdOf(holder)}, ${nameOf(stripeAccount)}, ${holder.contact.id}, ${customerId}, ${clockId})
     on conflict (account_id, holder_id, stripe_account) do update set contact_id = excluded.contact_id,
       stripe_customer_id = coalesce(excluded.stripe_customer_id, c.stripe_customer_id),
       stripe_clock_id = coalesce(excluded.stripe_clock_id, c.stripe_clock_id)`,
  );

/** Whom a purchase is charged to, in the Stripe account that it was sold on; null = nobody yet. */
export async function customerOfPurchase(em: EntityManager, purchaseId: string): Promise<string | null> {
  const [found] = await query<{ id: string | null }>(
    em,
    sql`select c.stripe_customer_id as id from purchases p join accounts a on a.id = p.account_id
       join stripe_customers c on c.account_id = p.account_id and c.holder_id = coalesce(p.sold_to, p.holder_id)
         and c.stripe_account = ${SOLD_ON}
     where p.id = ${purchaseId}`,
  );
  return found?.id ?? null;
}

/** Whether a column is a contact, or one that was merged into it. */
export const isOf = (column: Sql, contactId: string): Sql =>
  sql`(${column} = ${contactId} or ${column} in (select id from contacts where merged_into = ${contactId}))`;

export type CustomerIn = { customerId: string; stripeAccount: string | null };

/**
 * A contact's own customers, and those of whoever was merged into it; first the one where its
 * account sells now.
 */
export const customersOf = (
  em: EntityManager,
  { id, accountId }: { id: string; accountId: string },
): Promise<CustomerIn[]> =>
  query<CustomerIn>(
    em,
    sql`select c.stripe_customer_id as "customerId", ${asCalled(sql`c.stripe_account`)} as "stripeAccount"
     from stripe_customers c join accounts a on a.id = c.account_id
     where c.account_id = ${accountId} and ${isOf(sql`c.holder_id`, id)} and c.stripe_customer_id is not null
       and ${isReached(sql`c.stripe_account`)}
     order by ${asCalled(sql`c.stripe_account`)} is not distinct from ${asCalled(sql`a.stripe_account`)} desc,
       c.holder_id = ${id} desc, c.stripe_account, c.holder_id`,
  );
