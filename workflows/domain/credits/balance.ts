import type { Instant } from '../instant.ts';
import type { CreditEntry } from './ledger.ts';

export const CREDIT_STATES = ['available', 'held', 'spent', 'expired', 'forfeited'] as const;
export type CreditState = (typeof CREDIT_STATES)[number];

export type CreditAsOf = { credit: number; issuedAt: Instant; expiresAt: Instant; state: CreditState };

/** What the ledger says of each credit at `now`, in the order of their issue: a fold, no more. */
export function creditsAsOf(entries: readonly CreditEntry[], now: Instant): CreditAsOf[] {
  const credits = new Map<number, CreditAsOf>();
  for (const entry of entries)
    if (entry.at <= now) credits.set(entry.credit, afterEntry(credits.get(entry.credit), entry));
  return [...credits.values()].map((one) =>
    one.state === 'available' && one.expiresAt <= now ? { ...one, state: 'expired' } : one,
  );
}

function afterEntry(before: CreditAsOf | undefined, { credit, kind, at, expiresAt }: CreditEntry): CreditAsOf {
  const known = before ?? { credit, issuedAt: at, expiresAt: at, state: 'available' as const };
  switch (kind) {
    case 'issued':
    case 'returned':
      return { ...known, expiresAt: expiresAt ?? known.expiresAt, state: 'available' };
    case 'redeemed':
      return { ...known, state: 'held' };
    case 'spent':
    case 'expired':
    case 'forfeited':
      return { ...known, state: kind };
  }
}
