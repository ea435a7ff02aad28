import Stripe from 'stripe';
import type { Refused } from './gateway.ts';

/**
 * Stripe gave no final answer: not reached, too slow, too busy, broken, or still at the same
 * request. To be tried again with the same key.
 */
export class StripeUnavailable extends Error {
  override readonly name = 'StripeUnavailable';
  /**
   * `rate_limit`, `timeout`, `connection`, ... : codes only, since this ends up in workflow
   * histories.
   */
  readonly code: string;
  /** What Stripe asks us to wait. */
  readonly retryAfterMs: number | undefined;

  constructor(code: string, retryAfterMs?: number) {
    super(`Stripe is unavailable: ${code}`);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * Stripe refused for good what is no verb's write. Carries codes only; the sentence is in Stripe's
 * own log.
 */
export class StripeRefused extends Error {
  override readonly name = 'StripeRefused';
  readonly stripeCode: string;
  readonly isCard: boolean;

  constructor({ stripeCode, isCard }: Pick<Refused, 'stripeCode' | 'isCard'>) {
    super(`Stripe refused: ${stripeCode}`);
    this.stripeCode = stripeCode;
    this.isCard = isCard;
  }
}

/** There is no such object in this Stripe account. */
export class StripeMissing extends Error {
  override readonly name = 'StripeMissing';
  readonly objectId: string;

  constructor(objectId: string) {
    super(`Stripe knows no ${objectId}`);
    this.objectId = objectId;
  }
}

const { StripeError, StripeConnectionError, StripeInvalidRequestError } = Stripe.errors;

/**
 * A definite refusal as data; codes as in https://docs.stripe.com/error-codes.
 * @throws StripeUnavailable where Stripe may answer otherwise later; any other error as it is
 */
export function refusalOf(error: unknown): Refused {
  if (!(error instanceof StripeError)) throw error;
  const { statusCode: status, code, message } = error;
  const isDefinite = status !== undefined && status >= 400 && status < 500 && ![401, 409, 429].includes(status);
  if (!isDefinite) throw new StripeUnavailable(outageCode(error), retryAfterMs(error));
  return { kind: 'refused', stripeCode: code ?? error.rawType ?? error.type, isCard: status === 402, message };
}

// A key that Stripe does not know is the operator's to put right; verbs wait for it instead of
// being refused.
const OUTAGES: Record<number, string> = { 401: 'authentication', 409: 'concurrent_request', 429: 'rate_limit' };

function outageCode(error: InstanceType<typeof StripeError>): string {
  const status = error.statusCode;
  if (status !== undefined) return OUTAGES[status] ?? `status_${status}`;
  if (!(error instanceof StripeConnectionError)) return 'unreadable_answer';
  return isTimeout(error.detail) ? 'timeout' : 'connection';
}

const isTimeout = (detail: unknown): boolean =>
  detail instanceof Error && 'code' in detail && detail.code === 'ETIMEDOUT';

function retryAfterMs({ headers }: InstanceType<typeof StripeError>): number | undefined {
  const seconds = Number(headers?.['retry-after'] ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds * 1000) : undefined;
}

/** The answer, or a refusal as an error: for calls where only a bug or a setting can be refused. */
export async function orThrow<Value>(answer: Promise<Value>): Promise<Value> {
  try {
    return await answer;
  } catch (error) {
    throw new StripeRefused(refusalOf(error));
  }
}

/** The answer; null where there is no such object. */
export async function orNull<Value>(answer: Promise<Value>): Promise<Value | null> {
  try {
    return await answer;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal.stripeCode === 'resource_missing') return null;
    throw new StripeRefused(refusal);
  }
}

/** The answer; or, where Stripe refuses because things are so already, the object as it is. */
export async function unlessReached<Value>(
  answer: Promise<Value>,
  read: () => Promise<Value>,
  isReached: (value: Value) => boolean,
): Promise<Value> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof StripeInvalidRequestError)) throw error;
    const now = await read();
    if (isReached(now)) return now;
    throw error;
  }
}
