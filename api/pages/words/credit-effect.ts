import type { CreditEntryKind } from '../../../workflows/domain/credits/ledger.ts';
import type { CreditEffect } from '../../../workflows/verbs/credit-effect.ts';
import { countOf } from '../parts/counts.ts';
import { instantInWords, type Here } from './instant.ts';

type Entry = CreditEffect['entries'][number];

const VERBS: Record<CreditEntryKind, [one: string, many: string]> = {
  issued: ['is issued', 'are issued'],
  redeemed: ['is held for the call', 'are held for calls'],
  returned: ['is returned', 'are returned'],
  spent: ['is spent with its call', 'are spent with their calls'],
  expired: ['is over already', 'are over already'],
  forfeited: ['is forfeited', 'are forfeited'],
};

/** What a verb does to call credits, as sentences; none where it leaves them as they are. */
export function creditEffectInWords({ before, after, entries }: CreditEffect, here: Here): string[] {
  const groups = Map.groupBy(entries, ({ kind, expiresAt }) => `${kind} ${expiresAt}`);
  return [
    ...[...groups.values()].map((alike) => entryInWords(alike, here)),
    ...moved('Available', before?.available, after?.available),
    ...moved('Left of this year', before?.remainingThisYear, after?.remainingThisYear),
    ...moved('Next credit', nextOf(before, here), nextOf(after, here)),
  ];
}

function entryInWords(alike: Entry[], here: Here): string {
  const { kind, expiresAt } = alike[0]!;
  const verb = VERBS[kind][alike.length === 1 ? 0 : 1];
  const until = expiresAt === null ? '' : `, until ${instantInWords(expiresAt, here, 'hour')}`;
  return `${countOf(alike.length, 'credit')} ${verb}${until}.`;
}

type Figure = string | number | undefined;

const moved = (label: string, before: Figure, after: Figure): string[] =>
  before === after ? [] : [`${label}: ${before ?? 'none'} → ${after ?? 'none'}.`];

const nextOf = (figures: CreditEffect['before'], here: Here): string =>
  figures?.nextIssueAt == null ? 'none' : instantInWords(figures.nextIssueAt, here, 'hour');
