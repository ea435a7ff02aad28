import type { BillingStatus } from '../../../workflows/domain/billing.ts';
import type { Tone } from '../parts/notice.tsx';

export const BILLING_WORDS = {
  trialing: { label: 'Trialing', tone: 'plain' },
  active: { label: 'Active', tone: 'good' },
  past_due: { label: 'Past due', tone: 'bad' },
  paused: { label: 'Paused', tone: 'warn' },
  canceled: { label: 'Canceled', tone: 'plain' },
  completed: { label: 'Completed', tone: 'good' },
  paid: { label: 'Paid', tone: 'good' },
  none: { label: 'No billing', tone: 'plain' },
} satisfies Record<BillingStatus, { label: string; tone: Tone }>;
