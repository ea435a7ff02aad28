import { fromMs, toMs, type Instant } from '../../../workflows/domain/instant.ts';

/** Stripe's seconds since 1970 as an instant. */
export const fromUnix = (seconds: number): Instant => fromMs(seconds * 1000);

/** What Stripe may leave out, or set to null. */
export const fromUnixOrNull = (seconds: number | null | undefined): Instant | null =>
  seconds == null ? null : fromUnix(seconds);

/**
 * Whole seconds since 1970; what lies below a second is cut off, which `isWholeSecond` has ruled
 * out before [R1.1].
 */
export const toUnix = (at: Instant): number => Math.floor(toMs(at) / 1000);
