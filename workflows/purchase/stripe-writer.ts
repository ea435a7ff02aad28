import type { Failed, Tried } from '../../activities/purchase/send-to-stripe.ts';
import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { Instant } from '../domain/instant.ts';
import { isGivenUp, LATE_AFTER_MS, withAttention } from '../domain/pending.ts';
import { withVersion, type PurchaseState } from '../domain/purchase.ts';
import type { WriteAnswer } from './write-answer.ts';
import { sendToStripe } from '../activity-proxies.ts';
import { only, type PassResult } from './pass-result.ts';

/** Sends a verb's writes while the purchase goes on: one request at a time. */
export class StripeWriter {
  /** Stripe was unreachable for three days; cleared by the next attempt. */
  hasGivenUp = false;
  private scope: CancellationScope | null = null;
  private sinceMs: number | null = null;
  private answers: WriteAnswer[] = [];
  private attempts = 0;
  private readonly onAnswer: () => void;

  constructor(onAnswer: () => void) {
    this.onAnswer = onAnswer;
  }

  get isUnderWay(): boolean {
    return this.scope !== null || this.hasAnswers;
  }

  /** Dropped requests count too: if one ended after its run, it would undo the run's last task. */
  get isQuiet(): boolean {
    return !this.isUnderWay && this.attempts === 0;
  }

  /**
   * The activity wakes the purchase when this becomes true; a timer here would nearly always be
   * started for nothing.
   */
  get isLate(): boolean {
    return this.sinceMs !== null && Date.now() >= this.sinceMs + LATE_AFTER_MS;
  }

  get hasAnswers(): boolean {
    return this.answers.length > 0;
  }

  /**
   * Whether something is pending that has to be sent now: no request is under way, and no person
   * has to decide first.
   */
  isNext(state: PurchaseState): boolean {
    return state.pending !== null && !this.isUnderWay && !isGivenUp(state);
  }

  /** Continues after the first attempt, or makes it. */
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

  takeAnswers(): WriteAnswer[] {
    const { answers } = this;
    this.answers = [];
    return answers;
  }

  /** Drops the request under way. If it had an effect, that is found again by its key. */
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

/** After three days without Stripe a person has to decide. */
export function giveUpOnStripe(state: PurchaseState, now: Instant): PassResult {
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
