import type { OneTimeBilling } from './billing.ts';
import { ChangeBuilder, NO_CHANGE, type Context, type Outcome } from './change.ts';
import type { Fact, InvoiceFact } from './facts.ts';
import type { PurchaseState } from './purchase.ts';
import { paymentOf, withPayment } from './take-payment.ts';

/**
 * What Stripe says of the one invoice of what is paid once. Until it is paid there is no purchase;
 * one settled at zero is paid, and no payment [R1.6, R27.1, R27.7].
 */
export function applyToOneTime(
  state: PurchaseState,
  billing: OneTimeBilling,
  fact: Fact & { object: InvoiceFact },
  context: Context,
): Outcome {
  const { invoiceId, status, amountPaidMinor } = fact.object;
  if (status !== 'paid' || billing.invoiceId !== null) return NO_CHANGE;
  const paid = amountPaidMinor > 0 ? withPayment(state, paymentOf(fact)) : state;
  return new ChangeBuilder(state, fact.occurredAt, context).to({ ...paid, billing: { ...billing, invoiceId } });
}
