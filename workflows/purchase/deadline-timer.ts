import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import type { OwnDue } from '../domain/due.ts';
import { toMs } from '../domain/instant.ts';
import { DUE_IN_WORDS } from './due-in-words.ts';

/**
 * The one timer of a run. Its summary says in the history what it waits for, and it is started anew
 * only when that changes.
 */
export class DeadlineTimer {
  private scope: CancellationScope | null = null;
  private setFor: string | null = null;
  private readonly onDue: () => void;

  constructor(onDue: () => void) {
    this.onDue = onDue;
  }

  /** Fires when it is due, or never where that is null. */
  set(due: OwnDue | null): void {
    const wanted = due && `${DUE_IN_WORDS[due.kind]} at ${due.at}`;
    if (wanted === this.setFor) return;
    this.scope?.cancel();
    this.setFor = wanted;
    this.scope = null;
    if (due && wanted !== null) this.start(Math.max(0, toMs(due.at) - Date.now()), wanted);
  }

  private start(ms: number, summary: string): void {
    const scope = new CancellationScope();
    this.scope = scope;
    scope
      .run(() => sleep(ms, { summary }))
      .then(() => {
        this.setFor = null;
        this.onDue();
      })
      .catch((error: unknown) => {
        if (!isCancellation(error)) throw error;
      });
  }
}
