import { sleep } from '@temporalio/workflow';
import type { Tried } from '../../activities/purchase/send-to-stripe.ts';
import type { Claim } from '../../db/purchase/claim-purchase.ts';
import { DeadlineTimer } from './deadline-timer.ts';
import { nextDeadline } from '../domain/due.ts';
import { fromMs, toMs, type Instant } from '../domain/instant.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { liftSnapshot } from '../domain/snapshot.ts';
import type { Taken } from '../inbox/inbox.ts';
import { OpenInbox } from '../inbox/open-inbox.ts';
import { blamed, failRows, isRefused, type Refused } from '../inbox/refused-by-data.ts';
import type { PurchaseArgs } from '../messages.ts';
import { claim, record } from '../activity-proxies.ts';
import { StripeCalls } from './stripe-calls.ts';
import { mostItemsOf } from './bounds.ts';
import { handleMessages } from './handlers.ts';
import { OperatorView } from './operator-view.ts';
import { isToRecord, recordOf } from './pass-record.ts';
import { summaryOf } from './summary.ts';
import { runPass } from './pass.ts';
import { combine, type PassResult } from './pass-result.ts';

/**
 * One run of a purchase's workflow, and the only place that changes a purchase's state.
 *
 * 1. It claims the purchase: from here on, no other run can write to it.
 * 2. It reads the inbox. If the purchase stands at another revision than the run, it claims again.
 * 3. It applies Stripe's answers first, then the open rows and what is due, in order.
 * 4. It records all changes at once, and makes the first attempt at a write at Stripe with that.
 * 5. If the record is refused, nothing has changed, and the run starts again at 2.
 * 6. Calls to Stripe run beside it, and wake it when they are answered.
 * 7. One timer stands for the next deadline.
 * 8. It waits until a message, an answer or the timer wakes it.
 * 9. It ends when nothing is due, pending or open; a row in the inbox starts the next run.
 */
export class PurchaseRun {
  isWoken = false;
  claimed: Claim | undefined;
  private readonly purchaseId: string;
  private clock: Instant | null = null;
  /**
   * After Postgres refused a record, passes do one item each, so that only the bad row fails
   * [R22.8].
   */
  private isOneByOne = false;
  private readonly inbox = new OpenInbox();
  private readonly wake = () => {
    this.isWoken = true;
    this.inbox.isDue = true;
  };
  private readonly timer = new DeadlineTimer(this.wake);
  private readonly stripe = new StripeCalls({ onAnswer: () => (this.isWoken = true), onRead: this.wake });
  private readonly operator = new OperatorView();

  constructor({ purchaseId }: PurchaseArgs) {
    this.purchaseId = purchaseId;
    handleMessages({
      purchaseId,
      wake: this.wake,
      state: () => this.claimed?.state ?? null,
      ask: (request) => {
        this.inbox.askByHand(request, this.state, this.now());
        this.wake();
      },
    });
  }

  begin(claimed: Claim): void {
    this.claimed = { ...claimed, state: liftSnapshot(claimed.state) };
    this.show();
  }

  /** The account's time: that of its test clock, or the real time. */
  private now = (): Instant => this.clock ?? fromMs(Date.now());

  private get state(): PurchaseState {
    if (!this.claimed) throw new Error('nothing is claimed yet');
    return this.claimed.state;
  }

  /** The open rows; null = the purchase is gone. */
  async look(): Promise<Taken | null> {
    const known = this.inbox.known(this.stripe.hasAnswers, this.clock);
    this.isWoken = false;
    if (known) return known;
    const fresh = await this.inbox.take(this.purchaseId);
    // Gone: a copy of the database was restored that is older than the purchase.
    if (!fresh) return null;
    // It stands elsewhere if a worker died after its record: the history does not know what was
    // recorded.
    if (fresh.epoch !== this.claimed?.epoch || fresh.revision !== this.claimed.revision) return this.lookAgain();
    return this.inbox.keep(fresh);
  }

  private async lookAgain(): Promise<Taken | null> {
    await this.takeOver();
    return this.look();
  }

  /** Claims the purchase again: what Postgres has counts. */
  private async takeOver(): Promise<void> {
    this.stripe.drop();
    this.inbox.forget();
    const claimed = await claim(this.purchaseId);
    this.claimed = claimed ? { ...claimed, state: liftSnapshot(claimed.state) } : this.claimed;
  }

