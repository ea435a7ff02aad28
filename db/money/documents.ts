import type { Bill, DocumentKind, Seller } from '../../workflows/domain/receipt-figures.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { knownLanguage, type LanguageCode } from '../../emails/languages/codes.ts';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import { toInstant } from '../instants.ts';
import { json, query, sql } from '../sql.ts';

/** A receipt by its payment's id, a credit note by its refund's. */
export type DocumentName = { kind: DocumentKind; id: string };

/** A receipt or a credit note, with what is known of its payment here. */
export type Document = {
  kind: DocumentKind;
  number: number;
  paymentId: string;
  refundId: string | null;
  purchaseId: string;
  contactId: string;
  /** null = it was not known by then, and is as of the first reading. */
  seller: Seller | null;
  /** null = nobody has read it yet. */
  facts: Bill | null;
  pdf: Uint8Array | null;
  /** Of a credit note: the receipt that it belongs to. */
  receiptNumber: number;
  amountMinor: number;
  currency: string;
  paidAt: Instant;
  /** Of a credit note: what was given back, and how much before it by others. */
  refund: {
    amountMinor: number;
    beforeMinor: number;
    createdAt: Instant;
    status: 'pending' | 'succeeded' | 'failed';
  } | null;
  offerName: string;
  /** null = erased. */
  contact: { name: string | null; email: string } | null;
  language: LanguageCode;
};

type Row = Omit<Document, 'refund' | 'contact' | 'language' | 'paidAt' | 'number' | 'receiptNumber' | 'amountMinor'> & {
  number: string;
  receiptNumber: string;
  amountMinor: string;
  paidAt: string;
  refundedMinor: string | null;
  beforeMinor: string;
  refundedAt: string | null;
  status: 'pending' | 'succeeded' | 'failed' | null;
  contactName: string | null;
  email: string;
  isErased: boolean;
  language: string | null;
};

/** null = it has no number: nothing was taken, or given back, or it is not there at all. */
export async function findDocument(em: Scoped, { kind, id }: DocumentName): Promise<Document | null> {
  const named = kind === 'receipt' ? sql`d.payment_id = ${id}` : sql`d.refund_id = ${id}`;
  const [row] = await query<Row>(
    em,
    sql`select d.kind, d.number, d.payment_id as "paymentId", d.refund_id as "refundId", d.purchase_id as "purchaseId",
      m.contact_id as "contactId", coalesce(d.seller, o.seller) as seller, o.facts, d.pdf, o.number as "receiptNumber", m.amount_minor as "amountMinor", m.currency,
      m.paid_at as "paidAt", -r.amount_minor as "refundedMinor", r.created_at as "refundedAt", r.status,
      coalesce((select -sum(b.amount_minor) from receipts e join refunds b on b.account_id = e.account_id and b.id = e.refund_id
        where e.account_id = d.account_id and e.payment_id = d.payment_id and e.refund_id is not null and e.number < d.number
          and b.status <> 'failed'), 0) as "beforeMinor",
      f.name as "offerName", c.name as "contactName", c.email, c.erased_at is not null as "isErased",
      coalesce(c.language, a.site ->> 'language') as language
    from receipts d
      join accounts a on a.id = d.account_id
      join receipts o on o.account_id = d.account_id and o.payment_id = d.payment_id and o.kind = 'receipt'
      join payments m on m.account_id = d.account_id and m.id = d.payment_id
      join purchases p on p.id = d.purchase_id join offers f on f.id = p.offer_id
      join contacts c on c.id = m.contact_id
      left join refunds r on r.account_id = d.account_id and r.id = d.refund_id
    where d.account_id = ${accountIdOf(em)} and d.kind = ${kind} and ${named}`,
  );
  return row ? toDocument(row) : null;
}

function toDocument(row: Row): Document {
  const { refundedMinor, beforeMinor, refundedAt, status, contactName, email, isErased, ...rest } = row;
  const isRefund = refundedMinor !== null && refundedAt !== null && status !== null;
  return {
    ...rest,
    number: Number(row.number),
    receiptNumber: Number(row.receiptNumber),
    amountMinor: Number(row.amountMinor),
    paidAt: toInstant(row.paidAt),
    language: knownLanguage(row.language),
    refund: isRefund
      ? {
          amountMinor: Number(refundedMinor),
          beforeMinor: Number(beforeMinor),
          createdAt: toInstant(refundedAt),
          status,
        }
      : null,
    contact: isErased ? null : { name: contactName, email },
  };
}

/**
 * Keeps who sold and what was billed, of a payment's receipt and its credit notes alike, unless
 * somebody else has meanwhile; returns whether it was kept now or before. A person who is being
 * erased is not written down again.
 */
export async function keepFacts(
  em: Scoped,
  { paymentId, contactId, contact }: Document,
  { seller, facts }: { seller: Seller; facts: Bill },
): Promise<void> {
  await query(
    em,
    sql`${alive(contactId)} update receipts set seller = coalesce(seller, ${json(seller)}), facts = coalesce(facts, ${json(facts)})
     where account_id = ${accountIdOf(em)} and payment_id = ${paymentId} and kind = 'receipt'
       and exists (select from alive where is_erased = ${contact === null})`,
  );
}

/** The bytes that are given out from now on: these, or those of whoever was first. */
export async function keepPdf(em: Scoped, document: Document, pdf: Uint8Array): Promise<Uint8Array | null> {
  const { kind, number, contactId, contact } = document;
  const which = sql`account_id = ${accountIdOf(em)} and kind = ${kind} and number = ${number}`;
  await query(
    em,
    sql`${alive(contactId)} update receipts set pdf = ${Buffer.from(pdf)} where ${which} and pdf is null
      and exists (select from alive where is_erased = ${contact === null})`,
  );
  const [kept] = await query<{ pdf: Uint8Array | null }>(em, sql`select pdf from receipts where ${which}`);
  return kept?.pdf ?? null;
}

/** Whoever erases them holds this row, so the two come one after the other. */
const alive = (contactId: string) => sql`
  with alive as (select erased_at is not null as is_erased from contacts where id = ${contactId} for share)`;

export type DocumentNumber = { paymentId: string; refundId: string | null; number: number };

/** Which documents there are of these payments. */
export async function documentsOf(em: Scoped, paymentIds: readonly string[]): Promise<DocumentNumber[]> {
  if (paymentIds.length === 0) return [];
  const rows = await query<Omit<DocumentNumber, 'number'> & { number: string }>(
    em,
    sql`select payment_id as "paymentId", refund_id as "refundId", number from receipts
     where account_id = ${accountIdOf(em)} and payment_id = any(${[...paymentIds]})`,
  );
  return rows.map((row) => ({ ...row, number: Number(row.number) }));
}

/** Whether the payment, or that of the refund, is one of this contact's. */
export async function isOwnDocument(em: Scoped, contactId: string, { kind, id }: DocumentName): Promise<boolean> {
  const paid =
    kind === 'receipt'
      ? sql`m.id = ${id}`
      : sql`m.id = (select payment_id from refunds where account_id = ${accountIdOf(em)} and id = ${id})`;
  const [own] = await query(
    em,
    sql`select from payments m where m.account_id = ${accountIdOf(em)} and m.contact_id = ${contactId} and ${paid}`,
  );
  return own !== undefined;
}
