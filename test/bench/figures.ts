import type { Figure, Limit, Verdict } from './bench.ts';
import { MOST_OTHERS } from './quiet.ts';
import { legsOf, median, ratioOf, spreadOf, type Round } from './rounds.ts';

export const ratioAtLeast = (value: number): Limit => ({ on: 'ratio', bound: 'atLeast', value });
export const ratioAtMost = (value: number): Limit => ({ on: 'ratio', bound: 'atMost', value });
export const atMost = (value: number): Limit => ({ on: 'ours', bound: 'atMost', value });

type Named = { name: string; unit: string; limit?: Limit | undefined; notes?: string[] };

/** A figure beside its floor, out of interleaved rounds; `measure` is what both legs call it. */
export function besideFloor(named: Named & { measure: string }, done: readonly Round[]): Figure {
  const ratio = ratioOf(done, named.measure);
  const ours = median(legsOf(done, 'ours', named.measure));
  const floor = median(legsOf(done, 'floor', named.measure));
  return finish({ ...named, ours, floor, ratio, others: done.map(({ others }) => others) });
}

/**
 * A figure by itself. `others`: the share of the machine that somebody else took, per value. A
 * count needs none: it comes out the same however busy the machine is.
 */
export function byItself(named: Named, values: readonly number[], others: readonly (number | null)[] = []): Figure {
  const { median: ours, low, high } = spreadOf(values);
  const spread = values.length > 1 ? [`from ${short(low)} to ${short(high)} over ${values.length} rounds`] : [];
  return finish({ ...named, ours, floor: null, ratio: null, others, notes: [...spread, ...(named.notes ?? [])] });
}

type Measured = Named & Pick<Figure, 'ours' | 'floor' | 'ratio'> & { others: readonly (number | null)[] };

function finish({ name, unit, ours, floor, ratio, limit = undefined, notes = [], others }: Measured): Figure {
  const busy = busyNote(others);
  const judged = limit?.on === 'ratio' ? (ratio?.median ?? NaN) : ours;
  const verdict = limit ? (busy ? 'no verdict' : judge(judged, limit)) : null;
  return { name, unit, ours, floor, ratio, limit: limit ?? null, verdict, notes: busy ? [...notes, busy] : notes };
}

const judge = (value: number, { bound, value: limit }: Limit): Verdict => {
  if (Number.isNaN(value)) return 'no verdict';
  return (bound === 'atLeast' ? value >= limit : value <= limit) ? 'holds' : 'falls short';
};

/** Why there is no verdict, in words; null where the machine was ours in most rounds. */
function busyNote(others: readonly (number | null)[]): string | null {
  if (others.length === 0) return null;
  if (others.includes(null)) return 'the system does not tell how busy others kept it';
  const share = median(others.map((each) => each ?? 0));
  return share > MOST_OTHERS ? `others took ${Math.round(share * 100)} % of the machine` : null;
}

/** Three significant digits, no more than anybody reads. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return '-';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value
    .toFixed(Math.min(3, digits))
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}
