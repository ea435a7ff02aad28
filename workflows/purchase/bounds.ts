import { patched, sleep } from '@temporalio/workflow';

/**
 * The most that one pass does and records. A workflow task has 10 seconds even on a starved
 * machine; otherwise all of it is repeated.
 */
const MOST_STEPS = 50;
const MOST_PASSES = 3;

/** How much one pass may do. A run from before this bound existed is replayed without it. */
export const mostStepsOf = (rows: number): number =>
  rows > MOST_STEPS && patched('bounded-pass') ? MOST_STEPS : Infinity;

/**
 * Counts passes without a wait in between, and ends the workflow task after some of them, so that
 * what they recorded is in the history.
 */
export class TaskBound {
  private passes = 0;

  async afterPass(goesOn: boolean): Promise<void> {
    this.passes = goesOn ? this.passes + 1 : 0;
    if (this.passes < MOST_PASSES || !patched('bounded-task')) return;
    this.passes = 0;
    await sleep(1, { summary: 'Goes on in a task of its own' });
  }
}
