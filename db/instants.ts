import { fromMs, type Instant } from '../workflows/domain/instant.ts';

/** A `timestamptz` as a driver returns it, as an instant with milliseconds. */
export const toInstant = (value: string | Date): Instant => fromMs(new Date(value).getTime());

export const toInstantOrNull = (value: string | Date | null): Instant | null =>
  value === null ? null : toInstant(value);
