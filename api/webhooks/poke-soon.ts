import type { Poker } from '../../activities/gateways/temporal.ts';

/** Stripe sends a purchase's events in a bunch: they are gathered for this long, and make one wake. */
const GATHER_MS = 30;

export type PokeSoon = (subjectId: string, poke: { kind: string; rowId: string }) => void;

/** Wakes each subject once for all of its events that arrive together. */
export function gatherPokes(poker: Pick<Poker, 'wake'>): PokeSoon {
  const gathered = new Set<string>();
  return (subjectId, poke) => {
    if (gathered.has(subjectId)) return;
    gathered.add(subjectId);
    setTimeout(() => {
      gathered.delete(subjectId);
      void poker.wake(subjectId, poke);
    }, GATHER_MS).unref();
  };
}
