import { DAY_MS, toMs, type Instant } from './instant.ts';

/** So many permanent bounces within so many days unsubscribe [R3.5]. */
export type BounceLimit = { count: number; days: number };

export const DEFAULT_BOUNCE_LIMIT: BounceLimit = { count: 1, days: 30 };

/**
 * Whether an address is given up: as many emails as the limit has were sent within its days,
 * `[first, first + days)`, and have all bounced for good. In whatever order they are named.
 */
export function isGivenUp(sentAt: readonly Instant[], { count, days }: BounceLimit): boolean {
  const sent = sentAt.map(toMs).sort((a, b) => a - b);
  return sent.some((first, index) => (sent[index + count - 1] ?? Infinity) - first < days * DAY_MS);
}
