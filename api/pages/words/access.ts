import type { BlockSource } from '../../../workflows/domain/access.ts';
import type { AccessStatus } from '../../../workflows/domain/standing.ts';
import type { Tone } from '../parts/notice.tsx';

export const ACCESS_WORDS = {
  full: { label: 'Full access', short: 'Full', tone: 'good' },
  partial: { label: 'Partial access', short: 'Partial', tone: 'warn' },
  none: { label: 'No access', short: 'None', tone: 'bad' },
} satisfies Record<AccessStatus, { label: string; short: string; tone: Tone }>;

export const BLOCK_WORDS = {
  not_started: 'not started yet',
  revoked: 'revoked',
  suspended_by_pause: 'suspended while paused',
  suspended_by_overdue: 'suspended because a payment is overdue',
  expired: 'the days of access are over',
  ended: 'ended with the billing',
} satisfies Record<BlockSource, string>;
