import type { Instant } from './instant.ts';

/** What a payment plan has counted; paid invoices count, and not months [R7.2]. */
export type Instalments = {
  total: number;
  /**
   * Never more than `total`; one that was settled at zero counts too [R27.1], and one that paid
   * several is here as often [R27.10].
   */
  paidInvoiceIds: string[];
  /**
   * The start of the latest period whose invoice was paid, voided or given up. A period that began
   * later still asks for its instalment.
   */
  settledFrom: Instant | null;
  /** Where Stripe was told to stop by itself, should we ever fail to; no pending cancellation. */
  stopAt: Instant | null;
};

export const newInstalments = (total: number): Instalments => ({
  total,
  paidInvoiceIds: [],
  settledFrom: null,
  stopAt: null,
});

/** What of a subscription's billing tells how much of a plan is left. */
type Counting = {
  instalments?: Instalments | undefined;
  overdue: readonly object[];
  pause: object | null;
  periodStart: Instant | null;
};

/** How many regular charges follow the running period; without end where nothing is counted. */
export function chargesLeft(billing: Counting): number {
  const { instalments, overdue, pause, periodStart } = billing;
  if (!instalments) return Infinity;
  const { total, paidInvoiceIds, settledFrom } = instalments;
  const isUnsettled = periodStart !== null && (settledFrom === null || settledFrom < periodStart);
  const open = Math.max(overdue.length, isUnsettled && !pause ? 1 : 0);
  return Math.max(0, total - paidInvoiceIds.length - open);
}
