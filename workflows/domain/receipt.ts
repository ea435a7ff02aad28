import type { Context } from './change.ts';
import type { InvoiceFact } from './facts.ts';
import { toMs } from './instant.ts';
import type { PurchaseState } from './purchase.ts';

/**
 * How long the confirmation waits for the first payment. A payment that arrives later has its own
 * receipt.
 */
const CONFIRMATION_WAITS_MS = 10_000;

/**
 * The first invoice's receipt is part of the Purchase Confirmation [R13.3], unless that went out
 * before its payment was known.
 */
export function isReceiptDue(state: PurchaseState, object: InvoiceFact, { settings, now }: Context): boolean {
  const isFirst = state.payments.length === 0;
  const isConfirmed = toMs(now) > toMs(state.startedAt ?? now) + CONFIRMATION_WAITS_MS;
  if (object.reason === 'first') return settings.receipts !== 'off' && isFirst && isConfirmed;
  return settings.receipts === 'all' || (settings.receipts === 'first' && isFirst);
}
