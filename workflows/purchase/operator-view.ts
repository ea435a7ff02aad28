import { setCurrentDetails } from '@temporalio/workflow';
import type { Instant } from '../domain/instant.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { SearchAttributes } from '../search-attributes.ts';
import type { StripeCalls } from './stripe-calls.ts';
import { stuckReasonOf } from './attention.ts';
import { describePurchase } from './describe.ts';

/** What an operator sees in the Temporal UI: where the purchase stands and what is stuck. */
export class OperatorView {
  private readonly attributes = new SearchAttributes();
  /** The stuck reason in the last record. */
  private recordedReason: string | null = null;

  /** In one word: what a person has to decide about, or that Stripe is slow to answer. */
  stuckReason(state: PurchaseState, { isLate }: StripeCalls): string | null {
    return stuckReasonOf(state) ?? (isLate ? 'stripe_unreachable' : null);
  }

  isNews(reason: string | null): boolean {
    return reason !== this.recordedReason;
  }

  recorded(reason: string | null): void {
    this.recordedReason = reason;
  }

  show(state: PurchaseState, stripe: StripeCalls, now: Instant, clock: Instant | null): void {
    const stuckReason = this.stuckReason(state, stripe);
    const waiting = { pending: state.pending, stuckReason, isReading: stripe.isReading, clock };
    setCurrentDetails(describePurchase(state, now, waiting));
    this.attributes.show(state, now, stuckReason, clock !== null);
  }
}
