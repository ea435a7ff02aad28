import { addMonths } from '../../workflows/domain/calendar.ts';
import type { InvoiceFact, SubscriptionFact } from '../../workflows/domain/facts.ts';
import { addDays, type Instant } from '../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import type { Price } from '../../workflows/domain/price.ts';
import { aCheckout, anInvoice, aPayment, aPurchase, aSubscription, T0 } from './purchase.ts';

/** The `n`th date of a plan that was bought at T0, a month's end: 0 is T0 itself. */
export const month = (n: number): Instant => addMonths(T0, n);

const planPrice = (instalments = 6): Price => ({
  kind: 'payment_plan',
  amountMinor: 4900,
  currency: 'usd',
  instalments,
});

/** A checkout of a plan that nobody has paid yet. */
export const aPlanCheckout = (instalments = 6): PurchaseState => aCheckout({ price: planPrice(instalments) });

const WINDOW = { opensAt: T0, closesAt: addDays(T0, 30), usedAt: null };

type Given = Parameters<typeof aPurchase>[0] & { paid?: number; total?: number };

/** A payment plan of which `paid` instalments were paid, each on its date. */
export function aPlan({ paid = 2, total = 6, billing, terms, ...given }: Given = {}): PurchaseState {
  const last = paid - 1;
  const ids = Array.from({ length: paid }, (_, n) => `in_${n}`);
  const instalments = { total, paidInvoiceIds: ids, settledFrom: month(last), stopAt: month(total) };
  const period = { periodStart: month(last), periodEnd: month(paid) };
  const payments = ids.map((paymentId, n) =>
    aPayment({ paymentId, paidAt: month(n), periodStart: month(n), periodEnd: month(n + 1) }),
  );
  return aPurchase({
    terms: { price: planPrice(total), ...terms },
    billing: { ...period, instalments, ...billing },
    payments,
    refundWindow: { ...WINDOW, closedAt: WINDOW.closesAt },
    ...given,
  });
}

/** The invoice of the `n`th instalment, counted from 0, paid on its date. */
export const anInstalment = (n: number, given: Partial<InvoiceFact> = {}): InvoiceFact =>
  anInvoice({
    invoiceId: `in_${n}`,
    reason: n === 0 ? 'first' : 'renewal',
    periodStart: month(n),
    periodEnd: month(n + 1),
    paidAt: given.status && given.status !== 'paid' ? null : month(n),
    ...given,
  });

/** The subscription in its `n`th month, counted from 0. */
export const inMonth = (n: number, given: Partial<SubscriptionFact> = {}): SubscriptionFact =>
  aSubscription({ periodStart: month(n), periodEnd: month(n + 1), ...given });
