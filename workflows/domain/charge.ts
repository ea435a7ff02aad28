import type { Instant } from './instant.ts';

/**
 * What is said once before a charge; `trial`: before that of the trial's end. `at`: when it is
 * said; null = it was, and is not said of this charge again.
 */
export type ChargeNotice = { of: 'trial' | 'payment'; chargeAt: Instant; at: Instant | null };
