import type { Billing, SubscriptionBilling } from './billing.ts';
import type { InvoiceFact } from './facts.ts';
import type { Instant } from './instant.ts';

/** What a payment plan has counted; paid invoices count, and not months [R7.2]. */
export type Instalments = {
  total: number;
  /** Never more than `total`; one that was settled at zero counts too [R27.1]. */
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

/** How many are paid, of how many; null = it is no payment plan. */
export function instalmentsOf(billing: Billing): { paid: number; total: number } | null {
  switch (billing.kind) {
    case 'none':
    case 'one_time':
      return null;
    case 'subscription': {
      const { instalments } = billing;
      return instalments ? { paid: instalments.paidInvoiceIds.length, total: instalments.total } : null;
    }
  }
}

/** Which of the instalments an invoice has paid, to be said of it; empty = it counts for none. */
export function instalmentOf(billing: Billing, invoiceId: string): { instalment?: number; instalments?: number } {
  switch (billing.kind) {
    case 'none':
    case 'one_time':
      return {};
    case 'subscription': {
      const { total: instalments, paidInvoiceIds = [] } = billing.instalments ?? {};
      const instalment = paidInvoiceIds.indexOf(invoiceId) + 1;
      return instalments === undefined || instalment === 0 ? {} : { instalment, instalments };
    }
  }
}

/** How many regular charges follow the running period; without end where nothing is counted. */
export function chargesLeft(billing: SubscriptionBilling): number {
  const { instalments, overdue, pause, periodStart } = billing;
  if (!instalments) return Infinity;
  const { total, paidInvoiceIds, settledFrom } = instalments;
  const isUnsettled = periodStart !== null && (settledFrom === null || settledFrom < periodStart);
  const open = Math.max(overdue.length, isUnsettled && !pause ? 1 : 0);
  return Math.max(0, total - paidInvoiceIds.length - open);
}

/** Billing that knows that nothing more is asked for by this invoice. */
export function withSettled(billing: SubscriptionBilling, { periodStart }: InvoiceFact): SubscriptionBilling {
  const { instalments } = billing;
  if (!instalments || periodStart === null) return billing;
  if (instalments.settledFrom !== null && periodStart <= instalments.settledFrom) return billing;
  return { ...billing, instalments: { ...instalments, settledFrom: periodStart } };
}

/**
 * Billing that has counted a paid invoice, once; the same object where it counts for nothing: it is
 * no plan's, no instalment, counted already, or one more than there are.
 */
export function withCounted(billing: SubscriptionBilling, object: InvoiceFact): SubscriptionBilling {
  const { instalments } = billing;
  if (!instalments || object.reason === 'other') return billing;
  const { total, paidInvoiceIds } = instalments;
  if (paidInvoiceIds.includes(object.invoiceId) || paidInvoiceIds.length >= total) return billing;
  const counted = { ...instalments, paidInvoiceIds: [...paidInvoiceIds, object.invoiceId] };
  return withSettled({ ...billing, instalments: counted }, object);
}

export const isFullyPaid = ({ instalments }: SubscriptionBilling): boolean =>
  instalments !== undefined && instalments.paidInvoiceIds.length >= instalments.total;
