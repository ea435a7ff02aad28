import { patched, sleep } from '@temporalio/workflow';

/**
 * The most that one pass does and records. A workflow task must end within 10 seconds, also on a
 * slow machine, or all of it is repeated.
 */
const MOST_ITEMS = 50;
const MOST_PASSES = 3;

/** How much one pass may do. Runs that began before this bound existed are replayed without it. */
export const mostItemsOf = (rows: number): number =>
  rows > MOST_ITEMS && patched('bounded-pass') ? MOST_ITEMS : Infinity;

/**
 * A run with more events continues as new: nothing can get lost by it, since the inbox is in
 * Postgres. A message that arrives at that moment has the run replayed whole, a millisecond for
 * each event.
 */
const MOST_EVENTS = 150;
/** As it was in 0.1, by which a run that began then is replayed. */
const MOST_EVENTS_BEFORE = 500;

export const isLongRun = (events: number): boolean =>
  events > MOST_EVENTS_BEFORE || (events > MOST_EVENTS && patched('shorter-runs'));

/**
 * Counts passes without a wait in between. After a few of them it ends the workflow task, so that
 * the history has what they recorded.
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
