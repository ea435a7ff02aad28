import type { Instant } from '../instant.ts';
import type { CreditEntry, CreditEntryKind } from './ledger.ts';

export const CREDIT_STATES = ['available', 'held', 'spent', 'expired', 'forfeited'] as const;
export type CreditState = (typeof CREDIT_STATES)[number];

export type CreditAsOf = { credit: number; issuedAt: Instant; expiresAt: Instant; state: CreditState };

/** What an entry leaves its credit in. */
export const STATE_AFTER: Record<CreditEntryKind, CreditState> = {
  issued: 'available',
  redeemed: 'held',
  returned: 'available',
  spent: 'spent',
  expired: 'expired',
  forfeited: 'forfeited',
};

/** A credit is over at its instant, whether its entry is written yet or not. */
export const stateAt = ({ state, expiresAt }: Pick<CreditAsOf, 'state' | 'expiresAt'>, now: Instant): CreditState =>
  state === 'available' && expiresAt <= now ? 'expired' : state;

/** What the ledger says of each credit at `now`, in the order of their issue: a fold, no more. */
export function creditsAsOf(entries: readonly CreditEntry[], now: Instant): CreditAsOf[] {
  const credits = new Map<number, CreditAsOf>();
  for (const entry of entries)
    if (entry.at <= now) credits.set(entry.credit, afterEntry(credits.get(entry.credit), entry));
  return [...credits.values()].map((one) => ({ ...one, state: stateAt(one, now) }));
}

function afterEntry(before: CreditAsOf | undefined, { credit, kind, at, expiresAt }: CreditEntry): CreditAsOf {
  const state = STATE_AFTER[kind];
  const known = before ?? { credit, issuedAt: at, expiresAt: at };
  return { ...known, state, expiresAt: (state === 'available' && expiresAt) || known.expiresAt };
}
