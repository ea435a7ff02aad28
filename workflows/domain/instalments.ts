import type { Billing, SubscriptionBilling } from './billing.ts';
import type { InvoiceFact } from './facts.ts';

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
