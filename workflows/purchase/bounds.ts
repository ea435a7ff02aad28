import { patched, sleep } from '@temporalio/workflow';

/** What one pass does and records at the most: on a starved machine a workflow task has to end within its 10 seconds, or all of it is done again. */
const MOST_STEPS = 50;
const MOST_PASSES = 3;

/** How much one pass may do of so many rows; a run that did more before there was a bound is replayed without. */
export const mostStepsOf = (rows: number): number =>
  rows > MOST_STEPS && patched('bounded-pass') ? MOST_STEPS : Infinity;

/** Counts passes that follow each other without a wait, and ends the workflow task after some of them: what they recorded is then in the history. */
export class TaskBound {
  private passes = 0;

  async afterPass(goesOn: boolean): Promise<void> {
    this.passes = goesOn ? this.passes + 1 : 0;
    if (this.passes < MOST_PASSES || !patched('bounded-task')) return;
    this.passes = 0;
    await sleep(1, { summary: 'Goes on in a task of its own' });
  }
}
