import { earliest, type Instant } from '../domain/instant.ts';
import { carriesUntil, type Requirement } from '../domain/requirement.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { ForecastEntry } from './forecast-entry.ts';
import { ForecastLife, type Given, type Told } from './forecast-life.ts';

export type Asked = Given & { until: Instant };

/** So often an instant leads to itself at most; beyond it something stands still. */
const MOST_AT_ONCE = 50;

/**
 * What will happen to purchases of one holder until then, as things stand: each thing at its
 * instant, up to and with `until`, in the order in which it happens [R23.2]. The same passes and
 * plans as the purchase's own work it out, on copies. Yields after each instant, so that whoever
 * asks can let others go first.
 */
export function* forecasting(
  states: readonly PurchaseState[],
  { until, ...given }: Asked,
): Generator<void, ForecastEntry[]> {
  const lives = states.filter(({ startedAt }) => startedAt !== null).map((state) => new ForecastLife(state, given));
  let [last, count] = ['', 0];
  for (;;) {
    const at = earliest(...lives.map(({ nextAt }) => nextAt));
    if (at === null || at > until) break;
    [last, count] = [at, at === last ? count + 1 : 0];
    if (count > MOST_AT_ONCE) throw new Error(`a forecast stands still at ${at}`);
    reach(lives, at);
    yield;
  }
  return lives.flatMap(({ entries }) => entries).sort(byTime);
}

/** The same at once. */
export function forecast(states: readonly PurchaseState[], asked: Asked): ForecastEntry[] {
  const steps = forecasting(states, asked);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

export const byTime = (a: ForecastEntry, b: ForecastEntry): number => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0);

/** All of one instant; what a purchase requires ends it after that has ended [R27.6]. */
function reach(lives: ForecastLife[], at: Instant): void {
  const due = lives.filter(({ nextAt }) => nextAt !== null && nextAt <= at);
  let told = due.flatMap((life) => life.reach(at, requirementOf(life, lives)).map((one) => ({ life, one })));
  while (told.length > 0)
    told = told.flatMap(({ life, one }) =>
      dependentsOf(life, one, lives).flatMap((dependent) =>
        dependent.obey(one, one.at, requirementOf(dependent, lives)).map((next) => ({ life: dependent, one: next })),
      ),
    );
}

/** Of the others that satisfy what it requires, the last to end; null = none does. */
function requirementOf({ state }: ForecastLife, lives: ForecastLife[]): Requirement | null {
  const { requires = [] } = state.terms;
  const carrying = lives
    .map((life) => life.state)
    .filter(({ purchaseId, terms, duplicateOf }) => {
      return purchaseId !== state.purchaseId && duplicateOf === null && requires.includes(terms.offerId);
    })
    .map((one) => ({ purchaseId: one.purchaseId, until: carriesUntil(one) }));
  return carrying.sort(byEnd)[0] ?? null;
}

const byEnd = (a: Requirement, b: Requirement): number =>
  a.until === b.until ? 0 : a.until === null || (b.until !== null && a.until > b.until) ? -1 : 1;

/** Whatever requires the offer that it was, and has not ended by then. */
function dependentsOf({ state }: ForecastLife, { input, at }: Told, lives: ForecastLife[]): ForecastLife[] {
  const offerId = typeof input.offerId === 'string' ? input.offerId : state.terms.offerId;
  return lives.filter((life) => {
    const until = carriesUntil(life.state);
    const isOther = life.state.purchaseId !== state.purchaseId;
    return isOther && (life.state.terms.requires ?? []).includes(offerId) && (until === null || until > at);
  });
}
