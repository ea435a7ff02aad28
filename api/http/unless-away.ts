import { isStripes } from '../../activities/gateways/stripe/failures.ts';
import { Problem } from './problem.ts';

/** What Stripe says, or something else: a verb is taken while it is away, too [R6.2]. */
export async function unlessAway<Value, Else>(otherwise: Else, answer: Promise<Value>): Promise<Value | Else> {
  try {
    return await answer;
  } catch (error) {
    if (isStripes(error)) return otherwise;
    throw error;
  }
}

/** Says 503 where Stripe gives no answer. */
export const unavailable =
  (detail: string) =>
  (error: unknown): never => {
    if (!isStripes(error)) throw error;
    throw new Problem(503, 'unavailable', { detail });
  };

export const NO_PAYMENT_PAGE = 'The payment page cannot be reached right now.';
