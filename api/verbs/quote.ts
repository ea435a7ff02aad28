import type { StripeGateway } from '../../activities/gateways/stripe.ts';
import { periodEndOf, subscriptionIdOf } from '../../workflows/domain/billing-parts.ts';
import type { Money } from '../../workflows/domain/money.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import type { VerbName } from '../../workflows/domain/verb.ts';
import type { CancelInput } from '../../workflows/verbs/cancel.ts';

type Quoting = Pick<StripeGateway, 'cancelQuote'>;

/**
 * What Stripe would charge for the cycle that a cancellation beyond the paid period shortens
 * [R8.1]; null where there is none, or Stripe is away.
 */
export async function quoteOf(
  { verb, input }: { verb: VerbName; input: unknown },
  { billing }: PurchaseState,
  stripeAccount: string | null,
  stripe: Quoting,
): Promise<Money | null> {
  const subscriptionId = subscriptionIdOf(billing);
  if (verb !== 'cancel' || subscriptionId === null) return null;
  const { cancelAt } = input as CancelInput;
  const periodEnd = periodEndOf(billing);
  if (!cancelAt || !periodEnd || cancelAt <= periodEnd) return null;
  return stripe.cancelQuote(subscriptionId, cancelAt, stripeAccount).catch(() => null);
}
