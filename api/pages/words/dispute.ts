import type { DisputeStatus } from '../../../workflows/domain/payments.ts';

export const DISPUTE_WORDS = {
  inquiry: 'an inquiry: nothing is taken yet, and a refund settles it',
  open: 'the bank holds the money',
  won: 'won',
  lost: 'lost: the money stays with the customer',
  closed: 'the inquiry came to nothing',
} satisfies Record<DisputeStatus, string>;
