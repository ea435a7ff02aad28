import { sleep } from '@temporalio/workflow';
import type { Finished } from '../../activities/purchase/record-purchase.ts';
import type { Tried } from '../../activities/purchase/send-to-stripe.ts';
import type { Claim } from '../../db/purchase/claim-purchase.ts';
import { DeadlineTimer } from './deadline-timer.ts';
import { nextDeadline } from '../domain/due.ts';
import { withRecalled } from '../domain/earlier-payments.ts';
import { heardUpTo } from '../domain/heard.ts';
import { fromMs, type Instant } from '../domain/instant.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { LifecycleSettings } from '../domain/settings.ts';
import type { Taken } from '../inbox/inbox.ts';
import { OpenInbox } from '../inbox/open-inbox.ts';
import { blamed, failRows, isRefused, type Refused } from '../inbox/refused-by-data.ts';
import type { PurchaseArgs } from '../messages.ts';
import { claim, record } from '../activity-proxies.ts';
import { finishVerb, NOTHING_SENT, type Sent } from './finish-verb.ts';
import { StripeCalls } from './stripe-calls.ts';
import { mostItemsOf } from './bounds.ts';
import { hasOwnFollowUps } from './dependents.ts';
import { handleMessages } from './handlers.ts';
import { OperatorView } from './operator-view.ts';
import { claimAfter, isToRecord, liftClaim, recordOf } from './pass-record.ts';
import { summaryOf } from './summary.ts';
import { runPass } from './pass.ts';
import { combine, type PassResult } from './pass-result.ts';

/**
 * One run of a purchase's workflow, and the only place that changes a purchase's state.
 *
 * 1. It claims the purchase: from here on, no other run can write to it.
 * 2. It reads the inbox. If the purchase stands at another revision than the run, it claims again.
 * 3. It applies Stripe's answers first, then the open rows and what is due, in order.
 * 4. It records all changes at once, with that makes the first attempt at writes at Stripe, and
 *    records their answers.
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
      look: (ahead) => {
        this.isWoken = true;
        this.inbox.bring(ahead);
      },
      state: () => this.claimed?.state ?? null,
      ask: (request) => {
        this.inbox.askByHand(request, this.state, this.now());
        this.wake();
      },
    });
  }

  /** Goes on where the run before stood, or claims the purchase; false where it is gone. */
  async begin(handedOver: Claim | undefined): Promise<boolean> {
    if (handedOver) this.claimed = liftClaim(handedOver);
    else await this.takeOver();
    if (this.claimed) this.show();
    return this.claimed !== undefined;
  }

  /** The account's time: that of its test clock, or the real time. */
  private now = (): Instant => this.clock ?? fromMs(Date.now());

  private get state(): PurchaseState {
    if (!this.claimed) throw new Error('nothing is claimed yet');
    return this.claimed.state;
  }

  /** The open rows; null = the purchase is gone. */
  async look(): Promise<Taken | null> {
    const known = this.claimed && this.inbox.known(this.stripe.hasAnswers, this.claimed, this.clock);
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

  /** Claims the purchase: what Postgres has counts. The first look comes along. */
  private async takeOver(): Promise<void> {
    this.stripe.drop();
    this.inbox.forget();
    this.isWoken = true;
    const claimed = await claim(this.purchaseId);
    if (!claimed) return;
    this.claimed = liftClaim(claimed);
    this.inbox.bring(claimed.ahead ?? null);
  }

  /** Does everything that can be done now, and records it. */
  async pass(taken: Taken): Promise<void> {
    this.clock = taken.clock;
    const { heardAt = null, recalled = [] } = taken;
    this.claimed = { ...this.claimed!, state: withRecalled(heardUpTo(this.state, heardAt), recalled), heardAt };
    const result = this.decide(taken);
    if (result.dropsWrite) this.stripe.drop();
    const isToSend = this.stripe.isNext(result.state);
    const isNews = isToRecord(result, this.state) || this.operator.isNews(this.stuckReason);
    const recorded = isNews ? await this.record(result, isToSend, taken) : NOTHING_SENT;
    if (recorded === 'not recorded') return;
    if (isRefused(recorded)) return this.failBlamed(result, recorded, taken);
    const { tried, finished } = recorded;
    const ends = [...result.ends, ...(finished?.ends ?? [])];
    const hasFollowUps = hasOwnFollowUps(result) || hasOwnFollowUps(finished);
    // What waited for the verb that is finished now can be done.
    const isMore = result.isMore || (finished !== null && this.inbox.withByHand(taken.rows, ends).length > 0);
    this.inbox.leave(taken, ends, isMore);
    this.isWoken ||= isMore;
    if (hasFollowUps || (taken.isMore && ends.length > 0 && !isMore)) this.wake();
    if (result.needsRead) this.stripe.read(this.state, this.inbox.open, this.now);
    if (isToSend && !finished) this.stripe.send(this.state, tried);
    this.isOneByOne &&= isMore || result.needsRead || this.state.pending !== null;
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
   * another run has claimed the purchase, or what it takes is taken; everything is then read again.
   */
  private async record(
    result: PassResult,
    isToSend: boolean,
    { settings }: Taken,
  ): Promise<Sent | Refused | 'not recorded'> {
    const { stuckReason } = this;
    const change = recordOf(result, this.claimed!, this.now(), stuckReason);
    const answers = isToSend && !this.isOneByOne ? { settings, clock: this.clock } : null;
    const answer = await record(change, isToSend, answers, summaryOf(change, isToSend));
    switch (answer.kind) {
      case 'recorded':
        this.claimed = claimAfter(change);
        this.operator.recorded(stuckReason);
        return answer.finished
          ? this.finish(answer.tried, answer.finished, settings)
          : { tried: answer.tried, finished: null };
      case 'refused_by_data':
        return { refused: answer.reason };
      case 'superseded':
        await this.takeOver();
        return 'not recorded';
      case 'duplicate':
      case 'slot_taken':
        this.wake();
        return 'not recorded';
    }
  }

  /**
   * Takes over what the activity has recorded of Stripe's answers, by the same rules; if that comes
   * to another state, what Postgres has counts.
   */
  private async finish(
    tried: Tried | null,
    { at, fingerprint: recorded }: Finished,
    settings: LifecycleSettings,
  ): Promise<Sent | 'not recorded'> {
    const { result, change, fingerprint } = finishVerb(this.claimed!, tried?.answers ?? [], { at, settings });
    if (fingerprint !== recorded) {
      await this.takeOver();
      return 'not recorded';
    }
    this.claimed = claimAfter(change);
    this.operator.recorded(change.stuckReason);
    this.stripe.finished();
    return { tried, finished: result };
  }

  /** Stripe's answers and readings that this pass had used are asked for again. */
  private async failBlamed(result: PassResult, { refused }: Refused, taken: Taken): Promise<void> {
    this.wake();
    if (!this.isOneByOne) return void (this.isOneByOne = true);
    const rowIds = blamed(this.state, result);
    const recorded =
      rowIds.length === 0 || (await this.record(failRows(this.state, rowIds, refused, this.now()), false, taken));
    this.inbox.leaveByHand(rowIds);
    // No row is to blame, so the cause is another program or a person: wait for them.
    if (recorded === true || isRefused(recorded)) await sleep('1 minute');
  }

  /**
   * Starts the timer of the next deadline. A test account has none: its time stands still until its
   * clock is moved.
   */
  setTimer(): void {
    this.timer.set(this.clock ? null : nextDeadline(this.state, this.stripe.isReading));
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
