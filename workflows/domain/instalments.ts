import type { Billing, SubscriptionBilling } from './billing.ts';
import type { InvoiceFact } from './facts.ts';
import type { Instalments } from './instalment-count.ts';

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

/** The first and the last, of how many. */
type Paid = { instalment: number; lastInstalment?: number; instalments: number };

/** Which of the instalments an invoice has paid, to be said of it; empty = it counts for none. */
export function instalmentOf(billing: Billing, invoiceId: string): Paid | Record<string, never> {
  switch (billing.kind) {
    case 'none':
    case 'one_time':
      return {};
    case 'subscription': {
      const { total: instalments, paidInvoiceIds = [] } = billing.instalments ?? {};
      const instalment = paidInvoiceIds.indexOf(invoiceId) + 1;
      if (instalments === undefined || instalment === 0) return {};
      const lastInstalment = paidInvoiceIds.lastIndexOf(invoiceId) + 1;
      return { instalment, ...(lastInstalment > instalment && { lastInstalment }), instalments };
    }
  }
}

/** Whether its last instalments were paid by one invoice [R27.10]. */
export function wasPaidOff(billing: Billing): boolean {
  switch (billing.kind) {
    case 'none':
    case 'one_time':
      return false;
    case 'subscription': {
      const { paidInvoiceIds = [] } = billing.instalments ?? {};
      return paidInvoiceIds.length > 1 && paidInvoiceIds.at(-1) === paidInvoiceIds.at(-2);
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
 * Billing that has counted a paid invoice, once, for as many instalments as it pays; the same
 * object where it counts for nothing: it is no plan's, pays none, is counted already, or one more
 * than there are.
 */
export function withCounted(billing: SubscriptionBilling, object: InvoiceFact, pays: number): SubscriptionBilling {
  const { instalments } = billing;
  if (!instalments) return billing;
  const { paidInvoiceIds } = instalments;
  const count = Math.min(pays, leftToCount(instalments));
  if (paidInvoiceIds.includes(object.invoiceId) || count === 0) return billing;
  const ids = Array<string>(count).fill(object.invoiceId);
  const counted = { ...instalments, paidInvoiceIds: [...paidInvoiceIds, ...ids] };
  return withSettled({ ...billing, instalments: counted }, object);
}

const leftToCount = ({ total, paidInvoiceIds }: Instalments): number => Math.max(0, total - paidInvoiceIds.length);

/** Whether an invoice pays for more of them than there are. */
export const paysTooMany = ({ instalments }: SubscriptionBilling, pays: number): boolean =>
  instalments !== undefined && pays > leftToCount(instalments);

export const isFullyPaid = ({ instalments }: SubscriptionBilling): boolean =>
  instalments !== undefined && instalments.paidInvoiceIds.length >= instalments.total;
