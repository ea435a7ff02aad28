import type { BillingStatus } from './billing.ts';

export type AccessStatus = 'full' | 'partial' | 'none';

/** Both axes in one look. */
export type Standing = { billingStatus: BillingStatus; accessStatus: AccessStatus };
