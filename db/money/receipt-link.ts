import { DOCUMENT_KINDS } from '../../workflows/domain/receipt-figures.ts';
import { readToken, signToken } from '../signature.ts';
import type { DocumentName } from './documents.ts';

/** Which document of which account a link leads to. */
export type ReceiptLink = DocumentName & { accountId: string };

/**
 * Names a receipt or a credit note to whoever has the email that it is linked from; nobody else can
 * make it. It never ends, as a receipt does not.
 */
export const receiptToken = ({ kind, id, accountId }: ReceiptLink, secretKey: string): string =>
  signToken('receipt', [kind, accountId, id], secretKey);

/** What a token names; null if none of the keys has signed it. */
export function readReceiptToken(token: string, secretKeys: readonly string[]): ReceiptLink | null {
  const [kind, accountId, id] = readToken('receipt', token, 3, secretKeys) ?? [];
  const known = DOCUMENT_KINDS.find((one) => one === kind);
  return known && accountId !== undefined && id !== undefined ? { kind: known, accountId, id } : null;
}

/** Where it is read, on the pages of a site. */
export const receiptUrl = (site: string, link: ReceiptLink, secretKey: string): string =>
  `${site}/receipt/${receiptToken(link, secretKey)}`;
