import type { Failed, Tried } from '../../activities/purchase/send-to-stripe.ts';
import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { Instant } from '../domain/instant.ts';
import { isGivenUp, LATE_AFTER_MS, withAttention } from '../domain/pending.ts';
import { withVersion, type PurchaseState } from '../domain/purchase.ts';
import type { StepAnswer } from './write-answer.ts';
import { sendToStripe } from '../activity-proxies.ts';
import { only, type TurnResult } from './pass-result.ts';

/**
 * The one request at Stripe that is under way, beside everything else; it never blocks the
 * purchase.
 */
export class StripeStep {
  /** Stripe stayed away for as long as we are patient; cleared when it is tried again. */
  hasGivenUp = false;
  private scope: CancellationScope | null = null;
  private sinceMs: number | null = null;
  private answers: StepAnswer[] = [];
  private attempts = 0;
  private readonly onAnswer: () => void;

  constructor(onAnswer: () => void) {
    this.onAnswer = onAnswer;
  }

  get isUnderWay(): boolean {
    return this.scope !== null || this.hasAnswers;
  }

  /**
   * Includes requests that were let go: if one ended after its run, it would undo the run's last
   * task.
   */
  get isQuiet(): boolean {
    return !this.isUnderWay && this.attempts === 0;
  }

  /**
   * Whoever sends it wakes the purchase then: no timer is needed for what nearly always is answered
   * at once.
   */
  get isLate(): boolean {
    return this.sinceMs !== null && Date.now() >= this.sinceMs + LATE_AFTER_MS;
  }

  get hasAnswers(): boolean {
    return this.answers.length > 0;
  }

  /**
   * Whether something is pending that is to be sent now: not while a request is under way, nor
   * before a person has decided.
   */
  isNext(state: PurchaseState): boolean {
    return state.pending !== null && !this.isUnderWay && !isGivenUp(state);
  }

  /**
   * Goes on with what is pending after its first try, or, where it has had none, with its first.
   */
  goOn(state: PurchaseState, tried: Tried | null): void {
    if (!tried?.answers) return this.send(state, tried?.failed ?? null);
    this.hasGivenUp = false;
    this.answers = tried.answers;
    this.onAnswer();
  }

  private send({ purchaseId, pending }: PurchaseState, failed: Failed | null): void {
    if (!pending) return;
    const scope = new CancellationScope();
    this.scope = scope;
    this.sinceMs = Date.now();
    this.hasGivenUp = false;
    this.attempts += 1;
    const summary = `${pending.command.name}: ${pending.writes[pending.answered]?.op ?? ''} (${pending.answered + 1} of ${pending.writes.length})`;
    scope
      .run(() => sendToStripe({ purchaseId, pending }, failed, summary))
      .then((answers) => this.settle(scope, () => (this.answers = answers)))
      .catch((error: unknown) => this.settle(scope, () => (this.hasGivenUp = !isCancellation(error))));
  }

  takeAnswers(): StepAnswer[] {
    const { answers } = this;
    this.answers = [];
    return answers;
  }

  /** Lets go of what is under way: its effect, if it had one, is found again by its key. */
  drop(): void {
    this.scope?.cancel();
    this.scope = null;
    this.sinceMs = null;
    this.answers = [];
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

/** Three days without Stripe: from here a person decides. */
export function withoutStripe(state: PurchaseState, now: Instant): TurnResult {
  const { pending } = state;
  if (!pending || isGivenUp(state)) return only(state);
  const attention = {
    id: pending.command.commandId,
    reason: 'stripe_unreachable' as const,
    since: now,
    command: pending,
  };
  return only(withVersion(state, { ...state, attentions: withAttention(state.attentions, attention) }));
}
