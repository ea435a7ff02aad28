import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Dispute } from '../../workflows/domain/payments.ts';
import { query, sql } from '../sql.ts';

/** The Stripe account of the purchase `p`; null = the platform's, where many accounts sell. */
const HERE = sql`nullif(coalesce(p.stripe_account, (select stripe_account from accounts a where a.id = p.account_id)), (select stripe_account from own_stripe_account))`;

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
      where r.id = any(${[...ids]}) and ${HERE} is not distinct from ${stripeAccount}`,
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
        and ${HERE} is not distinct from ${stripeAccount}`,
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
      where y.id = ${paymentId} and y.paid_at is not null and ${HERE} is not distinct from ${stripeAccount}`,
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
          where p.stripe_subscription_id = ${subscriptionId} and ${HERE} is not distinct from ${stripeAccount}
        union all select p.account_id, p.id, false, 2 from purchases p
          where p.id = ${named}::uuid and ${HERE} is not distinct from ${stripeAccount}
        union all select c.account_id, null, false, 3 from contacts c join accounts a on a.id = c.account_id
          where c.stripe_customer_id = ${customerId} and nullif(a.stripe_account, (select stripe_account from own_stripe_account)) is not distinct from ${stripeAccount}
      ) owners order by rank limit 1`,
  );
  return row ?? null;
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
