import type { StripeGateway } from '../../activities/gateways/stripe.ts';
import type { Money } from '../../workflows/domain/money.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import type { VerbName } from '../../workflows/domain/verb.ts';
import type { CancelInput } from '../../workflows/verbs/cancel.ts';

type Quoting = Pick<StripeGateway, 'cancelQuote'>;

/** What Stripe would charge for the cycle that a cancellation beyond the paid period shortens [R8.1]; null where there is none, or Stripe is away. */
export async function quoteOf(
  { verb, input }: { verb: VerbName; input: unknown },
  { billing }: PurchaseState,
  stripeAccount: string | null,
  stripe: Quoting,
): Promise<Money | null> {
  if (verb !== 'cancel' || billing.kind === 'none' || !billing.subscriptionId) return null;
  const { cancelAt } = input as CancelInput;
  if (!cancelAt || !billing.periodEnd || cancelAt <= billing.periodEnd) return null;
  return stripe.cancelQuote(billing.subscriptionId, cancelAt, stripeAccount).catch(() => null);
}
