import type { Spread, Tools } from './bench.ts';

/** What one leg measured, by name: `{ p50: 12.1, p99: 30 }`. */
export type Measures = Record<string, number>;

export type Legs = {
  ours: () => Promise<Measures>;
  /** The least that could do the same on the same parts. */
  floor: () => Promise<Measures>;
};

/**
 * One round: ours, floor, floor, ours. `others` is the share of the machine that somebody else took
 * meanwhile.
 */
export type Round = { ours: Measures[]; floor: Measures[]; others: number | null };

/**
 * Runs the legs by turns (A B B A), so that what drifts on the machine drifts for both; on the
 * small scale, which only shows that they work, each once.
 */
export async function rounds(
  count: number,
  legs: Legs,
  { scale, quiet }: Pick<Tools, 'scale' | 'quiet'>,
): Promise<Round[]> {
  const turns = scale === 'small' ? (['ours', 'floor'] as const) : (['ours', 'floor', 'floor', 'ours'] as const);
  const done: Round[] = [];
  while (done.length < count) {
    const round: Pick<Round, 'ours' | 'floor'> = { ours: [], floor: [] };
    const { others } = await quiet.watch(async () => {
      for (const side of turns) round[side].push(await legs[side]());
    });
    done.push({ ...round, others });
  }
  return done;
}

/** Ours to floor within each round: the means of its legs. */
export function ratioOf(done: readonly Round[], measure: string): Spread {
  return spreadOf(done.map(({ ours, floor }) => meanOf(ours, measure) / meanOf(floor, measure)));
}

/** All legs of one side, in their order. */
export const legsOf = (done: readonly Round[], side: 'ours' | 'floor', measure: string): number[] =>
  done.flatMap((round) => round[side].map((measures) => valueOf(measures, measure)));

const meanOf = (legs: readonly Measures[], measure: string): number =>
  legs.reduce((sum, measures) => sum + valueOf(measures, measure), 0) / legs.length;

function valueOf(measures: Measures, measure: string): number {
  const value = measures[measure];
  if (value === undefined) throw new Error(`a leg did not measure ${measure}`);
  return value;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/**
 * The value below which that part (0 to 1) of them lies: the nearest one above; the median of an
 * even number is the mean of two.
 */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = part * sorted.length;
  if (part === 0.5 && Number.isInteger(place)) return ((sorted[place - 1] ?? NaN) + (sorted[place] ?? NaN)) / 2;
  return sorted[Math.max(0, Math.ceil(place) - 1)] ?? NaN;
}

export const spreadOf = (values: readonly number[]): Spread => ({
  median: median(values),
  low: Math.min(...values),
  high: Math.max(...values),
});
