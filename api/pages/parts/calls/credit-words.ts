import type { z } from 'zod';
import type { creditEffectSchema } from '../../../credits/credit-schema.ts';
import { instantInWords, type Here } from '../../words/instant.ts';
import type { Credits } from './credit-rows.ts';

type Effect = z.output<typeof creditEffectSchema>;
type Entry = Effect['entries'][number];

/** What becomes of credits, a sentence each, before anybody presses. */
export function creditsInWords(effect: Effect | null, credits: Credits | null, here: Here): string[] {
  const entries = effect?.entries ?? [];
  const ended = new Set(entries.filter(({ kind }) => kind === 'expired').map(({ creditId }) => creditId));
  return entries
    .filter(({ kind, creditId }) => kind !== 'returned' || !ended.has(creditId))
    .flatMap((entry) => sentenceOf(entry, credits, here) ?? []);
}

function sentenceOf({ kind, creditId, expiresAt }: Entry, credits: Credits | null, here: Here): string | null {
  const credit = credits?.data.find(({ id }) => id === creditId);
  const day = (at: string) => instantInWords(at, here, 'day');
  const named = credit ? `credit of ${day(credit.issuedAt)}` : 'credit';
  const until = expiresAt ?? credit?.expiresAt ?? null;
  const good = until === null ? '' : `, good until ${day(until)}`;
  switch (kind) {
    case 'redeemed':
      return `It uses the ${named}${good}.`;
    case 'returned':
      return `The ${named} comes back${until === null ? '' : `: it can be used until ${instantInWords(until, here, 'hour')}`}.`;
    case 'spent':
      return `The ${named} is spent.`;
    case 'expired':
      return `The ${named} has expired meanwhile, so it does not come back.`;
    case 'forfeited':
      return `The ${named} is gone.`;
    case 'issued':
      return null;
  }
}
