import type { Scoped } from '../../db/account-scope.ts';
import { keepReceipt } from '../../db/money/receipts.ts';
import { stripeAccountOf } from '../../db/money/stripe-account.ts';
import type { Receipt, StripeGateway } from './stripe.ts';

export type ReceiptGateway = Pick<StripeGateway, 'receiptOf'>;

/** How a payment was made, from Stripe, and kept for whoever asks next. */
export async function readReceipt(
  em: Scoped,
  stripe: ReceiptGateway,
  { paymentId, purchaseId }: { paymentId: string; purchaseId: string },
): Promise<Receipt> {
  const receipt = await stripe.receiptOf(paymentId, await stripeAccountOf(em, purchaseId));
  await keepReceipt(em, paymentId, receipt);
  return receipt;
}
