import type { Instant } from '../../workflows/domain/instant.ts';
import { accessSpans, accessUntil } from '../../workflows/domain/access.ts';
import type { Payment as Paid } from '../../workflows/domain/payments.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { byColumn, columnOf, type Columns } from '../columns.ts';
import type { Dispute } from '../entities/dispute.ts';
import type { PurchaseProduct } from '../entities/purchase-product.ts';
import type { Refund } from '../entities/refund.ts';
import { disputeRows } from '../money/dispute-rows.ts';
import { keptOf, openRows, paidRow, type Kept, type OpenColumns, type PaidColumns } from '../money/payment-rows.ts';
import { json, sql, type Sql } from '../sql.ts';
import { purchaseRow, type Derivable } from './purchase-row.ts';

/**
 * What of a record's state is read elsewhere than in the purchase's own row: the payments given,
 * their refunds, and access per product.
 */
export type ReadState = Derivable & { payments: Paid[] };

/** Where a purchase's row stands, or is to stand. */
type Place = { epoch?: number; revision: number; heardAt?: Instant | null };

/** What a row is compared by, and not written. */
const FENCED = ['id', 'epoch', 'heard_at'];

/**
 * Derives the columns of purchases from their snapshots, of each that stands where `fence` says of
 * its row `p` and its new one `r`. Begins a statement whose other parts change only what is
 * `advanced`.
 */
export function advancing(purchases: readonly (Derivable & Place)[], fence: Sql): Sql {
  const rows = purchases.map(({ epoch, revision, heardAt, ...derivable }) => ({
    id: derivable.state.purchaseId,
    epoch,
    heard_at: heardAt,
    ...byColumn({ ...purchaseRow(derivable), revision }),
  }));
  const columns = Object.keys(rows[0] ?? {}).filter((column) => !FENCED.includes(column));
  // By their ids, which are few, so that nobody reads the whole table.
  return sql`
    update purchases p set ${sql.raw(columns.map((column) => `${column} = r.${column}`).join(', '))}
    from jsonb_populate_recordset(null::purchases, ${json(rows)}) r
    where p.id = any(${rows.map(({ id }) => id)}) and p.id = r.id and ${fence}
    returning p.id, p.account_id, p.contact_id, p.stripe_account, p.revision`;
}

/**
 * Statements as further parts of one, behind `advanced`. One that has nothing to write is left out:
 * there are few texts all the same, since each part has one.
 */
export const asParts = (parts: Sql[]): Sql =>
  sql.join(
    parts.map((part, index) => sql`, ${sql.raw(`part${index}`)} as (${part})`),
    sql.raw(''),
  );

/** The rows of `advanced` purchases, as JSON, with these columns beside the purchase's id. */
export const rowsOf = (rows: object[], columns: string): Sql =>
  sql`jsonb_to_recordset(${json(rows)}) as e("purchaseId" uuid, ${sql.raw(columns)})`;

/**
 * Payments that have changed, their refunds, each of which is a record of its own with a negative
 * amount [R10.1], and when each product is open; a reader compares `starts_at` and `until` with the
 * clock, so that no record is needed at either.
 */
export function readStateParts(states: readonly ReadState[]): Sql[] {
  const { paid, open, kept, refunds, disputes, products } = readRows(states);
  return [
    ...upsertPaid(paid),
    ...upsertOpen(open),
    ...cancelOthers(kept),
    ...upsertRefunds(refunds),
    ...refundRoutes(refunds),
    ...upsertDisputes(disputes),
    ...upsertProducts(products),
    ...dropProducts(states),
  ];
}

/** The rows themselves. */
export const readRows = (states: readonly ReadState[]) => ({
  paid: states.flatMap(({ state, payments }) => payments.map((payment) => paidRow(state, payment))),
  open: states.flatMap(({ state }) => openRows(state)),
  kept: states.flatMap(({ state, payments, now }) => keptOf(state, payments, now)),
  refunds: states.flatMap(({ state, payments }) => payments.flatMap((payment) => refundRows(state, payment))),
  disputes: states.flatMap(({ state, payments }) => payments.flatMap((payment) => disputeRows(state, payment))),
  products: states.flatMap(productRows),
});

/** Of every column of a table, whether it is of the key that names a row. */
type Shape<Row> = { [Name in keyof Columns<Row>]: 'key' | 'value' };

