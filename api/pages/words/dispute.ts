import type { DisputeStatus } from '../../../workflows/domain/payments.ts';
import type { Tone } from '../parts/notice.tsx';

export const DISPUTE_WORDS = {
  open: { label: 'Open', tone: 'bad' },
  inquiry: { label: 'Inquiry', tone: 'warn' },
  won: { label: 'Won', tone: 'good' },
  lost: { label: 'Lost', tone: 'bad' },
  closed: { label: 'Came to nothing', tone: 'plain' },
} satisfies Record<DisputeStatus, { label: string; tone: Tone }>;
