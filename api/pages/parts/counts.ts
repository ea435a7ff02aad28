import type { Count } from '../../../db/counts.ts';

/** `12,345`; `over 10,000` where there are more. */
export const countInWords = ({ count, isOver }: Count): string =>
  `${isOver ? 'over ' : ''}${count.toLocaleString('en-US')}`;

/** What begins a list: `1 contact`, `12,345 contacts`, `Over 10,000 contacts`. */
export const foundInWords = ({ count, isOver }: Count, one: string): string =>
  `${isOver ? 'Over ' : ''}${countOf(count, one)}`;

/** `1 contact`, `12,345 contacts`. */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;

/** Counts of the same rows, by what they are in. */
export const sumOf = (counts: readonly Count[]): Count => ({
  count: counts.reduce((sum, { count }) => sum + count, 0),
  isOver: counts.some(({ isOver }) => isOver),
});

/** One of the counts that the API answers together. */
export const countNamed = <Name extends string>(
  counts: Record<Name, number> & { over: readonly string[] },
  name: Name,
): Count => ({ count: counts[name], isOver: counts.over.includes(name) });
