/** Stripe gave no final answer: not reached, too slow, too busy, broken, or still at the same request. To be tried again with the same key. */
export class StripeUnavailable extends Error {
  override readonly name = 'StripeUnavailable';
  /** `rate_limit`, `timeout`, `connection`, ... : codes only, since this ends up in workflow histories. */
  readonly code: string;
  /** What Stripe asks us to wait. */
  readonly retryAfterMs?: number;

  constructor(code: string, retryAfterMs?: number) {
    super(`Stripe is unavailable: ${code}`);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Stripe refused for good what is no verb's write. Carries codes only; the sentence is in Stripe's own log. */
export class StripeRefused extends Error {
  override readonly name = 'StripeRefused';
  readonly stripeCode: string;
  readonly param: string | null;

  constructor({ stripeCode, param }: { stripeCode: string; param: string | null }) {
    super(`Stripe refused: ${stripeCode}${param ? ` (${param})` : ''}`);
    this.stripeCode = stripeCode;
    this.param = param;
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
