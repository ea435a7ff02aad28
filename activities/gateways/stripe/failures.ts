import Stripe from 'stripe';
import type { Refused } from './gateway.ts';

/**
 * Stripe gave no final answer: unreachable, too slow, too busy, broken, or still working on the
 * same request. To be retried with the same key.
 */
export class StripeUnavailable extends Error {
  override readonly name = 'StripeUnavailable';
  /**
   * `rate_limit`, `timeout`, `connection`, ... : codes only, since this ends up in workflow
   * histories.
   */
  readonly code: string;
  /** How long Stripe asks us to wait. */
  readonly retryAfterMs: number | undefined;

  constructor(code: string, retryAfterMs?: number) {
    super(`Stripe is unavailable: ${code}`);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * Stripe refused for good a request that is no verb's write. Carries codes only; the message is in
 * Stripe's own log.
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

/** Whether it is one of the two ways in which Stripe fails us. */
export const isStripes = (error: unknown): error is StripeUnavailable | StripeRefused =>
  error instanceof StripeUnavailable || error instanceof StripeRefused;

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
 * A final refusal as data; codes as in https://docs.stripe.com/error-codes. @throws
 * StripeUnavailable if Stripe may answer otherwise later; any other error as it is
 */
export function refusalOf(error: unknown): Refused {
  if (!(error instanceof StripeError)) throw error;
  const { statusCode: status, code, message } = error;
  const isDefinite = status !== undefined && status >= 400 && status < 500 && ![401, 409, 429].includes(status);
  if (!isDefinite) throw new StripeUnavailable(outageCode(error), retryAfterMs(error));
  return { kind: 'refused', stripeCode: code ?? error.rawType ?? error.type, isCard: status === 402, message };
}

// An API key that Stripe does not know has to be corrected by the operator; verbs wait for it
// instead of being refused.
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

/**
 * The answer. @throws StripeRefused, for calls that are refused only because of a bug or a setting
 */
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

/** The answer; or, if Stripe refuses because that is already so, the object as it is. */
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
