import type { CreditState } from '../../../workflows/domain/credits/balance.ts';
import type { CreditRule } from '../../../workflows/domain/credits/rule.ts';
import type { CreditEntryKind } from '../../../workflows/domain/credits/ledger.ts';
import type { Tone } from '../parts/notice.tsx';

/** What has become of a credit. */
export const CREDIT_STATE_WORDS: Record<CreditState, { label: string; tone: Tone }> = {
  available: { label: 'Available', tone: 'good' },
  held: { label: 'Held for a call', tone: 'good' },
  spent: { label: 'Spent', tone: 'plain' },
  expired: { label: 'Expired', tone: 'plain' },
  forfeited: { label: 'Forfeited', tone: 'plain' },
};

/** What became of the credit of a call that is over. */
export const CREDIT_FATE_WORDS = { returned: 'Returned', spent: 'Spent', expired: 'Expired', none: 'Gone' } as const;

/** An entry of the ledger. */
export const CREDIT_KIND_WORDS: Record<CreditEntryKind, string> = {
  issued: 'Issued',
  redeemed: 'Held for a call',
  returned: 'Returned',
  spent: 'Spent',
  expired: 'Expired',
  forfeited: 'Forfeited',
};

const EVERY: Record<number, string> = { 1: 'every month', 2: 'every two months', 3: 'every three months' };

/** When a year's credits come. */
export const rhythmInWords = (issue: CreditRule['issue']): string =>
  issue === 'period_start'
    ? 'all at the start of the year'
    : `one ${EVERY[issue.everyMonths] ?? `every ${issue.everyMonths} months`}`;
