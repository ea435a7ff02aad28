import { productAccess } from '../../workflows/domain/access.ts';
import { refundedMinor, type Payment as Paid } from '../../workflows/domain/payments.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { columnOf, type Columns } from '../columns.ts';
import type { Payment } from '../entities/payment.ts';
import type { PurchaseProduct } from '../entities/purchase-product.ts';
import type { Refund } from '../entities/refund.ts';
import type { PurchaseRecord } from './purchase-record.ts';

/** A change of one table, made only where the record's own row was `advanced`. */
export type Part = { sql: string; params: unknown[] };

/**
 * What of a record's state is read elsewhere than in the purchase's own row: the payments given,
 * their refunds, and access per product.
 */
export type ReadState = Pick<PurchaseRecord, 'state' | 'now' | 'payments'>;

/**
 * Payments that have changed, and their refunds, each of which is a record of its own with a
 * negative amount [R10.1].
 */
export function moneyParts({ state, payments }: ReadState): Part[] {
  const paid = payments.map((payment) => paymentRow(state, payment));
  const refunded = payments.flatMap((payment) => refundRows(state, payment));
  const rows = [
    ...upsert('payments', ['account_id', 'id'], paid),
    ...upsert('refunds', ['account_id', 'id'], refunded),
  ];
  return refunded.length > 0 ? [...rows, refundRoutes(state, refunded)] : rows;
}

const paymentRow = ({ accountId, purchaseId, contactId }: PurchaseState, payment: Paid): Columns<Payment> => ({
  accountId,
  id: payment.paymentId,
  purchaseId,
  contactId,
  amountMinor: payment.amountMinor,
  currency: payment.currency,
  refundedMinor: refundedMinor(payment),
  paidAt: payment.paidAt,
  periodStart: payment.periodStart,
  periodEnd: payment.periodEnd,
  disputedAt: payment.disputedAt,
});

const refundRows = ({ accountId, purchaseId }: PurchaseState, { paymentId, currency, refunds }: Paid) =>
  refunds.map(({ refundId, amountMinor, status, commandId, createdAt }): Columns<Refund> => ({
    accountId,
    id: refundId,
    purchaseId,
    paymentId,
    amountMinor: -amountMinor,
    currency,
    status,
    commandId,
    createdAt,
  }));

/** By these, what Stripe says of a refund later finds its payment. */
const refundRoutes = ({ purchaseId }: PurchaseState, refunds: Columns<Refund>[]): Part => ({
  sql: `
    insert into stripe_objects (stripe_account, object_id, account_id, purchase_id, payment_id)
    select p.stripe_account, "refundId", p.account_id, p.id, "paymentId"
    from advanced, purchases p, jsonb_to_recordset(?::jsonb) as r("refundId" text, "paymentId" text)
    where p.id = ? and p.stripe_account is not null
    on conflict do nothing`,
  params: [JSON.stringify(refunds.map(({ id: refundId, paymentId }) => ({ refundId, paymentId }))), purchaseId],
});

/**
 * Access per product; a reader compares `starts_at` and `until` with the clock, so that nobody sees
 * access later than it lasts.
 */
export function productsParts({ state, now }: ReadState): Part[] {
  const { accountId, purchaseId, contactId } = state;
  const startsAt = state.access?.startsAt ?? null;
  const rows = productAccess(state, now).map(({ productId, open, until, blocks }): Columns<PurchaseProduct> => ({
    purchaseId,
    productId,
    accountId,
    contactId,
    open,
    startsAt,
    until,
    blocks,
  }));
  return upsert('purchase_products', ['purchase_id', 'product_id'], rows);
}

/** Rows of one table, each made or brought up to date in all its columns. */
function upsert(table: string, key: string[], rows: object[]): Part[] {
  const [first] = rows;
  if (!first) return [];
  const columns = Object.keys(first).map(columnOf);
  const changes = columns.filter((column) => !key.includes(column)).map((column) => `${column} = excluded.${column}`);
  const named = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([property, value]: [string, unknown]) => [columnOf(property), value])),
  );
  const list = columns.join(', ');
  const sql = `
    insert into ${table} (${list}) select ${columns.map((column) => `r.${column}`).join(', ')}
    from advanced, jsonb_populate_recordset(null::${table}, ?::jsonb) r
    on conflict (${key.join(', ')}) do update set ${changes.join(', ')}`;
  return [{ sql, params: [JSON.stringify(named)] }];
}

/** What a person has to decide, as queues read it: a copy of the snapshot's list. */
export function attentionParts({ state, hasNewAttentions = true }: PurchaseRecord): Part[] {
  if (!hasNewAttentions) return [];
  const rows = state.attentions.map(({ id, reason, since, command }) => ({
    id,
    reason,
    since,
    commandId: command?.command.commandId ?? null,
  }));
  const kept = JSON.stringify(rows);
  const gone = {
    sql: `
      delete from attentions using advanced where purchase_id = advanced.id
      and attentions.id not in (select id from jsonb_to_recordset(?::jsonb) as a(id text))`,
    params: [kept],
  };
  if (rows.length === 0) return [gone];
  const sql = `
    insert into attentions (purchase_id, id, account_id, reason, since, command_id)
    select advanced.id, a.id, ?::uuid, reason, since, "commandId"
    from advanced, jsonb_to_recordset(?::jsonb) as a(id text, reason text, since timestamptz, "commandId" text)
    on conflict (purchase_id, id) do update set reason = excluded.reason, since = excluded.since, command_id = excluded.command_id`;
  return [gone, { sql, params: [state.accountId, kept] }];
}
