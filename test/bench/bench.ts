import type { Ground } from './ground.ts';
import type { Quiet } from './quiet.ts';

/** `small` only proves that a bench works; its figures say nothing. */
export type Scale = 'full' | 'small';

/**
 * What a figure has to keep to; `on` says whether its ratio to the floor counts, or the figure
 * itself.
 */
export type Limit = { on: 'ratio' | 'ours'; bound: 'atLeast' | 'atMost'; value: number };

/** Median of the rounds, and the lowest and highest of them. */
export type Spread = { median: number; low: number; high: number };

export type Verdict = 'holds' | 'falls short' | 'no verdict';

/**
 * One line of the table. `ours` and `floor` are medians over the rounds; the ratio is taken within
 * each round.
 */
export type Figure = {
  name: string;
  unit: string;
  ours: number;
  floor: number | null;
  ratio: Spread | null;
  limit: Limit | null;
  /** null where the figure has no limit: it is there to be known. */
  verdict: Verdict | null;
  notes: string[];
};

/** What a bench is given. */
export type Tools = {
  scale: Scale;
  /**
   * Postgres, Temporal and stacks of our own processes; started when first asked for, ended with
   * the run.
   */
  ground: Ground;
  quiet: Quiet;
  /** A line of progress, on standard error. */
  say: (line: string) => void;
};

/** One item of the measure. */
export type Bench = { name: string; about: string; run: (scale: Scale, tools: Tools) => Promise<Figure[]> };
