import type { CancelCause } from '../../workflows/domain/billing.ts';

/** How billing ended, as it follows "canceled" [R8.4]. */
export const CAUSE_WORDS = {
  voluntary: 'by the customer',
  internal: 'by the team',
  api: 'through the API',
  delinquent: 'because payment kept failing',
  automation: 'by an automation',
  bulk: 'by a bulk job',
  external: 'at Stripe',
  refund: 'with a refund',
} as const satisfies Record<CancelCause, string>;
