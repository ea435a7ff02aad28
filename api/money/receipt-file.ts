import { z } from 'zod';
import { isStripes, StripeUnavailable } from '../../activities/gateways/stripe/failures.ts';
import type { StripeGateway } from '../../activities/gateways/stripe/gateway.ts';
import type { Scoped } from '../../db/account-scope.ts';
import type { Account } from '../../db/entities/account.ts';
import { Payment } from '../../db/entities/payment.ts';
import { Refund } from '../../db/entities/refund.ts';
import { findDocument, keepFacts, keepPdf, type Document, type DocumentName } from '../../db/money/documents.ts';
import { stripeAccountOf } from '../../db/money/stripe-account.ts';
import { documentNumber, sellerOf, type Bill, type DocumentKind } from '../../workflows/domain/receipt-figures.ts';
import { notFound, Problem } from '../http/problem.ts';
import { contentOf } from './receipt-content.ts';
import { renderReceipt } from './render-receipt.ts';

export type ReceiptDeps = { stripe: Pick<StripeGateway, 'billOf'> };

export const pdfFile = z
  .instanceof(Uint8Array)
  .meta({ type: 'string', format: 'binary', contentMediaType: 'application/pdf' });

type Asked = { em: Scoped; account: Account };

/**
 * A receipt or a credit note as the answer of a route: as it was first given out. What it says is
 * read from Stripe the first time, and kept.
 * @throws Problem 404, 409 where there is none, 503 while Stripe cannot be reached
 */
export async function readReceiptFile(asked: Asked, named: DocumentName, deps: ReceiptDeps) {
  const found = await findDocument(asked.em, named);
  if (!found) return whyNone(asked.em, named);
  const document = standing(found);
  const pdf = document.pdf ?? (await firstPdf(asked, named, document, deps));
  const name = `${FILE_NAMES[document.kind]}-${documentNumber(document.kind, document.number)}.pdf`;
  return answered(name, pdf);
}

/** Shown by browsers, and kept by nobody on the way. */
const answered = (name: string, pdf: Uint8Array) => ({
  status: 200 as const,
  headers: {
    'Content-Type': 'application/pdf',
    'Content-Disposition': `inline; filename="${name}"`,
    'Cache-Control': 'private, no-store',
  },
  body: new Uint8Array(pdf),
});

const FILE_NAMES: Record<DocumentKind, string> = { receipt: 'receipt', credit_note: 'credit-note' };

/** A refund that failed after it had succeeded keeps its number, and gives nothing back. */
function standing(document: Document): Document {
  if (document.refund?.status !== 'failed') return document;
  const number = documentNumber(document.kind, document.number);
  throw none(`The bank returned this refund, so the credit note ${number} holds no more.`);
}

async function firstPdf(asked: Asked, named: DocumentName, found: Document, { stripe }: ReceiptDeps) {
  const { em, account } = asked;
  if (!found.facts) {
    const facts = (await billAt(stripe, em, found)) ?? billOfOurs(found);
    await keepFacts(em, found, { seller: found.seller ?? sellerOf(account), facts: withoutErased(facts, found) });
  }
  const known = await findDocument(em, named);
  if (!known?.facts) throw isBeingErased();
  const seller = known.seller ?? sellerOf(account);
  const content = contentOf({ ...known, facts: known.facts, seller, timeZone: account.timeZone });
  const kept = await keepPdf(em, known, await renderReceipt(content));
  if (!kept) throw isBeingErased();
  return kept;
}

const isBeingErased = (): Problem =>
  new Problem(503, 'unavailable', { detail: 'The person is just being erased. Try again.' });

/** null = Stripe has no such invoice, or is not to be asked by us any more. */
async function billAt(stripe: ReceiptDeps['stripe'], em: Scoped, { paymentId, purchaseId }: Document) {
  try {
    return await stripe.billOf(paymentId, await stripeAccountOf(em, purchaseId));
  } catch (error) {
    if (error instanceof StripeUnavailable)
      throw new Problem(503, 'unavailable', { detail: 'Stripe cannot be reached, and the invoice is read there.' });
    if (isStripes(error)) return null;
    throw error;
  }
}

/** What we know ourselves: what was paid, and for what. */
const billOfOurs = ({ amountMinor, currency, offerName, contact }: Document): Bill => ({
  stripeNumber: null,
  currency,
  buyer: { name: contact?.name ?? null, email: contact?.email ?? null, address: [], taxIds: [] },
  card: null,
  lines: [{ what: offerName, quantity: 1, amountMinor, period: null }],
  discountMinor: 0,
  taxes: [],
  totalMinor: amountMinor,
  paidMinor: amountMinor,
});

/** Stripe's invoices go on naming whom we have erased [R24.4]. */
function withoutErased(facts: Bill, { contact }: Document): Bill {
  if (!contact) return { ...facts, buyer: null, card: null };
  const { name, email, address = [], taxIds = [] } = facts.buyer ?? {};
  return { ...facts, buyer: { name: name || contact.name, email: email || contact.email, address, taxIds } };
}

/** @throws Problem 404, or 409 with what stands in the way of a document */
async function whyNone(em: Scoped, { kind, id }: DocumentName): Promise<never> {
  switch (kind) {
    case 'receipt':
      if (!(await em.findOne(Payment, { id }))) throw notFound('payment');
      throw none('Nothing has been paid of it: a receipt is for money that was taken.');
    case 'credit_note': {
      const refund = await em.findOne(Refund, { id });
      if (!refund) throw notFound('refund');
      throw none(
        refund.status === 'failed'
          ? 'The refund failed: nothing was given back.'
          : 'The refund is on its way: its credit note is written when it has arrived.',
      );
    }
  }
}

const none = (detail: string): Problem => new Problem(409, 'no_receipt', { detail });
