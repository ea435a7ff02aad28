import type { EntityManager } from '@mikro-orm/postgresql';
import type { CustomerIn } from '../money/customer-at-stripe.ts';
import { asCalled, isReached } from '../money/stripe-account.ts';
import { query, run, sql } from '../sql.ts';

/** A contact whose address or name Stripe does not know yet. */
export type ChangedContact = {
  id: string;
  email: string;
  name: string | null;
  /** Its own, and those of accounts that it owns. */
  customers: CustomerIn[];
};

const MOST = sql.lit(100);

const CUSTOMERS = sql`(
  select jsonb_agg(jsonb_build_object('customerId', s.stripe_customer_id, 'stripeAccount', ${asCalled(sql`s.stripe_account`)})
    order by s.stripe_account, s.holder_id)
  from stripe_customers s where s.contact_id = c.id and s.stripe_customer_id is not null and ${isReached(sql`s.stripe_account`)})`;

/**
 * Has Stripe told of what a contact is called now, soon after this transaction [R22.7]. A customer
 * that is made meanwhile may have been made of the old.
 */
export const tellStripe = (tx: EntityManager, contactId: string): Promise<unknown> =>
  run(tx, sql`update contacts set stripe_sync_at = now() where id = ${contactId}`);

/**
 * Contacts to tell Stripe of; each is left to whoever took it for a minute, and is then found
 * again.
 */
export const takeChangedContacts = (em: EntityManager): Promise<ChangedContact[]> =>
  query(
    em,
    sql`update contacts c set stripe_sync_at = now() + interval '1 minute'
     where c.id in (
       select x.id from contacts x where x.stripe_sync_at <= now()
         and exists (select from stripe_customers s where s.contact_id = x.id and s.stripe_customer_id is not null
           and ${isReached(sql`s.stripe_account`)})
       order by x.stripe_sync_at limit ${MOST} for update of x skip locked)
     returning c.id, c.email, c.name, ${CUSTOMERS} as customers`,
  );

/** Stripe knows this; what was changed since is told as well. */
export const keepTold = (em: EntityManager, { id, email, name }: ChangedContact): Promise<unknown> =>
  run(
    em,
    sql`update contacts set stripe_sync_at = case when email = ${email} and name is not distinct from ${name} then null else now() end
     where id = ${id}`,
  );

/**
 * Stripe will not have it: that is for people to see in the log, and is tried again only now and
 * then.
 */
export const tellTomorrow = (em: EntityManager, { id }: ChangedContact): Promise<unknown> =>
  run(em, sql`update contacts set stripe_sync_at = now() + interval '1 day' where id = ${id}`);
