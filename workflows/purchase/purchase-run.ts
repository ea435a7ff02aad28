import { setCurrentDetails, sleep } from '@temporalio/workflow';
import type { Tried } from '../../activities/purchase/send-to-stripe.ts';
import type { Held } from '../../db/purchase/claim-purchase.ts';
import { Alarm } from '../clock/alarm.ts';
import { mostStepsOf } from './bounds.ts';
import { handleMessages, rowByHand } from './handlers.ts';
import { answerStep } from './step-answer.ts';
import { describePurchase } from './describe.ts';
import { nextDeadline } from '../domain/due.ts';
import { fromMs, toMs, type Instant } from '../domain/instant.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { liftSnapshot } from '../domain/snapshot.ts';
import { liftTaken, type InboxRow, type RowEnd, type Taken } from '../inbox/inbox.ts';
import type { PurchaseArgs } from '../messages.ts';
import { StripeReader } from './reading.ts';
import { blamed, failRows, isRefused, type Refused } from '../inbox/refused-by-data.ts';
import { SearchAttributes } from '../search-attributes.ts';
import { claim, record, take } from '../steps.ts';
import { StripeStep, withoutStripe } from './stripe-step.ts';
import { summaryOf } from './summary.ts';
import { takeTurn } from './turn.ts';
import { combine, only, type TurnResult } from './turn-result.ts';

/** For so long what was taken still says what the account has chosen. */
const FRESH_MS = 10_000;

/** One run of a purchase's workflow, and the only place that changes a purchase's state. */
export class PurchaseRun {
  isWoken = false;
  held: Held | undefined;
  private readonly purchaseId: string;
  /** What was pressed in the Temporal UI, as rows that no inbox holds. */
  private byHand: InboxRow[] = [];
  private taken: Taken | null = null;
  private takenAtMs = 0;
  private pressed = 0;
  /** Woken for more than an answer of Stripe's: then the inbox has to be looked into. */
  private isInboxDue = false;
  private openRows: InboxRow[] = [];
  /** The last pass has left something of what was taken. */
  private isHalfway = false;
  /** After Postgres refused a pass, passes have one step: only the bad row fails [R22.8]. */
  private isStepwise = false;
  private clock: Instant | null = null;
  private shownStuck: string | null = null;
  private readonly wake = () => {
    this.isWoken = true;
    this.isInboxDue = true;
  };
  private readonly alarm = new Alarm(this.wake);
  private readonly reader = new StripeReader(this.wake);
  private readonly step = new StripeStep(() => {
    this.isWoken = true;
  });
  private readonly attributes = new SearchAttributes();

