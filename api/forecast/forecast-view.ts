import { Temporal } from 'temporal-polyfill';
import type { Purchase } from '../../db/entities/purchase.ts';
import { heldChangeOf, pauseOf } from '../../workflows/domain/billing-parts.ts';
import { isLive, overdueOf } from '../../workflows/domain/billing.ts';
import { sumMinor } from '../../workflows/domain/money.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import type { ForecastEntry } from '../../workflows/forecast/forecast-entry.ts';
import { DOUBT_WORDS } from './doubt-words.ts';

/** As it is answered. */
export const toApiForecast = (entries: ForecastEntry[], purchases: readonly Purchase[]) => ({
  entries: entries.map(({ doubt, ...entry }) => ({
    ...entry,
    certain: doubt === null,
    why: doubt && DOUBT_WORDS[doubt],
  })),
  totals: totalsOf(entries.filter(isCharge)),
  notes: purchases.flatMap(({ id: purchaseId, snapshot }) => notesOf(snapshot).map((text) => ({ purchaseId, text }))),
});

type Charge = Extract<ForecastEntry, { kind: 'charge' }>;

export const isCharge = (entry: ForecastEntry): entry is Charge => entry.kind === 'charge';

/** What some charges come to, by month in a zone and by currency, in that order. */
export const monthsOf = (charges: Charge[], timeZone: string) =>
  sumsOf(charges, ({ at, currency }) => `${monthIn(at, timeZone)} ${currency}`).map(({ first, sum }) => ({
    month: monthIn(first.at, timeZone),
    ...sum,
  }));

export const totalsOf = (charges: Charge[]) => sumsOf(charges, ({ currency }) => currency).map(({ sum }) => sum);

const monthIn = (at: Instant, timeZone: string): string =>
  Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).toPlainDate().toPlainYearMonth().toString();

function sumsOf(charges: Charge[], keyOf: (charge: Charge) => string) {
  const byKey = Map.groupBy(charges, keyOf);
  return [...byKey.keys()].sort().flatMap((key) => {
    const same = byKey.get(key) ?? [];
    const [first] = same;
    if (!first) return [];
    const sum = {
      currency: first.currency,
      charges: same.length,
      amountMinor: sumMinor(same.map(({ amountMinor }) => amountMinor)),
      uncertainMinor: sumMinor(same.filter(({ doubt }) => doubt !== null).map(({ amountMinor }) => amountMinor)),
    };
    return { first, sum };
  });
}

/** What is taken as given about a purchase, where that is not plain. */
function notesOf({ billing, pending }: PurchaseState): string[] {
  const notes: string[] = [];
  if (pending)
    notes.push(`The verb ${pending.command.name} is on its way to Stripe. The forecast is made as if it had not come.`);
  if (!isLive(billing)) return notes;
  if (pauseOf(billing) && pauseOf(billing)?.resumeAt === null)
    notes.push('It is paused without an end, so nothing is charged.');
  if (overdueOf(billing).some(({ nextTryAt }) => nextTryAt === null))
    notes.push('Something is unpaid that Stripe does not try again by itself.');
  if (heldChangeOf(billing))
    notes.push('A change to a smaller plan waits until it is confirmed what stays; here it is never confirmed.');
  return notes;
}
