import { sleep } from '@temporalio/workflow';
import type { Tried } from '../../activities/purchase/send-to-stripe.ts';
import type { Held } from '../../db/purchase/claim-purchase.ts';
import { Alarm } from './deadline-timer.ts';
import { nextDeadline } from '../domain/due.ts';
import { fromMs, toMs, type Instant } from '../domain/instant.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { liftSnapshot } from '../domain/snapshot.ts';
import type { Taken } from '../inbox/inbox.ts';
import { OpenInbox } from '../inbox/open-inbox.ts';
import { blamed, failRows, isRefused, type Refused } from '../inbox/refused-by-data.ts';
import type { PurchaseArgs } from '../messages.ts';
import { claim, record } from '../activity-proxies.ts';
import { AtStripe } from './stripe-calls.ts';
import { mostStepsOf } from './bounds.ts';
import { handleMessages } from './handlers.ts';
import { OperatorView } from './operator-view.ts';
import { isToRecord, recordOf } from './pass-record.ts';
import { summaryOf } from './summary.ts';
import { takeTurn } from './pass.ts';
import { combine, type TurnResult } from './pass-result.ts';

/**
 * One run of a purchase's workflow, and the only place that changes a purchase's state.
 *
 * 1. It claims the purchase: from here on every other run of it writes nothing.
 * 2. It looks into the inbox; where the row stands elsewhere than the run, it claims again first.
 * 3. It lays onto the state what Stripe has answered, then the open rows and what is due, in order.
 * 4. It records all that this changes at once, and with it the first try of a write at Stripe.
 * 5. A record that is not taken has changed nothing: the run looks again.
 * 6. What goes on at Stripe goes on beside it, and wakes it when it is answered.
 * 7. One timer stands for the next deadline.
 * 8. It waits until a message, an answer or its timer wakes it.
 * 9. It ends when nothing is due, pending or open; a row in the inbox starts the next run.
 */
export class PurchaseRun {
  isWoken = false;
  held: Held | undefined;
  private readonly purchaseId: string;
  private clock: Instant | null = null;
  /** After Postgres refused a pass, passes have one step: only the bad row fails [R22.8]. */
  private isStepwise = false;
  private readonly inbox = new OpenInbox();
  private readonly wake = () => {
    this.isWoken = true;
    this.inbox.isDue = true;
  };
  private readonly alarm = new Alarm(this.wake);
  private readonly stripe = new AtStripe({ onAnswer: () => (this.isWoken = true), onRead: this.wake });
  private readonly operator = new OperatorView();

  constructor({ purchaseId }: PurchaseArgs) {
    this.purchaseId = purchaseId;
    handleMessages({
      purchaseId,
      wake: this.wake,
      state: () => this.held?.state ?? null,
      ask: (request) => {
        this.inbox.askByHand(request, this.state, this.now());
        this.wake();
      },
    });
  }

  hold(held: Held): void {
    this.held = { ...held, state: liftSnapshot(held.state) };
    this.show();
  }

  /** The account's time: its test clock's, or the real one. */
  private now = (): Instant => this.clock ?? fromMs(Date.now());

  private get state(): PurchaseState {
    if (!this.held) throw new Error('nothing is held yet');
    return this.held.state;
  }

  /** What is open now; null = the purchase is not there any more. */
  async look(): Promise<Taken | null> {
    const known = this.inbox.known(this.stripe.hasAnswers, this.clock);
    this.isWoken = false;
    if (known) return known;
    const fresh = await this.inbox.take(this.purchaseId);
    // An older copy of the database was restored, in which nobody had bought yet.
    if (!fresh) return null;
    // A worker died after its record: the history does not know what was recorded.
    if (fresh.epoch !== this.held?.epoch || fresh.revision !== this.held.revision) return this.lookAgain();
    return this.inbox.keep(fresh);
  }

  private async lookAgain(): Promise<Taken | null> {
    await this.takeOver();
    return this.look();
  }

  /** What stands in Postgres is what counts: it is held from here on. */
  private async takeOver(): Promise<void> {
    this.stripe.drop();
    this.inbox.forget();
    const held = await claim(this.purchaseId);
    this.held = held ? { ...held, state: liftSnapshot(held.state) } : this.held;
  }

  /** Does everything that can be done now, and records it. */
  async pass(taken: Taken): Promise<void> {
    this.clock = taken.clock;
    const result = this.decide(taken);
    if (result.dropsStep) this.stripe.drop();
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
    this.isStepwise &&= result.isMore || result.needsRead || this.state.pending !== null;
    this.show();
  }

  /** What this pass changes: Stripe's answer, then inbox and deadlines in order. */
  private decide(taken: Taken): TurnResult {
    const { result, reading, isNews } = this.stripe.takeUp(this.state, taken.settings, this.now());
    const rows = this.inbox.withByHand(taken.rows, result.ends);
    const mostSteps = this.isStepwise ? Number(!isNews) : mostStepsOf(rows.length);
    const times = { now: this.now(), realNow: fromMs(Date.now()), mostSteps };
    return combine(result, takeTurn(result.state, { ...taken, rows }, times, reading));
  }

  /**
   * Records one pass and the outcome of the first attempt at Stripe. If another run has taken over,
   * or another live purchase of the same offer has started, nothing is recorded and everything is
   * read again.
   */
  private async record(result: TurnResult, isToSend: boolean): Promise<Tried | Refused | null | 'not recorded'> {
    const { stuckReason } = this;
    const change = recordOf(result, this.held!, this.now(), stuckReason);
    const answer = await record(change, isToSend, summaryOf(change));
    switch (answer.kind) {
      case 'recorded':
        this.held = { epoch: change.epoch, revision: change.revision, state: change.state };
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

  /** What was taken of Stripe's answers and readings is asked for again. */
  private async failBlamed(result: TurnResult, { refused }: Refused): Promise<void> {
    this.wake();
    if (!this.isStepwise) return void (this.isStepwise = true);
    const rowIds = blamed(this.state, result);
    const recorded =
      rowIds.length === 0 || (await this.record(failRows(this.state, rowIds, refused, this.now()), false));
    this.inbox.leaveByHand(rowIds);
    // No row is to blame: it is another program, or a person, that has to help.
    if (recorded === true || isRefused(recorded)) await sleep('1 minute');
  }

  /** Our own timer; a test account's time stands still until its clock is moved. */
  armAlarm(): void {
    const deadline = this.clock ? null : nextDeadline(this.state, this.stripe.isReading);
    this.alarm.set(deadline && toMs(deadline.at), deadline ? `${deadline.kind} at ${deadline.at}` : '');
  }

  /** Nothing is due, pending or open: the run ends, and a row in the inbox starts the next one. */
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
