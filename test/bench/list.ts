import type { Bench } from './bench.ts';

/** Every item of the measure, in the order of the table. */
export const benches: readonly Bench[] = [];