const PAID: Shape<PaidColumns> = {
  accountId: 'key',
  id: 'key',
  purchaseId: 'value',
  contactId: 'value',
  amountMinor: 'value',
  currency: 'value',
  refundedMinor: 'value',
  paidAt: 'value',
  periodStart: 'value',
  periodEnd: 'value',
  disputedAt: 'value',
  disputes: 'value',
};

const upsertPaid = upsert<PaidColumns>('payments', PAID);

const upsertOpen = upsert<OpenColumns>('payments', {
  ...PAID,
  failedAt: 'value',
  attempts: 'value',
  nextTryAt: 'value',
  declineCode: 'value',
  needsConfirmation: 'value',
  canceledAt: 'value',
});

/** What was open, and is not any more although nobody paid it. */
function cancelOthers(kept: Kept[]): Sql[] {
  if (kept.length === 0) return [];
  return [
    sql`
      update payments m set canceled_at = e.at
      from advanced a join ${rowsOf(kept, '"keptIds" text[], at timestamptz')} on e."purchaseId" = a.id
      where m.purchase_id = a.id and m.paid_at is null and m.canceled_at is null and m.id <> all (e."keptIds")`,
  ];
}

const upsertRefunds = upsert<Refund>('refunds', {
  accountId: 'key',
  id: 'key',
  purchaseId: 'value',
  paymentId: 'value',
  amountMinor: 'value',
  currency: 'value',
  status: 'value',
  commandId: 'value',
  createdAt: 'value',
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
function refundRoutes(refunds: Columns<Refund>[]): Sql[] {
  if (refunds.length === 0) return [];
  return [
    sql`
      insert into stripe_objects (stripe_account, object_id, account_id, purchase_id, payment_id)
      select a.stripe_account, e.id, a.account_id, a.id, e."paymentId"
      from advanced a join ${rowsOf(refunds, 'id text, "paymentId" text')} on e."purchaseId" = a.id
      where a.stripe_account is not null
      on conflict do nothing`,
  ];
}

const upsertDisputes = upsert<Dispute>('disputes', {
  accountId: 'key',
  id: 'key',
  purchaseId: 'value',
  paymentId: 'value',
  state: 'value',
  stripeStatus: 'value',
  amountMinor: 'value',
  currency: 'value',
  reason: 'value',
  evidenceDueAt: 'value',
  openedAt: 'value',
  closedAt: 'value',
});

const upsertProducts = upsert<PurchaseProduct>('purchase_products', {
  purchaseId: 'key',
  productId: 'key',
  accountId: 'value',
  contactId: 'value',
  open: 'value',
  startsAt: 'value',
  until: 'value',
});

/** A purchase that has become another offer does not give what the one before gave. */
function dropProducts(states: readonly ReadState[]): Sql[] {
  const changed = states.flatMap(({ state: { purchaseId, offerChangedAt, terms } }) =>
    offerChangedAt ? [{ purchaseId, productIds: terms.productIds }] : [],
  );
  if (changed.length === 0) return [];
  return [
    sql`
      delete from purchase_products t using advanced a join ${rowsOf(changed, '"productIds" uuid[]')} on e."purchaseId" = a.id
      where t.purchase_id = a.id and t.product_id <> all (e."productIds")`,
  ];
}

export const productRows = ({ state }: Pick<ReadState, 'state'>): Columns<PurchaseProduct>[] =>
  accessSpans(state).map(({ productId, span }) => ({
    purchaseId: state.purchaseId,
    productId,
    accountId: state.accountId,
    contactId: state.contactId,
    open: span !== null,
    startsAt: span?.from ?? state.access?.startsAt ?? null,
    until: accessUntil(state),
  }));

/** Makes rows of one table, or brings them up to date in all their columns. */
function upsert<Row>(table: string, shape: Shape<Row>): (rows: Columns<Row>[]) => Sql[] {
  const columns = Object.keys(shape).map(columnOf);
  const keys = columns.filter((_, index) => Object.values(shape)[index] === 'key');
  const changes = columns.filter((column) => !keys.includes(column)).map((column) => `${column} = excluded.${column}`);
  const insert = sql.raw(`insert into ${table} (${columns.join(', ')}) select r.${columns.join(', r.')}`);
  const from = sql.raw(`from advanced a join jsonb_populate_recordset(null::${table}, `);
  const update = sql.raw(`on conflict (${keys.join(', ')}) do update set ${changes.join(', ')}`);
  return (rows) =>
    rows.length === 0 ? [] : [sql`${insert} ${from} ${json(rows.map(byColumn))}) r on r.purchase_id = a.id ${update}`];
}
