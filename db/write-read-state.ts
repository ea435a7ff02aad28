import { productAccess } from '../workflows/domain/access.ts';
import { refundedMinor } from '../workflows/domain/payments.ts';
import type { PurchaseState } from '../workflows/domain/purchase.ts';
import type { PurchaseRecord } from './record-purchase.ts';

/** A change of one table, made only where the record's own row was `advanced`. */
export type Part = { sql: string; params: unknown[] };

/** Payments that have changed, and their refunds, each of which is a record of its own with a negative amount [R10.1]. */
export function moneyParts({ state, payments }: PurchaseRecord): Part[] {
  if (payments.length === 0) return [];
  const rows = payments.map((payment) => ({ ...payment, refundedMinor: refundedMinor(payment) }));
  const paid = {
    sql: `
      insert into payments (id, account_id, purchase_id, contact_id, amount_minor, currency, refunded_minor, paid_at, period_start, period_end, disputed_at)
      select "paymentId", ?::uuid, ?::uuid, ?::uuid, "amountMinor", currency, "refundedMinor", "paidAt", "periodStart", "periodEnd", "disputedAt"
      from advanced, jsonb_to_recordset(?::jsonb) as p("paymentId" text, "amountMinor" bigint, currency text, "refundedMinor" bigint,
        "paidAt" timestamptz, "periodStart" timestamptz, "periodEnd" timestamptz, "disputedAt" timestamptz)
      on conflict (account_id, id) do update set refunded_minor = excluded.refunded_minor, disputed_at = excluded.disputed_at`,
    params: [state.accountId, state.purchaseId, state.contactId, JSON.stringify(rows)],
  };
  const refunds = payments.flatMap(({ paymentId, currency, refunds: made }) =>
    made.map((refund) => ({ ...refund, paymentId, currency })),
  );
  if (refunds.length === 0) return [paid];
  const refunded = {
    sql: `
      insert into refunds (id, account_id, purchase_id, payment_id, amount_minor, currency, status, command_id, created_at)
      select "refundId", ?::uuid, ?::uuid, "paymentId", -"amountMinor", currency, status, "commandId", "createdAt"
      from advanced, jsonb_to_recordset(?::jsonb) as r("refundId" text, "paymentId" text, "amountMinor" bigint, currency text, status text,
        "commandId" uuid, "createdAt" timestamptz)
      on conflict (account_id, id) do update set status = excluded.status`,
    params: [state.accountId, state.purchaseId, JSON.stringify(refunds)],
  };
  return [paid, refunded, refundRoutes(state, refunds)];
}

/** By these, what Stripe says of a refund later finds its payment. */
const refundRoutes = ({ purchaseId }: PurchaseState, refunds: { refundId: string; paymentId: string }[]): Part => ({
  sql: `
    insert into stripe_objects (stripe_account, object_id, account_id, purchase_id, payment_id)
    select p.stripe_account, "refundId", p.account_id, p.id, "paymentId"
    from advanced, purchases p, jsonb_to_recordset(?::jsonb) as r("refundId" text, "paymentId" text)
    where p.id = ? and p.stripe_account is not null
    on conflict do nothing`,
  params: [JSON.stringify(refunds.map(({ refundId, paymentId }) => ({ refundId, paymentId }))), purchaseId],
});

/** Access per product; a reader compares `starts_at` and `until` with the clock, so that nobody sees access later than it lasts. */
export function productsPart({ state, now }: PurchaseRecord): Part {
  const startsAt = state.access?.startsAt ?? null;
  const rows = productAccess(state, now).map((product) => ({ ...product, startsAt }));
  return {
    sql: `
      insert into purchase_products (purchase_id, product_id, account_id, contact_id, open, starts_at, until, blocks)
      select ?::uuid, "productId", ?::uuid, ?::uuid, open, "startsAt", until, blocks
      from advanced, jsonb_to_recordset(?::jsonb) as p("productId" uuid, open boolean, "startsAt" timestamptz, until timestamptz, blocks jsonb)
      on conflict (purchase_id, product_id) do update set open = excluded.open, starts_at = excluded.starts_at,
        until = excluded.until, blocks = excluded.blocks`,
    params: [state.purchaseId, state.accountId, state.contactId, JSON.stringify(rows)],
  };
}
