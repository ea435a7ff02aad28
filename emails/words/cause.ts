import type { CancelCause } from '../../workflows/domain/billing.ts';

export const CAUSE_WORDS = {
  voluntary: 'by the customer',
  internal: 'by the team',
  api: 'through the API',
  delinquent: 'because it stayed unpaid',
  automation: 'by an automation',
  bulk: 'by a bulk job',
  external: 'at Stripe',
  refund: 'with the money back',
} satisfies Record<CancelCause, string>;
