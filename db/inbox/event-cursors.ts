import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../../workflows/domain/instant.ts';
import { READ_ASKED } from '../../workflows/domain/facts.ts';
import { nameOf, SOLD_ON } from '../money/stripe-account.ts';
import { toInstantOrNull } from '../instants.ts';
import { query, run, sql } from '../sql.ts';

/** Up to when a source's list of events was read, and all of it is kept; null = never. */
export async function cursorOf(em: EntityManager, source: string): Promise<Instant | null> {
  const [row] = await query<{ read_at: Date }>(em, sql`select read_at from event_cursors where source = ${source}`);
  return toInstantOrNull(row?.read_at ?? null);
}

/** Never back: what was read once does not become unread. */
export const moveCursor = (em: EntityManager, source: string, readAt: Instant): Promise<unknown> =>
  run(
    em,
    sql`insert into event_cursors as c (source, read_at) values (${source}, ${readAt})
     on conflict (source) do update set read_at = greatest(c.read_at, excluded.read_at)`,
  );

/** Before the first account there was nothing of ours to hear of. */
export async function firstAccountAt(em: EntityManager): Promise<Instant | null> {
  const [row] = await query<{ at: Date | null }>(em, sql`select min(created_at) as at from accounts`);
  return toInstantOrNull(row?.at ?? null);
}

/**
 * The connected Stripe accounts in use, also those that only older purchases were sold on; the
 * platform's own comes on top.
 */
export async function connectedStripeAccounts(em: EntityManager): Promise<string[]> {
  const rows = await query<{ stripe_account: string }>(
    em,
    sql`with recursive known as (
       (select stripe_account from stripe_objects order by 1 limit 1)
       union all
       select (select o.stripe_account from stripe_objects o where o.stripe_account > k.stripe_account order by 1 limit 1)
       from known k where k.stripe_account is not null)
     (select stripe_account from known union select stripe_account from accounts)
     except (select stripe_account from own_stripe_account union select null
       union select stripe_account from stripe_connections where disconnected_at is not null) order by 1`,
  );
  return rows.map(({ stripe_account }) => stripe_account);
}

/**
 * Asks every live purchase of a Stripe account to read Stripe, ten a second, each once per
 * `occasion`. Returns how many were asked. Used for what no list of events contains any more.
 */
export async function askForReads(em: EntityManager, stripeAccount: string | null, occasion: string): Promise<number> {
  const rows = await query<{ id: string }>(
    em,
    sql`insert into inbox (id, account_id, subject_kind, subject_id, class, kind, at, source, external_id, wake_at)
     select gen_random_uuid(), p.account_id, 'purchase', p.id, 'fact', ${READ_ASKED}, coalesce(a.clock_step, a.clock_at, now()),
       'perennial', 'read:' || ${occasion} || ':' || p.id, now() + row_number() over (order by p.id) * interval '100 milliseconds'
     from purchases p join accounts a on a.id = p.account_id
     where p.is_live and p.stripe_subscription_id is not null
       and ${SOLD_ON} = ${nameOf(stripeAccount)}
     on conflict (source, external_id) where external_id is not null do nothing returning id`,
  );
  return rows.length;
}

/**
 * Asks what a customer at Stripe pays for to read Stripe, once per `occasion`. Returns whom it
 * asked.
 */
export async function askCustomerForReads(
  em: EntityManager,
  { customerId, stripeAccount, occasion }: { customerId: string; stripeAccount: string; occasion: string },
): Promise<string[]> {
  const rows = await query<{ subject_id: string }>(
    em,
    sql`insert into inbox (id, account_id, subject_kind, subject_id, class, kind, at, source, external_id)
     select gen_random_uuid(), p.account_id, 'purchase', p.id, 'fact', ${READ_ASKED}, coalesce(a.clock_step, a.clock_at, now()),
       'perennial', 'read:' || ${occasion} || ':' || p.id
     from stripe_customers c join purchases p on p.account_id = c.account_id
       and (p.sold_to = c.holder_id or p.holder_id = c.holder_id and p.sold_to is null)
       join accounts a on a.id = p.account_id
     where c.stripe_account = ${stripeAccount} and c.stripe_customer_id = ${customerId}
       and p.is_live and p.stripe_subscription_id is not null and p.stripe_account = ${stripeAccount}
     on conflict (source, external_id) where external_id is not null do nothing returning subject_id`,
  );
  return rows.map(({ subject_id }) => subject_id);
}
