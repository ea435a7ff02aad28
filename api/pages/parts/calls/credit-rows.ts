import type { z } from 'zod';
import type { creditsSchema } from '../../../credits/credit-schema.ts';
import { addMonths } from '../../../../workflows/domain/calendar.ts';
import type { CreditState } from '../../../../workflows/domain/credits/balance.ts';
import { expiryOf, type CreditRule } from '../../../../workflows/domain/credits/rule.ts';
import type { Instant } from '../../../../workflows/domain/instant.ts';

export type Credits = z.output<typeof creditsSchema>;
type Credit = Credits['data'][number];

/** Credits of one issue, expiry and fate share a line; one that a call has or had is alone. */
export type CreditRow = {
  key: string;
  issuedAt: Instant;
  expiresAt: Instant;
  state: CreditState | 'to_come';
  count: number;
  /** The call that it is held for, or was spent on. */
  callId: string | null;
  /** null = it has not ended. */
  endedAt: Instant | null;
};

const ENDED: readonly CreditRow['state'][] = ['spent', 'expired', 'forfeited'];

/** The lines of a time line, the newest first; `earlier`: how many ended more than a year ago. */
export function creditRows(credits: Credits, rule: CreditRule, now: Instant): { rows: CreditRow[]; earlier: number } {
  const aYearAgo = addMonths(now, -12);
  const shown = credits.data.map(toRow).filter(({ endedAt }) => endedAt === null || endedAt >= aYearAgo);
  const lines = [...nextRow(credits, rule), ...together(shown)];
  return {
    rows: lines.sort((a, b) => (a.issuedAt === b.issuedAt ? 0 : a.issuedAt < b.issuedAt ? 1 : -1)),
    earlier: credits.data.length - shown.length,
  };
}

function toRow({ id, issuedAt, expiresAt, state, entries }: Credit): CreditRow {
  const last = entries.at(-1);
  // An expiry that no record has written yet has come by the clock.
  const endedAt = state === 'expired' && last?.kind !== 'expired' ? expiresAt : (last?.at ?? null);
  const isOfCall = state === 'held' || state === 'spent';
  return {
    key: id,
    issuedAt,
    expiresAt,
    state,
    count: 1,
    callId: isOfCall ? (entries.findLast(({ callId }) => callId !== null)?.callId ?? null) : null,
    endedAt: ENDED.includes(state) ? endedAt : null,
  };
}

function nextRow({ nextIssueAt }: Credits, rule: CreditRule): CreditRow[] {
  if (nextIssueAt === null) return [];
  const count = rule.issue === 'period_start' ? rule.perYear : 1;
  const expiresAt = expiryOf(rule, nextIssueAt);
  return [{ key: 'next', issuedAt: nextIssueAt, expiresAt, state: 'to_come', count, callId: null, endedAt: null }];
}

function together(rows: readonly CreditRow[]): CreditRow[] {
  const lines = new Map<string, CreditRow>();
  for (const row of rows) {
    const key = [row.issuedAt, row.expiresAt, row.state, row.callId, row.endedAt].join(' ');
    const line = lines.get(key);
    lines.set(key, line ? { ...line, count: line.count + 1 } : row);
  }
  return [...lines.values()];
}

/** When the next of the credits that can be used is over. */
export const nextExpiryOf = ({ data }: Credits): Instant | null =>
  data
    .filter(({ state }) => state === 'available')
    .map(({ expiresAt }) => expiresAt)
    .sort()[0] ?? null;