  /** Does everything that can be done now, and records it. */
  async pass(taken: Taken): Promise<void> {
    this.clock = taken.clock;
    const result = this.decide(taken);
    if (result.dropsWrite) this.stripe.drop();
    const isToSend = this.stripe.isNext(result.state);
    const isNews = isToRecord(result, this.state) || this.operator.isNews(this.stuckReason);
    const tried = isNews ? await this.record(result, isToSend) : null;
    if (tried === 'not recorded') return;
    if (isRefused(tried)) return this.failBlamed(result, tried);
    this.inbox.leave(taken, result.ends, result.isMore);
    this.isWoken ||= result.isMore;
    if (result.followUps.length > 0 || (taken.isMore && result.ends.length > 0 && !result.isMore)) this.wake();
    if (result.needsRead) this.stripe.read(this.state, this.inbox.open, this.now);
    if (isToSend) this.stripe.send(this.state, tried);
    this.isOneByOne &&= result.isMore || result.needsRead || this.state.pending !== null;
    this.show();
  }

  /** What this pass changes: first Stripe's answers, then rows and deadlines in order. */
  private decide(taken: Taken): PassResult {
    const { result, reading, isNews } = this.stripe.collect(this.state, taken.settings, this.now());
    const rows = this.inbox.withByHand(taken.rows, result.ends);
    const mostItems = this.isOneByOne ? Number(!isNews) : mostItemsOf(rows.length);
    const times = { now: this.now(), realNow: fromMs(Date.now()), mostItems };
    return combine(result, runPass(result.state, { ...taken, rows }, times, reading));
  }

  /**
   * Records one pass, and returns how the first attempt at Stripe ended. Nothing is recorded if
   * another run has claimed the purchase, or another live purchase of the same offer has begun;
   * everything is then read again.
   */
  private async record(result: PassResult, isToSend: boolean): Promise<Tried | Refused | null | 'not recorded'> {
    const { stuckReason } = this;
    const change = recordOf(result, this.claimed!, this.now(), stuckReason);
    const answer = await record(change, isToSend, summaryOf(change));
    switch (answer.kind) {
      case 'recorded':
        this.claimed = { epoch: change.epoch, revision: change.revision, state: change.state };
        this.operator.recorded(stuckReason);
        return answer.tried;
      case 'refused_by_data':
        return { refused: answer.reason };
      case 'superseded':
        await this.takeOver();
        this.wake();
        return 'not recorded';
      case 'duplicate':
        this.wake();
        return 'not recorded';
    }
  }

  /** Stripe's answers and readings that this pass had used are asked for again. */
  private async failBlamed(result: PassResult, { refused }: Refused): Promise<void> {
    this.wake();
    if (!this.isOneByOne) return void (this.isOneByOne = true);
    const rowIds = blamed(this.state, result);
    const recorded =
      rowIds.length === 0 || (await this.record(failRows(this.state, rowIds, refused, this.now()), false));
    this.inbox.leaveByHand(rowIds);
    // No row is to blame, so the cause is another program or a person: wait for them.
    if (recorded === true || isRefused(recorded)) await sleep('1 minute');
  }

  /**
   * Starts the timer of the next deadline. A test account has none: its time stands still until its
   * clock is moved.
   */
  setTimer(): void {
    const deadline = this.clock ? null : nextDeadline(this.state, this.stripe.isReading);
    this.timer.set(deadline && toMs(deadline.at), deadline ? `${deadline.kind} at ${deadline.at}` : '');
  }

  /** Nothing is due, pending or open: the run may end. */
  isOver(): boolean {
    const { pending, attentions } = this.state;
    const isIdle = !pending && attentions.length === 0 && nextDeadline(this.state) === null && this.inbox.isEmpty;
    return isIdle && !this.isWoken && this.isQuiet();
  }

  /** Nothing is under way that a new run would not know of. */
  isQuiet(): boolean {
    return this.stripe.isQuiet && this.inbox.isQuiet;
  }

  private get stuckReason(): string | null {
    return this.operator.stuckReason(this.state, this.stripe);
  }

  private show(): void {
    this.operator.show(this.state, this.stripe, this.now(), this.clock);
  }
}
