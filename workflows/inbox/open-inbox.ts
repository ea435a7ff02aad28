import type { Claim } from '../../db/purchase/claim-purchase.ts';
import { toMs, type Instant } from '../domain/instant.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { rowByHand, type DecisionByHand } from '../purchase/handlers.ts';
import { take } from '../activity-proxies.ts';
import { liftTaken, type InboxRow, type LookAhead, type RowEnd, type Taken } from './inbox.ts';

/** For this long the account's settings that were taken with the rows still count as current. */
const FRESH_MS = 10_000;

/**
 * The inbox as a run knows it: rows that were taken and have not ended, and decisions made in the
 * Temporal UI, which are in no inbox.
 */
export class OpenInbox {
  /** A message has arrived since the inbox was last read. */
  isDue = false;
  private ahead: LookAhead | null = null;
  private taken: Taken | null = null;
  private takenAtMs = 0;
  private rows: InboxRow[] = [];
  private byHand: InboxRow[] = [];
  private asked = 0;
  /** The last pass stopped before everything that was taken was done. */
  private isHalfway = false;

  /** A look that came along with a message; two that came at once do not know of each other. */
  bring(ahead: LookAhead | null): void {
    if (this.ahead || !ahead) this.isDue = true;
    this.ahead = ahead;
  }

  /**
   * The open rows as a message brought them, or those that are left, if nothing can have arrived
   * since; null = they must be read again. Every other message sets `isDue`, so an answer of
   * Stripe's alone does not cause another read. A pass may have changed payments that came with the
   * rows, so these are read again.
   */
  known(hasAnswers: boolean, { epoch, revision }: Claim, clock: Instant | null): Taken | null {
    const { taken, isDue, ahead } = this;
    this.isDue = false;
    this.ahead = null;
    if (isDue) return null;
    if (ahead) {
      const isHere = ahead.taken.epoch === epoch && ahead.taken.revision === revision;
      this.takenAtMs = toMs(ahead.at);
      return isHere && this.isFresh ? this.keep(ahead.taken) : null;
    }
    const isEnough = this.isFresh && clock === null && !taken?.recalled && (hasAnswers || this.isHalfway);
    return taken !== null && isEnough ? { ...taken, rows: this.rows } : null;
  }

  private get isFresh(): boolean {
    return Math.abs(Date.now() - this.takenAtMs) < FRESH_MS;
  }

  /** The open rows; null = the purchase is gone. */
  take(purchaseId: string): Promise<Taken | null> {
    this.takenAtMs = Date.now();
    return take(purchaseId);
  }

  /** Keeps what was taken; only right if it is of the revision that the run stands at. */
  keep(fresh: Taken): Taken {
    this.taken = liftTaken(fresh);
    return this.taken;
  }

  /** Before it is claimed: whatever has arrived is seen by the look that comes with the claim. */
  forget(): void {
    this.taken = null;
    this.ahead = null;
    this.isDue = false;
  }

  askByHand(request: DecisionByHand, state: PurchaseState, at: Instant): void {
    this.asked += 1;
    this.byHand.push(rowByHand(request, state, this.asked, at));
  }

  /** These rows and the decisions made by hand, without those that have ended. */
  withByHand(rows: InboxRow[], ends: RowEnd[]): InboxRow[] {
    return without([...rows, ...this.byHand], ends);
  }

  /** Keeps what a pass over `taken` has left. */
  leave(taken: Taken, ends: RowEnd[], isHalfway: boolean): void {
    this.byHand = without(this.byHand, ends);
    this.rows = without(taken.rows, ends);
    this.isHalfway = isHalfway;
  }

  leaveByHand(rowIds: string[]): void {
    this.byHand = this.byHand.filter(({ rowId }) => !rowIds.includes(rowId));
  }

  get open(): InboxRow[] {
    return [...this.rows, ...this.byHand];
  }

  get isEmpty(): boolean {
    return this.rows.length === 0;
  }

  /** No decision by hand is open; a new run would not know of it. */
  get isQuiet(): boolean {
    return this.byHand.length === 0;
  }
}

function without(rows: InboxRow[], ends: RowEnd[]): InboxRow[] {
  const ended = new Set(ends.map(({ rowId }) => rowId));
  return rows.filter(({ rowId }) => !ended.has(rowId));
}
