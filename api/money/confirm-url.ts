import type { Overdue } from '../../workflows/domain/overdue.ts';

/**
 * The page of the customer's site, at `site`, that leads to an open invoice's page at Stripe;
 * Stripe's address is read when it is opened, and kept nowhere [R11.4].
 */
export const confirmUrlOf = (site: string, purchaseId: string, overdue: readonly Overdue[]): string | null => {
  const waiting = overdue.find(({ needsConfirmation }) => needsConfirmation);
  if (!waiting) return null;
  return `${site}/billing/confirm-payment?purchase=${purchaseId}&invoice=${encodeURIComponent(waiting.invoiceId)}`;
};
