import type { Tried } from '../../activities/purchase/send-to-stripe.ts';
import type { Instant } from '../domain/instant.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { LifecycleSettings } from '../domain/settings.ts';
import type { InboxRow, Reading } from '../inbox/inbox.ts';
import { StripeReader } from './stripe-reader.ts';
import { applyAnswers } from './write-answer.ts';
import { StripeWriter, giveUpOnStripe } from './stripe-writer.ts';
import { combine, type PassResult } from './pass-result.ts';

/** What Stripe has said since the last pass: its answers, applied to the state, and a reading. */
type Collected = {
  result: PassResult;
  reading: Reading | 'under way' | null;
  /** Something has arrived since the last pass. */
  isNews: boolean;
};

/**
 * The calls to Stripe that run beside the purchase: at most one write and one reading. When a write
 * is answered, a reading under way is discarded as outdated.
 */
export class StripeCalls {
  private readonly writer: StripeWriter;
  private readonly reader: StripeReader;

  constructor({ onAnswer, onRead }: { onAnswer: () => void; onRead: () => void }) {
    this.writer = new StripeWriter(onAnswer);
    this.reader = new StripeReader(onRead);
  }

  collect(state: PurchaseState, settings: LifecycleSettings, now: Instant): Collected {
    const answers = this.writer.takeAnswers();
    if (answers.length > 0) this.reader.startOver();
    const reading = this.reader.take();
    const answered = applyAnswers(state, answers, now, settings);
    const result = this.writer.hasGivenUp ? combine(answered, giveUpOnStripe(answered.state, now)) : answered;
    return { result, reading, isNews: answers.length > 0 || (reading !== null && reading !== 'under way') };
  }

  /** Whether something is pending that has to be sent now. */
  isNext(state: PurchaseState): boolean {
    return this.writer.isNext(state);
  }

  /** Continues with what is pending after its first attempt, or makes that attempt. */
  send(state: PurchaseState, tried: Tried | null): void {
    this.writer.goOn(state, tried);
  }

  /** All that was pending is answered and recorded: a reading under way is older than that. */
  finished(): void {
    this.writer.hasGivenUp = false;
    this.reader.startOver();
  }

  /**
   * Reads the subscription for these rows; `now` gives the account's time at the moment of the
   * answer.
   */
  read(state: PurchaseState, rows: InboxRow[], now: () => Instant): void {
    this.reader.start(state, rows, now);
  }

  /** Drops the request under way. If it had an effect, that is found again by its key. */
  drop(): void {
    this.writer.drop();
  }

  get hasAnswers(): boolean {
    return this.writer.hasAnswers;
  }

  /** The request takes longer than Stripe usually does. */
  get isLate(): boolean {
    return this.writer.isLate;
  }

  get isReading(): boolean {
    return this.reader.isUnderWay;
  }

  get isQuiet(): boolean {
    return this.writer.isQuiet && this.reader.isQuiet;
  }
}
