import type { SeenJob } from '../../db/jobs/bulk-jobs.ts';

/** `later`: it could not be done yet; `reason` is a code, with what the provider calls it. */
export type WorkDone = { kind: 'done' } | { kind: 'later'; reason: string; afterMs: number | null };

/**
 * What a kind of job does, in pieces of a second or so. A process may die within each, and then it
 * is done again: what has been done is in Postgres, and what it sent has a key.
 */
export type JobWork = {
  /** Makes rows of some of what is to be done; false once there is no more. */
  prepare(job: SeenJob): Promise<boolean>;
  /** How many lines wait, and of how many of those the outcome is not known. */
  count(job: SeenJob): Promise<{ open: number; underWay: number }>;
  /** Does some of it, unless the job does not go on. */
  work(job: SeenJob): Promise<WorkDone>;
  /** Ends some of what a canceled job has not begun. */
  withdraw(job: SeenJob): Promise<void>;
};
