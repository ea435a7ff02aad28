import { StripeRefused, StripeUnavailable } from '../../activities/gateways/stripe/failures.ts';

/** What Stripe says, or something else: a verb is taken while it is away, too [R6.2]. */
export async function unlessAway<Value, Else>(otherwise: Else, answer: Promise<Value>): Promise<Value | Else> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof StripeUnavailable || error instanceof StripeRefused) return otherwise;
    throw error;
  }
}
