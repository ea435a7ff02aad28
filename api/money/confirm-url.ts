import type { Overdue } from '../../workflows/domain/billing.ts';

/**
 * Our own address that leads to an open invoice's page at Stripe; Stripe's is read when it is
 * opened, and kept nowhere [R11.4].
 */
export const confirmUrlOf = (publicUrl: string, purchaseId: string, overdue: readonly Overdue[]): string | null => {
  const waiting = overdue.find(({ needsConfirmation }) => needsConfirmation);
  if (!waiting) return null;
  const base = publicUrl.replace(/\/+$/, '');
  return `${base}/billing/confirm-payment?purchase=${purchaseId}&invoice=${encodeURIComponent(waiting.invoiceId)}`;
};
