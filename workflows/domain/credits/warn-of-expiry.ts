import { accessStatus } from '../access.ts';
import type { ChangeBuilder, Outcome } from '../change.ts';
import { addDays, earliest, fromMs, toMs, type Instant } from '../instant.ts';
import type { PurchaseState } from '../purchase.ts';
import { SYSTEM } from '../verb.ts';
import { unheld, type Credits, type OpenCredit } from './ledger.ts';

/** So many days before a credit expires, its owner is told [R13.3]. */
const WARNED_DAYS = [30, 7, 1];

const warningsOf = ({ expiresAt }: OpenCredit): { days: number; at: Instant }[] =>
  WARNED_DAYS.map((days) => ({ days, at: addDays(expiresAt, -days) }));

/** When the next warning is due; null = none is. */
export const nextWarningAt = (credits: Credits): Instant | null =>
  earliest(
    ...unheld(credits)
      .flatMap(warningsOf)
      .map(({ at }) => at)
      .filter((at) => credits.warnFrom === null || at >= credits.warnFrom),
  );

/** Warns of all that expires some days after `change.at`, in one email for each date. */
export function warnOfExpiry(change: ChangeBuilder, state: PurchaseState): Outcome {
  const credits = state.credits!;
  for (const days of WARNED_DAYS) {
    const expiresAt = addDays(change.at, days);
    const count = unheld(credits).filter((credit) => credit.expiresAt === expiresAt).length;
    if (count === 0) continue;
    const data = { count, expiresAt, days };
    change.entry('credits.expiring', data, SYSTEM);
    if (accessStatus(state, change.at) !== 'none') change.email('credits-expiring', 'customer', data);
  }
  return change.to({ ...state, credits: { ...credits, warnFrom: fromMs(toMs(change.at) + 1) } });
}
