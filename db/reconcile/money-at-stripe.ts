import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Dispute } from '../../workflows/domain/payments.ts';
import { nameOf, OWN, stripeAccountOf, stripeAccountOfAccount } from '../money/stripe-account.ts';
import { query, sql, type Sql } from '../sql.ts';
import { ownStripeAccount } from '../money/own-stripe-account.ts';
import type { DifferenceRow } from '../entities/difference-row.ts';

/** Whether the purchase `p` was sold on it; null = the platform's, where many accounts sell. */
const soldOn = (stripeAccount: string | null): Sql =>
  sql`coalesce(p.stripe_account, (select stripe_account from accounts a where a.id = p.account_id), ${OWN}, '') = ${nameOf(stripeAccount)}`;

export type KnownRefund = {
  id: string;
  accountId: string;
  purchaseId: string;
  paymentId: string;
  status: string;
  amountMinor: number;
  currency: string;
};

/** Refunds that we know, of a Stripe account, by id. */
export async function knownRefunds(
  em: EntityManager,
  stripeAccount: string | null,
  ids: readonly string[],
): Promise<Map<string, KnownRefund>> {
  const rows = await query<KnownRefund>(
    em,
    sql`select r.id, r.account_id as "accountId", r.purchase_id as "purchaseId", r.payment_id as "paymentId", r.status,
        (-r.amount_minor)::float8 as "amountMinor", r.currency
      from refunds r join purchases p on p.id = r.purchase_id
      where r.id = any(${[...ids]}) and ${soldOn(stripeAccount)}`,
  );
  return new Map(rows.map((refund) => [refund.id, refund]));
}

/** Refunds that we know of a time [from, to), except these. */
export const otherRefunds = (
  em: EntityManager,
  {
    stripeAccount,
    from,
    to,
    ids,
  }: { stripeAccount: string | null; from: Instant; to: Instant; ids: readonly string[] },
): Promise<KnownRefund[]> =>
  query<KnownRefund>(
    em,
    sql`select r.id, r.account_id as "accountId", r.purchase_id as "purchaseId", r.payment_id as "paymentId", r.status,
        (-r.amount_minor)::float8 as "amountMinor", r.currency
      from refunds r join purchases p on p.id = r.purchase_id
      where r.created_at >= ${from} and r.created_at < ${to} and not r.id = any(${[...ids]}) and r.status <> 'failed'
        and ${soldOn(stripeAccount)}`,
  );

export type KnownPayment = { id: string; accountId: string; purchaseId: string; currency: string; disputes: Dispute[] };

/** A payment of a purchase that was sold on this Stripe account. */
export async function knownPayment(
  em: EntityManager,
  stripeAccount: string | null,
  paymentId: string,
): Promise<KnownPayment | null> {
  const [row] = await query<KnownPayment>(
    em,
    sql`select y.id, y.account_id as "accountId", y.purchase_id as "purchaseId", y.currency, y.disputes
      from payments y join purchases p on p.id = y.purchase_id
      where y.id = ${paymentId} and y.paid_at is not null and ${soldOn(stripeAccount)}`,
  );
  return row ?? null;
}

export type Owner = { accountId: string; purchaseId: string | null; isLive: boolean };

/**
 * Whose a live subscription is: the purchase that has it; else the one that its metadata names or
 * whose customer it bills, which is not it. null = nobody's here.
 */
export async function ownerOf(
  em: EntityManager,
  stripeAccount: string | null,
  { subscriptionId, purchaseId, customerId }: { subscriptionId: string; purchaseId: string | null; customerId: string },
): Promise<Owner | null> {
  const named = purchaseId !== null && UUID.test(purchaseId) ? purchaseId : null;
  const [row] = await query<Owner>(
    em,
    sql`select * from (
        select p.account_id as "accountId", p.id as "purchaseId", p.is_live as "isLive", 1 as rank from purchases p
          where p.stripe_subscription_id = ${subscriptionId} and ${soldOn(stripeAccount)}
        union all select p.account_id, p.id, false, 2 from purchases p
          where p.id = ${named}::uuid and ${soldOn(stripeAccount)}
        union all select c.account_id, null, false, 3 from stripe_customers c
          where c.stripe_account = ${nameOf(stripeAccount)} and c.stripe_customer_id = ${customerId}
      ) owners order by rank limit 1`,
  );
  return row ?? null;
}

/** Where a difference is: where it was found, else where its purchase was sold. */
export async function stripeAccountOfDifference(
  em: EntityManager,
  { accountId, purchaseId, stripeAccount }: Pick<DifferenceRow, 'accountId' | 'purchaseId' | 'stripeAccount'>,
): Promise<string | null> {
  if (stripeAccount !== null) return (await ownStripeAccount(em)) === stripeAccount ? null : stripeAccount;
  return purchaseId === null ? stripeAccountOfAccount(em, accountId) : stripeAccountOf(em, purchaseId);
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
