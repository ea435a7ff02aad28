import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';

/**
 * One timer that is visible in the history with what it waits for; it is set anew only when that
 * changes.
 */
export class Alarm {
  private scope: CancellationScope | null = null;
  private setFor: string | null = null;
  private readonly onRing: () => void;

  constructor(onRing: () => void) {
    this.onRing = onRing;
  }

  /** Rings at `atMs`, with `summary` for the reader of the history; null = not at all. */
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
        this.onRing();
      })
      .catch((error: unknown) => {
        if (!isCancellation(error)) throw error;
      });
  }
}
