import type { CreditEntryKind } from '../../../workflows/domain/credits/ledger.ts';
import type { CreditEffect } from '../../../workflows/verbs/credit-effect.ts';
import { countOf } from '../parts/counts.ts';
import { instantInWords, type Here } from './instant.ts';

type Entry = CreditEffect['entries'][number];
type Known = { id: string; issuedAt: string; expiresAt: string };

/** What becomes of one credit, and of several. */
const VERBS: Record<CreditEntryKind, [one: string, many: string]> = {
  issued: ['is issued', 'are issued'],
  redeemed: ['is used for the call', 'are used for calls'],
  returned: ['comes back', 'come back'],
  spent: ['is spent', 'are spent'],
  expired: ['has expired, and does not come back', 'have expired, and do not come back'],
  forfeited: ['is forfeited', 'are forfeited'],
};

/** Only what can be used afterwards has a day until which. */
const STAYS_GOOD: readonly CreditEntryKind[] = ['issued', 'redeemed', 'returned'];

/**
 * What becomes of call credits, a sentence each, before anybody presses: `The credit of Jan 31 is
 * used for the call; it is good until Jan 31, 2028.` One that is not known is only counted.
 */
export function creditsInWords(effect: CreditEffect | null, known: readonly Known[], here: Here): string[] {
  const entries = effect?.entries ?? [];
  const expired = new Set(entries.filter(({ kind }) => kind === 'expired').map(({ creditId }) => creditId));
  const told = entries.filter(({ kind, creditId }) => kind !== 'returned' || !expired.has(creditId));
  const groups = Map.groupBy(told, ({ kind, expiresAt }) => `${kind} ${expiresAt}`);
  return [...groups.values()].map((alike) => sentenceOf(alike, known, here));
}

function sentenceOf(alike: Entry[], known: readonly Known[], here: Here): string {
  const { kind, creditId, expiresAt } = alike[0]!;
  const isOne = alike.length === 1;
  const credit = isOne ? known.find(({ id }) => id === creditId) : undefined;
  const day = (at: string): string => instantInWords(at, here, 'day');
  const subject = credit ? `The credit of ${day(credit.issuedAt)}` : countOf(alike.length, 'credit');
  const until = STAYS_GOOD.includes(kind) ? (expiresAt ?? credit?.expiresAt ?? null) : null;
  const good = until === null ? '' : `; ${isOne ? 'it is' : 'they are'} good until ${day(until)}`;
  return `${subject} ${VERBS[kind][isOne ? 0 : 1]}${good}.`;
}

type Figures = CreditEffect['before'];
type Figure = string | number | undefined;

/** How the figures of a purchase's credits move; those that stay are left out. */
export const creditFiguresInWords = ({ before, after }: CreditEffect, here: Here): string[] => [
  ...moved('Available', before?.available, after?.available),
  ...moved('Left of this year', before?.remainingThisYear, after?.remainingThisYear),
  ...moved('Next credit', nextOf(before, here), nextOf(after, here)),
];

const moved = (label: string, before: Figure, after: Figure): string[] =>
  before === after ? [] : [`${label}: ${before ?? 'none'} → ${after ?? 'none'}.`];

const nextOf = (figures: Figures, here: Here): string =>
  figures?.nextIssueAt == null ? 'none' : instantInWords(figures.nextIssueAt, here, 'day');
