import type { DifferenceCause, DifferenceState } from '../../../db/entities/difference-row.ts';
import type { DifferenceKind, Repair, Severity } from '../../../workflows/domain/compare.ts';
import type { Tone } from '../parts/notice.tsx';

export const DIFFERENCE_WORDS: Record<DifferenceKind, string> = {
  status: 'Another status',
  period: 'Another period',
  cancellation: 'Another end',
  price: 'Another price',
  payment_missing_here: 'Payment missing here',
  payment_missing_there: 'Payment missing at Stripe',
  refund_missing_here: 'Refund missing here',
  refund_missing_there: 'Refund missing at Stripe',
  refund_differs: 'Another refund',
  dispute_differs: 'Another dispute',
  unpaid_forgotten: 'Unpaid and forgotten',
  missing_there: 'Nothing at Stripe',
  without_purchase: 'No purchase here',
  charged_while_paused: 'Charged while paused',
  open_after_end: 'Open after its end',
  over_refunded: 'Too much refunded',
  ledger_differs: 'Credits do not add up',
  asleep: 'Asleep',
};

export const SEVERITY_WORDS: Record<Severity, { label: string; tone: Tone }> = {
  high: { label: 'High', tone: 'bad' },
  medium: { label: 'Medium', tone: 'warn' },
  low: { label: 'Low', tone: 'plain' },
};

export const DIFFERENCE_STATE_WORDS: Record<DifferenceState, { label: string; tone: Tone }> = {
  suspected: { label: 'Seen once', tone: 'plain' },
  open: { label: 'Open', tone: 'warn' },
  repairing: { label: 'Being mended', tone: 'warn' },
  mended: { label: 'Mended', tone: 'good' },
  dismissed: { label: 'Dismissed', tone: 'plain' },
};

export const CAUSE_WORDS: Record<DifferenceCause, string> = {
  event_failed: 'An event of Stripe about it has failed.',
  event_unmatched: 'An event of Stripe about it has not found its purchase.',
  other_subscription: 'It names a purchase that has, or had, another subscription.',
};

export const REPAIR_WORDS: Record<Repair, { what: string; button: string }> = {
  read: { what: 'Stripe is read, and what it says is taken over.', button: 'Take over what Stripe says' },
  take: { what: 'What Stripe says of it is taken in, as its event would have been.', button: 'Take it in' },
  end: { what: 'Its billing ends here, since Stripe can never charge it again.', button: 'End it here' },
  cancel: { what: 'The subscription is canceled at Stripe now. Nothing is refunded.', button: 'Cancel it at Stripe' },
  wake: { what: 'Its workflow is woken, and does what was due as of its own instant.', button: 'Wake it' },
  rewrite: { what: 'What is shown of it is worked out anew.', button: 'Work it out anew' },
  none: { what: 'It cannot be mended from here: somebody has to see to it at Stripe.', button: '' },
};
