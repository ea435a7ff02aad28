/**
 * The stored objects: the fields that the sandbox itself reads or changes, named as in Stripe's
 * API. The full shapes are made in `shapes/`. Fields that begin with an underscore are the
 * sandbox's own and never leave it. Instants are Unix seconds; amounts are minor units.
 */
export type Metadata = Record<string, string>;

export interface Doc {
  id: string;
  object: string;
  created: number;
  /** The test clock by which this object lives; absent: real time. */
  _clock?: string | null | undefined;
}

/** A document with the fields that Stripe sends and the sandbox never reads. */
export type Shown<T> = T & Record<string, unknown>;

/** The fields that a request gives: one that it leaves out changes nothing. */
export const given = <T extends object>(fields: T | undefined) =>
  Object.fromEntries(Object.entries(fields ?? {}).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>;
  };

export interface ApiList<T> {
  object: 'list';
  data: T[];
  has_more: boolean;
  url: string;
}

type Interval = 'day' | 'week' | 'month' | 'year';

export interface Recurring {
  interval: Interval;
  interval_count: number;
}
