import { z } from 'zod';
import type { Scoped } from '../../db/account-scope.ts';
import type { Account } from '../../db/entities/account.ts';
import type { DocumentName } from '../../db/money/documents.ts';
import { isOwnDocument } from '../../db/money/documents.ts';
import { readReceiptToken } from '../../db/money/receipt-link.ts';
import { enterByReceipt } from '../../db/platform/enter.ts';
import type { DocumentKind } from '../../workflows/domain/receipt-figures.ts';
import { MONEY_READERS } from '../auth/roles.ts';
import { notFound } from '../http/problem.ts';
import { defineCustomerRoute, definePublicRoute, defineRoute } from '../http/route.ts';
import type { ServeDeps } from '../http/serve.ts';
import { pdfFile, readReceiptFile, type ReceiptDeps } from './receipt-file.ts';

const stripeId = z.string().regex(/^[\w-]{1,255}$/);
const description =
  'The same bytes each time. It is written when it is first asked for, of what Stripe’s invoice says: 503 while Stripe cannot be reached.';
const file = { method: 'get', description, answers: { 200: pdfFile }, problems: [409] } as const;
const ofPayment = { ...file, params: z.object({ paymentId: stripeId }) } as const;
const ofRefund = { ...file, params: z.object({ refundId: stripeId }) } as const;

const receipt = (id: string): DocumentName => ({ kind: 'receipt', id });
const creditNote = (id: string): DocumentName => ({ kind: 'credit_note', id });

const read = defineRoute({
  ...ofPayment,
  path: '/v1/payments/{paymentId}/receipt.pdf',
  tag: 'Payments',
  operationId: 'getReceipt',
  summary: 'Read the receipt of a payment as a PDF',
  roles: MONEY_READERS,
  handle: ({ em, account, params }, deps: ReceiptDeps) =>
    readReceiptFile({ em, account }, receipt(params.paymentId), deps),
});

const readCreditNote = defineRoute({
  ...ofRefund,
  path: '/v1/refunds/{refundId}/credit-note.pdf',
  tag: 'Payments',
  operationId: 'getCreditNote',
  summary: 'Read the credit note of a refund as a PDF',
  roles: MONEY_READERS,
  handle: ({ em, account, params }, deps: ReceiptDeps) =>
    readReceiptFile({ em, account }, creditNote(params.refundId), deps),
});

/** Anybody else's is not there [R24.3]. @throws Problem 404 */
async function readOwn({ em, account, contact }: Mine, named: DocumentName, deps: ReceiptDeps) {
  if (!(await isOwnDocument(em, contact.id, named))) throw notFound(WHAT[named.kind]);
  return readReceiptFile({ em, account }, named, deps);
}

type Mine = { em: Scoped; account: Account; contact: { id: string } };

const WHAT: Record<DocumentKind, string> = { receipt: 'payment', credit_note: 'refund' };

const readMine = defineCustomerRoute({
  ...ofPayment,
  path: '/v1/me/payments/{paymentId}/receipt.pdf',
  tag: 'Customer',
  operationId: 'getMyReceipt',
  summary: "Read the receipt of one of the customer's payments as a PDF",
  handle: ({ params, ...call }, deps: ReceiptDeps) => readOwn(call, receipt(params.paymentId), deps),
});

const readMyCreditNote = defineCustomerRoute({
  ...ofRefund,
  path: '/v1/me/refunds/{refundId}/credit-note.pdf',
  tag: 'Customer',
  operationId: 'getMyCreditNote',
  summary: "Read the credit note of one of the customer's refunds as a PDF",
  handle: ({ params, ...call }, deps: ReceiptDeps) => readOwn(call, creditNote(params.refundId), deps),
});

const readByLink = definePublicRoute({
  ...file,
  path: '/v1/public/receipts/{receiptToken}',
  tag: 'Public',
  operationId: 'getReceiptByLink',
  summary: 'Read a receipt or a credit note as a PDF, by the link in an email',
  params: z.object({ receiptToken: z.string().max(500) }),
  perMinute: 60,
  async handle({ unscoped, params }, deps: ReceiptDeps & Pick<ServeDeps, 'secretKey'>) {
    const link = readReceiptToken(params.receiptToken, deps.secretKey);
    const entered = link && (await enterByReceipt(unscoped, link));
    if (!entered) throw notFound('receipt');
    return readReceiptFile(entered, link, deps);
  },
});

export const receiptRoutes = { read, readCreditNote, readMine, readMyCreditNote, readByLink };
