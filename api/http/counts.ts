import { z } from 'zod';
import { COUNTED_TO, type Count } from '../../db/counts.ts';

const bound = COUNTED_TO.toLocaleString('en-US');

export const count = z.strictObject({
  count: z.int(),
  isOver: z.boolean().describe(`There are more than \`count\`; rows are counted up to ${bound}.`),
});

/** A number for each name. */
export const intOfEach = <Name extends string>(names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, z.int()])) as Record<Name, z.ZodInt>;

/** Several counts by their names. */
export const namesOver = <Name extends string>(names: readonly Name[]) =>
  z.array(z.enum(names)).describe(`Those of which there are more than counted: each is counted up to ${bound}.`);

/** Counts as numbers, and which of them are over. */
export function toApiCounts<Name extends string>(counts: Record<Name, Count>): Record<Name, number> & { over: Name[] } {
  const names = Object.keys(counts) as Name[];
  const numbers = Object.fromEntries(names.map((name) => [name, counts[name].count])) as Record<Name, number>;
  return { ...numbers, over: names.filter((name) => counts[name].isOver) };
}
