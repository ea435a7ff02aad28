import type Stripe from 'stripe';
import type { InvoiceFact } from '../../../workflows/domain/facts.ts';
import { fromUnix, fromUnixOrNull } from './instants.ts';
import { idOf, known } from './unreadable.ts';

const STATUSES = ['draft', 'open', 'paid', 'void', 'uncollectible'] as const;

/** Before 2025 an invoice named its subscription and payment itself. */
type OlderInvoice = {
  subscription?: string | { id: string } | null;
  subscription_details?: { metadata: Stripe.Metadata | null } | null;
  payment_intent?: string | { id: string } | null;
};

/** What an invoice itself does not say. */
export type Trouble = Pick<InvoiceFact, 'trouble' | 'methodId'> & { declineCode: string | null };

type OlderLine = { type?: string; proration?: boolean };

/**
 * Stripe's invoice as the domain knows it; `trouble` is what only the event or the payment says.
 * @throws StripeUnreadable where the status is not one of Stripe's five
 */
export function fromStripeInvoice(invoice: Stripe.Invoice, trouble: InvoiceFact['trouble']): InvoiceFact {
  const id = invoice.id ?? '';
  const status = known(STATUSES, invoice.status, 'status', id);
  const period = subscriptionPeriod(invoice);
  return {
    type: 'invoice',
    invoiceId: id,
    subscriptionId: billedSubscription(invoice)?.id ?? null,
    status,
    amountDueMinor: invoice.amount_due,
    amountPaidMinor: invoice.amount_paid,
    currency: invoice.currency,
    paidAt: status === 'paid' ? fromUnix(invoice.status_transitions?.paid_at ?? invoice.created) : null,
    attempts: invoice.attempt_count,
    nextTryAt: fromUnixOrNull(invoice.next_payment_attempt),
    periodStart: fromUnixOrNull(period?.start),
    periodEnd: fromUnixOrNull(period?.end),
    reason: REASONS[invoice.billing_reason ?? ''] ?? 'other',
    totalMinor: invoice.total,
    commandId: invoice.metadata?.commandId ?? null,
    trouble,
  };
}

const REASONS: Record<string, InvoiceFact['reason']> = { subscription_create: 'first', subscription_cycle: 'renewal' };

/**
 * The subscription that an invoice bills, with the metadata it had by then; null for an invoice of
 * its own.
 */
export function billedSubscription(invoice: Stripe.Invoice): { id: string; metadata: Stripe.Metadata } | null {
  const older = invoice as OlderInvoice;
  const details = invoice.parent?.subscription_details;
  const id = idOf(details?.subscription) ?? idOf(older.subscription);
  return id === null ? null : { id, metadata: details?.metadata ?? older.subscription_details?.metadata ?? {} };
}

/** The payment that an older invoice names; a newer one is asked through its invoice payments. */
export const olderPaymentIntent = (invoice: Stripe.Invoice): string | null =>
  idOf((invoice as OlderInvoice).payment_intent);

/**
 * What the subscription's own line bills: the invoice's own period is the cycle before it. A
 * proration only where nothing else is billed.
 */
function subscriptionPeriod(invoice: Stripe.Invoice): Stripe.InvoiceLineItem.Period | null {
  const lines = (invoice.lines?.data ?? []).filter(billsSubscription);
  return (lines.find((line) => !isProration(line)) ?? lines[0])?.period ?? null;
}

const billsSubscription = (line: Stripe.InvoiceLineItem): boolean =>
  line.parent?.type === 'subscription_item_details' || (line as OlderLine).type === 'subscription';

const isProration = (line: Stripe.InvoiceLineItem): boolean =>
  line.parent?.subscription_item_details?.proration ?? (line as OlderLine).proration ?? false;
