import { CancellationScope, isCancellation } from '@temporalio/workflow';
import { LATE_AFTER_MS } from './domain/pending.ts';
import type { PurchaseState } from './domain/purchase.ts';
import type { StepAnswer } from './carry-out.ts';
import { stripe } from './steps.ts';

/** The one write at Stripe that is under way, beside everything else; it never blocks the purchase. */
export class StripeStep {
  /** Stripe stayed away for as long as we are patient; cleared when it is tried again. */
  hasGivenUp = false;
  private scope: CancellationScope | null = null;
  private sinceMs: number | null = null;
  private answer: StepAnswer | null = null;
  private attempts = 0;
  private readonly onAnswer: () => void;

  constructor(onAnswer: () => void) {
    this.onAnswer = onAnswer;
  }

  get isUnderWay(): boolean {
    return this.scope !== null || this.answer !== null;
  }

  /** Also what was let go of: its end would undo the last task of a run that ends before it, with whatever was pressed in it. */
  get isQuiet(): boolean {
    return !this.isUnderWay && this.attempts === 0;
  }

  /** Whoever sends it wakes the purchase then: no timer is needed for what nearly always is answered at once. */
  get isLate(): boolean {
    return this.sinceMs !== null && Date.now() >= this.sinceMs + LATE_AFTER_MS;
  }

  get hasAnswer(): boolean {
    return this.answer !== null;
  }

  /** Sends the next write of what is pending, unless one is under way or a person has to decide first. */
  start({ purchaseId, pending, attention }: PurchaseState): void {
    if (!pending || this.isUnderWay || attention?.reason === 'stripe_unreachable') return;
    const scope = new CancellationScope();
    this.scope = scope;
    this.sinceMs = Date.now();
    this.hasGivenUp = false;
    this.attempts += 1;
    const summary = `${pending.command.name}: ${pending.writes[pending.answered]?.op ?? ''} (${pending.answered + 1} of ${pending.writes.length})`;
    scope
      .run(() => stripe.sendToStripe.executeWithOptions({ summary }, [{ purchaseId, pending }]))
      .then((answer) => this.settle(scope, () => (this.answer = answer)))
      .catch((error: unknown) => this.settle(scope, () => (this.hasGivenUp = !isCancellation(error))));
  }

  takeAnswer(): StepAnswer | null {
    const { answer } = this;
    this.answer = null;
    return answer;
  }

  /** Lets go of what is under way: its effect, if it had one, is found again by its key. */
  drop(): void {
    this.scope?.cancel();
    this.scope = null;
    this.sinceMs = null;
    this.answer = null;
    this.hasGivenUp = false;
  }

  private settle(scope: CancellationScope, keep: () => void): void {
    this.attempts -= 1;
    if (this.scope === scope) {
      this.scope = null;
      this.sinceMs = null;
      keep();
    }
    this.onAnswer();
  }
}
