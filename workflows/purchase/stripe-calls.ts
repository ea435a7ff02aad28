import type { Tried } from '../../activities/purchase/send-to-stripe.ts';
import type { Instant } from '../domain/instant.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { LifecycleSettings } from '../domain/settings.ts';
import type { InboxRow, Reading } from '../inbox/inbox.ts';
import { StripeReader } from './stripe-reader.ts';
import { answerStep } from './write-answer.ts';
import { StripeStep, withoutStripe } from './stripe-writer.ts';
import { combine, only, type TurnResult } from './pass-result.ts';

/**
 * What Stripe has said since the last pass: its answers laid onto the state, and its word where it
 * was read.
 */
type TakenUp = {
  result: TurnResult;
  reading: Reading | 'under way' | null;
  /** There was something to take up. */
  isNews: boolean;
};

/**
 * What goes on at Stripe beside everything else: at most one request of a verb and one reading. An
 * answer makes a reading that is under way older than what is known.
 */
export class AtStripe {
  private readonly step: StripeStep;
  private readonly reader: StripeReader;

  constructor({ onAnswer, onRead }: { onAnswer: () => void; onRead: () => void }) {
    this.step = new StripeStep(onAnswer);
    this.reader = new StripeReader(onRead);
  }

  takeUp(state: PurchaseState, settings: LifecycleSettings, now: Instant): TakenUp {
    const answers = this.step.takeAnswers();
    if (answers.length > 0) this.reader.startOver();
    const reading = this.reader.take();
    const answered = answers.reduce(
      (result, answer) =>
        result.state.pending ? combine(result, answerStep(result.state, answer, now, settings)) : result,
      only(state),
    );
    const result = this.step.hasGivenUp ? combine(answered, withoutStripe(answered.state, now)) : answered;
    return { result, reading, isNews: answers.length > 0 || (reading !== null && reading !== 'under way') };
  }

  /** Whether something is pending that is to be sent now. */
  isNext(state: PurchaseState): boolean {
    return this.step.isNext(state);
  }

  /** Goes on with what is pending after its first try, or begins with it. */
  send(state: PurchaseState, tried: Tried | null): void {
    this.step.goOn(state, tried);
  }

  /**
   * Reads the subscription for these rows; `now` gives the account's time at the moment of the
   * answer.
   */
  read(state: PurchaseState, rows: InboxRow[], now: () => Instant): void {
    this.reader.start(state, rows, now);
  }

  /** Lets go of the request under way; its effect, if it had one, is found again by its key. */
  drop(): void {
    this.step.drop();
  }

  get hasAnswers(): boolean {
    return this.step.hasAnswers;
  }

  /** A request takes longer than Stripe usually does. */
  get isLate(): boolean {
    return this.step.isLate;
  }

  get isReading(): boolean {
    return this.reader.isUnderWay;
  }

  get isQuiet(): boolean {
    return this.step.isQuiet && this.reader.isQuiet;
  }
}
