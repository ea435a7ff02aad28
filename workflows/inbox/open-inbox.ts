import type { Instant } from '../domain/instant.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { rowByHand, type ByHand } from '../purchase/handlers.ts';
import { take } from '../activity-proxies.ts';
import { liftTaken, type InboxRow, type RowEnd, type Taken } from './inbox.ts';

/** For so long what was taken still says what the account has chosen. */
const FRESH_MS = 10_000;

/**
 * The inbox as a run knows it: rows that were taken and are not done yet, and decisions made in the
 * Temporal UI, which are rows that no inbox holds.
 */
export class OpenInbox {
  /** Somebody has said that there is more: it has to be looked into. */
  isDue = false;
  private taken: Taken | null = null;
  private takenAtMs = 0;
  private rows: InboxRow[] = [];
  private byHand: InboxRow[] = [];
  private asked = 0;
  /** The last pass has left something of what was taken. */
  private isHalfway = false;

  /**
   * What is left of the rows that were taken, where nothing can have come since; null = take anew.
   * Whoever brings more sets `isDue`, so Stripe's answer alone needs no second look.
   */
  known(hasAnswers: boolean, clock: Instant | null): Taken | null {
    const { taken, isDue } = this;
    this.isDue = false;
    const isFresh = Date.now() - this.takenAtMs < FRESH_MS && clock === null;
    const isEnough = isFresh && !isDue && (hasAnswers || this.isHalfway);
    return taken !== null && isEnough ? { ...taken, rows: this.rows } : null;
  }

  /** What is open now; null = the purchase is not there any more. */
  take(purchaseId: string): Promise<Taken | null> {
    this.takenAtMs = Date.now();
    return take(purchaseId);
  }

  /** It is of the place at which the run stands. */
  keep(fresh: Taken): Taken {
    this.taken = liftTaken(fresh);
    return this.taken;
  }

  forget(): void {
    this.taken = null;
  }

  askByHand(request: ByHand, state: PurchaseState, at: Instant): void {
    this.asked += 1;
    this.byHand.push(rowByHand(request, state, this.asked, at));
  }

  /** These, and what was asked for by hand, without what has ended. */
  withByHand(rows: InboxRow[], ends: RowEnd[]): InboxRow[] {
    return without([...rows, ...this.byHand], ends);
  }

  /** What is left after a pass over what was taken. */
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

  /** Nothing was asked for by hand that a new run would not know of. */
  get isQuiet(): boolean {
    return this.byHand.length === 0;
  }
}

function without(rows: InboxRow[], ends: RowEnd[]): InboxRow[] {
  const ended = new Set(ends.map(({ rowId }) => rowId));
  return rows.filter(({ rowId }) => !ended.has(rowId));
}
