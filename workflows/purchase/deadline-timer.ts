import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';

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

  /** Fires at `atMs`, or never where that is null. */
  set(atMs: number | null, summary: string): void {
    const wanted = atMs === null ? null : `${atMs} ${summary}`;
    if (wanted === this.setFor) return;
    this.scope?.cancel();
    this.setFor = wanted;
    this.scope = null;
    if (atMs !== null) this.start(Math.max(0, atMs - Date.now()), summary);
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
