import type { PaymentState } from '../../../db/entities/payment.ts';
import type { Tone } from '../parts/notice.tsx';

export const PAYMENT_WORDS = {
  succeeded: { label: 'Paid', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
  requires_action: { label: 'Waits for bank', tone: 'warn' },
  disputed: { label: 'Disputed', tone: 'bad' },
  partially_refunded: { label: 'Partly refunded', tone: 'plain' },
  refunded: { label: 'Refunded', tone: 'plain' },
  canceled: { label: 'Never paid', tone: 'plain' },
} satisfies Record<PaymentState, { label: string; tone: Tone }>;