  constructor({ purchaseId }: PurchaseArgs) {
    this.purchaseId = purchaseId;
    handleMessages({
      purchaseId,
      wake: this.wake,
      state: () => this.held?.state ?? null,
      ask: (request) => {
        this.pressed += 1;
        this.byHand.push(rowByHand(request, this.state, this.pressed, this.now()));
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

  /** The open rows; null = the purchase no longer exists. Whoever brings more wakes it. */
  async look(): Promise<Taken | null> {
    const { taken } = this;
    const isFresh = Date.now() - this.takenAtMs < FRESH_MS && this.clock === null;
    const isEnough = taken !== null && isFresh && !this.isInboxDue && (this.step.hasAnswers || this.isHalfway);
    this.isWoken = false;
    this.isInboxDue = false;
    if (isEnough) return { ...taken, rows: this.openRows };
    this.takenAtMs = Date.now();
    const fresh = await take(this.purchaseId);
    // An older copy of the database was restored, in which nobody had bought yet.
    if (!fresh) return null;
    // A worker died after its record: the history does not know what was recorded.
    if (fresh.epoch !== this.held?.epoch || fresh.revision !== this.held.revision) return this.lookAgain();
    return (this.taken = liftTaken(fresh));
  }

  private async lookAgain(): Promise<Taken | null> {
    await this.takeOver();
    return this.look();
  }

  /** What stands in Postgres is what counts: it is held from here on. */
  private async takeOver(): Promise<void> {
    this.step.drop();
    this.taken = null;
    const held = await claim(this.purchaseId);
    this.held = held ? { ...held, state: liftSnapshot(held.state) } : this.held;
  }

  /** Does everything that can be done now, and records it. */
  async pass(taken: Taken): Promise<void> {
    this.clock = taken.clock;
    const result = this.decide(taken);
    if (result.dropsStep) this.step.drop();
    const isToSend = this.step.isNext(result.state);
    const tried = this.changes(result) ? await this.record(result, isToSend) : null;
    if (tried === 'not recorded') return;
    if (isRefused(tried)) return this.failBlamed(result, tried);
    const ended = new Set(result.ends.map(({ rowId }) => rowId));
    this.byHand = this.byHand.filter((row) => !ended.has(row.rowId));
    this.openRows = taken.rows.filter((row) => !ended.has(row.rowId));
    this.isHalfway = result.isMore;
    this.isWoken ||= result.isMore;
    if (result.followUps.length > 0 || (taken.isMore && ended.size > 0 && !result.isMore)) this.wake();
    if (result.needsRead) this.reader.start(this.state, [...this.openRows, ...this.byHand], this.now);
    if (isToSend) this.step.goOn(this.state, tried);
    this.isStepwise &&= result.isMore || result.needsRead || this.state.pending !== null;
    this.show();
  }

  /** What was taken of Stripe's answers and readings is asked for again. */
  private async failBlamed(result: TurnResult, { refused }: Refused): Promise<void> {
    this.wake();
    if (!this.isStepwise) return void (this.isStepwise = true);
    const rowIds = blamed(this.state, result);
    const recorded =
      rowIds.length === 0 || (await this.record(failRows(this.state, rowIds, refused, this.now()), false));
    this.byHand = this.byHand.filter(({ rowId }) => !rowIds.includes(rowId));
    // No row is to blame: it is another program, or a person, that has to help.
    if (recorded === true || isRefused(recorded)) await sleep('1 minute');
  }

  /** What this pass changes: decisions by hand, Stripe's answer, then inbox and deadlines. */
  private decide(taken: Taken): TurnResult {
    const answers = this.step.takeAnswers();
    if (answers.length > 0) this.reader.startOver();
    const reading = this.reader.take();
    const answered = answers.reduce(
      (result, answer) =>
        result.state.pending ? combine(result, answerStep(result.state, answer, this.now(), taken.settings)) : result,
      only(this.state),
    );
    const unreachable = this.step.hasGivenUp ? combine(answered, withoutStripe(answered.state, this.now())) : answered;
    const ended = new Set(unreachable.ends.map(({ rowId }) => rowId));
    const open = { ...taken, rows: [...taken.rows, ...this.byHand].filter((row) => !ended.has(row.rowId)) };
    const isAlone = answers.length > 0 || (reading !== null && reading !== 'under way');
    const mostSteps = this.isStepwise ? Number(!isAlone) : mostStepsOf(open.rows.length);
    const times = { now: this.now(), realNow: fromMs(Date.now()), mostSteps };
    return combine(unreachable, takeTurn(unreachable.state, open, times, reading));
  }

  private changes(result: TurnResult): boolean {
    const { entries, emails, followUps } = result;
    const ends = result.ends.filter(isStored);
    return (
      result.state !== this.state ||
      entries.length + emails.length + ends.length + followUps.length > 0 ||
      this.stuck() !== this.shownStuck
    );
  }

  /**
   * Records one pass and the outcome of the first attempt at Stripe. If another run has taken over,
   * or another live purchase of the same offer has started, nothing is recorded and everything is
   * read again.
   */
  private async record(result: TurnResult, isToSend: boolean): Promise<Tried | Refused | null | 'not recorded'> {
    const { state, entries, emails, followUps } = result;
    const ends = result.ends.filter(isStored);
    const { epoch, revision, state: before } = this.held!;
    const payments = state.payments.filter((payment) => !before.payments.includes(payment));
    const stuckReason = this.stuck();
    const change = {
      epoch,
      revision: revision + 1,
      state,
      now: this.now(),
      entries,
      emails,
      ends,
      followUps,
      payments,
      hasNewAttentions: state.attentions !== before.attentions,
      stuckReason,
    };
    const answer = await record(change, isToSend, summaryOf(change));
    if (answer.kind === 'recorded') {
      this.held = { epoch, revision: revision + 1, state };
      this.shownStuck = stuckReason;
      return answer.tried;
    }
    if (answer.kind === 'refused_by_data') return { refused: answer.reason };
    if (answer.kind === 'superseded') await this.takeOver();
    this.wake();
    return 'not recorded';
  }

  /** The reason in one word while a step waits longer than Stripe usually takes. */
  private stuck(): string | null {
    return this.state.attentions[0]?.reason ?? (this.step.isLate ? 'stripe_unreachable' : null);
  }

  /** Our own timer; a test account's time stands still until its clock is moved. */
  armAlarm(): void {
    const deadline = this.clock ? null : nextDeadline(this.state, this.reader.isUnderWay);
    this.alarm.set(deadline && toMs(deadline.at), deadline ? `${deadline.kind} at ${deadline.at}` : '');
  }

  /** Nothing is due, pending or open: the run ends, and a row in the inbox starts the next one. */
  isOver(): boolean {
    const { pending, attentions } = this.state;
    const isIdle =
      !pending && attentions.length === 0 && nextDeadline(this.state) === null && this.openRows.length === 0;
    return isIdle && !this.isWoken && this.isQuiet();
  }

  /** Nothing is under way that a new run would not know of. */
  isQuiet(): boolean {
    return this.step.isQuiet && this.reader.isQuiet && this.byHand.length === 0;
  }

  private show(): void {
    const waiting = {
      step: this.state.pending,
      stuckReason: this.stuck(),
      isReading: this.reader.isUnderWay,
      clock: this.clock,
    };
    setCurrentDetails(describePurchase(this.state, this.now(), waiting));
    this.attributes.show(this.state, this.now(), waiting.stuckReason, this.clock !== null);
  }
}

const isStored = ({ rowId }: RowEnd): boolean => !rowId.startsWith('by-hand:');
