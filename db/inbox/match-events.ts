import type { EntityManager } from '@mikro-orm/postgresql';
import type pg from 'pg';
import { prepared } from '../prepared.ts';

/**
 * The Stripe account of an event: a Connect event names it, and what comes to the platform's
 * endpoint is of the platform's own.
 */
export const accountOf = (source: string): string =>
  `case when ${source} like 'acct\\_%' then ${source} else (select stripe_account from own_stripe_account) end`;

/**
 * `r`: the purchase to which one of the objects leads that the event `e` speaks of, the most
 * telling first [R22.1].
 */
export const ROUTED = (e: string): string => `
  left join lateral (
    select o.purchase_id, o.payment_id from stripe_objects o
    where o.stripe_account = ${e}.stripe_account and o.object_id = any(${e}.refs)
    order by array_position(${e}.refs, o.object_id) limit 1
  ) r on true`;

/**
 * Another subscription that names a purchase which has its own: the purchase is told, and shows it
 * [R5.8].
 */
export const CLAIMS = (p: string, e: string): string =>
  `(${p}.stripe_account = ${e}.stripe_account and ${e}.refs[1] like 'sub\\_%' and ${p}.stripe_subscription_id <> ${e}.refs[1])`;

/** Refunds and disputes name no customer, and their payment is known only once it was looked up. */
export const IS_OF_A_PAYMENT = `(kind like 'refund.%' or kind like 'charge.dispute.%')`;

export type Matched = { rowId: string; purchaseId: string };
type MatchedRow = { id: string; subject_id: string };

const toMatched = ({ id, subject_id }: MatchedRow): Matched => ({ rowId: id, purchaseId: subject_id });

/** Gives waiting events to their purchases, as they would have been given had they come later. */
const MATCH = (which: string): string => `
  with waiting as (
    select id, refs, points_at, ${accountOf('source')} as stripe_account from inbox where state = 'unmatched' and ${which}
  ), found as (
    select e.id, coalesce(r.purchase_id, p.id) as purchase_id, r.payment_id
    from waiting e ${ROUTED('e')}
    left join purchases p on r.purchase_id is null and p.id = e.points_at and ${CLAIMS('p', 'e')}
  )
  update inbox set state = 'open', subject_kind = 'purchase', subject_id = p.id, account_id = p.account_id,
    link = coalesce(found.payment_id, inbox.link), refs = null, points_at = null, wakes = 0, wake_at = now() + interval '1 minute'
  from found join purchases p on p.id = found.purchase_id
  where inbox.id = found.id and inbox.state = 'unmatched'
  returning inbox.id, inbox.subject_id`;

const MATCH_POINTING = MATCH('points_at = any($1)');
const MATCH_ONE = MATCH('id = $1');
const MATCH_ALL = MATCH('$1::boolean');

/** Of the events whose metadata names one of these purchases, those that are theirs. */
export async function matchPointing(pool: pg.Pool, purchaseIds: string[]): Promise<Matched[]> {
  const { rows } = await pool.query<MatchedRow>({
    name: 'match-pointing',
    text: MATCH_POINTING,
    values: [purchaseIds],
  });
  return rows.map(toMatched);
}

/** @returns the purchase's id, or null where it is still nobody's */
export async function matchRow(em: EntityManager, rowId: string): Promise<string | null> {
  const [row] = await prepared<MatchedRow>(em, MATCH_ONE, [rowId]);
  return row?.subject_id ?? null;
}

/** Of all that wait, those whose objects are known by now. */
export const matchAll = async (em: EntityManager): Promise<Matched[]> =>
  (await prepared<MatchedRow>(em, MATCH_ALL, [true])).map(toMatched);

/** What Stripe said that the objects of a purchase are. */
export type Named = { purchaseId: string; stripeAccount: string; objectIds: string[] };

/** Keeps what a purchase's own checkout has led to; what is another's already stays so. */
export const keepRoutes = (em: EntityManager, { purchaseId, stripeAccount, objectIds }: Named): Promise<unknown> =>
  em.execute(
    `insert into stripe_objects (stripe_account, object_id, account_id, purchase_id)
     select ?, name, p.account_id, p.id from purchases p, jsonb_array_elements_text(?::jsonb) name where p.id = ?
     on conflict do nothing`,
    [stripeAccount, JSON.stringify(objectIds), purchaseId],
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
  const rows = await em.execute<unknown[]>(
    `insert into stripe_objects (stripe_account, object_id, account_id, purchase_id, payment_id)
     select o.stripe_account, name, o.account_id, o.purchase_id, ?
     from (select * from stripe_objects where stripe_account = ? and object_id in (select jsonb_array_elements_text(?::jsonb)) limit 1) o,
       jsonb_array_elements_text(?::jsonb) name
     on conflict (stripe_account, object_id) do update set payment_id = excluded.payment_id
       where stripe_objects.purchase_id = excluded.purchase_id
     returning 1`,
    [paymentId, stripeAccount, JSON.stringify(known), JSON.stringify(objectIds)],
  );
  return rows.length > 0;
}
