import type { EntityManager } from '@mikro-orm/postgresql';
import { query, run, sql, type Sql } from '../sql.ts';

/**
 * The Stripe account of an event: a Connect event names it, and what comes to the platform's
 * endpoint is of the platform's own.
 */
export const accountOf = (source: Sql): Sql =>
  sql`case when ${source} like 'acct\\_%' then ${source} else (select stripe_account from own_stripe_account) end`;

/**
 * `r`: the purchase to which one of the objects leads that the event `e` speaks of, the most
 * telling first [R22.1].
 */
export const routed = (e: Sql): Sql => sql`
  left join lateral (
    select o.purchase_id, o.payment_id from stripe_objects o
    where o.stripe_account = ${e}.stripe_account and o.object_id = any(${e}.refs)
    order by array_position(${e}.refs, o.object_id) limit 1
  ) r on true`;

/**
 * Another subscription that names a purchase which has its own: the purchase is told, and shows it
 * [R5.8].
 */
export const claims = (p: Sql, e: Sql): Sql =>
  sql`(${p}.stripe_account = ${e}.stripe_account and ${e}.refs[1] like 'sub\\_%' and ${p}.stripe_subscription_id <> ${e}.refs[1])`;

/** Refunds and disputes name no customer, and their payment is known only once it was looked up. */
export const IS_OF_A_PAYMENT = sql`(kind like 'refund.%' or kind like 'charge.dispute.%')`;

export type Matched = { rowId: string; purchaseId: string };
type MatchedRow = { id: string; subject_id: string };

const toMatched = ({ id, subject_id }: MatchedRow): Matched => ({ rowId: id, purchaseId: subject_id });

/** Gives waiting events to their purchases, as they would have been given had they come later. */
const match = (which: Sql) => sql`
  with waiting as (
    select id, refs, points_at, ${accountOf(sql`source`)} as stripe_account from inbox where state = 'unmatched' and ${which}
  ), found as (
    select e.id, coalesce(r.purchase_id, p.id) as purchase_id, r.payment_id
    from waiting e ${routed(sql`e`)}
    left join purchases p on r.purchase_id is null and p.id = e.points_at and ${claims(sql`p`, sql`e`)}
  )
  update inbox set state = 'open', subject_kind = 'purchase', subject_id = p.id, account_id = p.account_id,
    link = coalesce(found.payment_id, inbox.link), refs = null, points_at = null, wakes = 0, wake_at = now() + interval '1 minute'
  from found join purchases p on p.id = found.purchase_id
  where inbox.id = found.id and inbox.state = 'unmatched'
  returning inbox.id, inbox.subject_id`;

/** Of the events whose metadata names one of these purchases, those that are theirs. */
export const matchPointing = async (em: EntityManager, purchaseIds: string[]): Promise<Matched[]> =>
  (await query<MatchedRow>(em, match(sql`points_at = any(${purchaseIds})`))).map(toMatched);

/** @returns the purchase's id, or null where it is still nobody's */
export async function matchRow(em: EntityManager, rowId: string): Promise<string | null> {
  const [row] = await query<MatchedRow>(em, match(sql`id = ${rowId}`));
  return row?.subject_id ?? null;
}

/** Of all that wait, those whose objects are known by now. */
export const matchAll = async (em: EntityManager): Promise<Matched[]> =>
  (await query<MatchedRow>(em, match(sql`true`))).map(toMatched);

/** What Stripe said that the objects of a purchase are. */
export type Named = { purchaseId: string; stripeAccount: string; objectIds: string[] };

/** Keeps what a purchase's own checkout has led to; what is another's already stays so. */
export const keepRoutes = (em: EntityManager, { purchaseId, stripeAccount, objectIds }: Named): Promise<unknown> =>
  run(
    em,
    sql`insert into stripe_objects (stripe_account, object_id, account_id, purchase_id)
     select ${stripeAccount}, name, p.account_id, p.id
     from purchases p, unnest(${objectIds}::text[]) name where p.id = ${purchaseId}
     on conflict do nothing`,
  );

/**
 * `known`: the subscription or invoice that Stripe said it was paid for; `objectIds`: intent,
 * charge, refund or dispute.
 */
export type NamedPayment = { stripeAccount: string; known: string[]; paymentId: string; objectIds: string[] };

/** Keeps which payment a refund or dispute is of; false where what was paid is no purchase's. */
export async function keepPaymentRoutes(
  em: EntityManager,
  { stripeAccount, known, paymentId, objectIds }: NamedPayment,
): Promise<boolean> {
  const kept = await run(
    em,
    sql`insert into stripe_objects (stripe_account, object_id, account_id, purchase_id, payment_id)
     select o.stripe_account, name, o.account_id, o.purchase_id, ${paymentId}
     from (select * from stripe_objects where stripe_account = ${stripeAccount} and object_id = any(${known}) limit 1) o,
       unnest(${objectIds}::text[]) name
     on conflict (stripe_account, object_id) do update set payment_id = excluded.payment_id
       where stripe_objects.purchase_id = excluded.purchase_id`,
  );
  return kept > 0;
}
