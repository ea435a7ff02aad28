import type { ProblemBody } from '../http/problem.ts';

/**
 * A problem above a form whose fields say themselves what is wrong with them; another one stays as
 * it is.
 */
export const asMarked = (problem: ProblemBody): ProblemBody =>
  problem.errors?.length
    ? { ...problem, title: 'Not done yet', detail: 'Correct the marked fields and try again.', errors: [] }
    : problem;
