import type { CancelCause, EndCause } from '../../workflows/domain/billing.ts';

/** How billing ended, as it follows "canceled" [R8.4]. */
export const CAUSE_WORDS = {
  voluntary: 'by the customer',
  internal: 'by the team',
  api: 'through the API',
  delinquent: 'because payments kept failing',
  automation: 'by an automation',
  bulk: 'by a bulk job',
  external: 'at Stripe',
  refund: 'with a refund',
  requirement_ended: 'because what it requires has ended',
} as const satisfies Record<CancelCause, string>;

/** How billing ended, a plan that was paid in full among it. */
export const END_WORDS = {
  ...CAUSE_WORDS,
  completed: 'with the last payment of the plan',
} as const satisfies Record<EndCause, string>;
