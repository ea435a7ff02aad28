import { READ_ASKED } from '../domain/facts.ts';
import { isReadable, subscriptionIdOf } from '../domain/billing-parts.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { Instant } from '../domain/instant.ts';
import type { InboxRow, Reading } from '../inbox/inbox.ts';
import { readStripe } from '../activity-proxies.ts';

/**
 * Reads Stripe while the purchase goes on: at most one reading at a time. It answers the rows that
 * were open when it began.
 */
export class StripeReader {
  private state: 'idle' | 'under way' | Reading = 'idle';
  private current = 0;
  private attempts = 0;
  private readonly onRead: () => void;

  constructor(onRead: () => void) {
    this.onRead = onRead;
  }

  /** The reading as the next pass should see it; a finished one is returned once. */
  take(): Reading | 'under way' | null {
    const { state } = this;
    if (state === 'under way') return state;
    this.state = 'idle';
    return state === 'idle' ? null : state;
  }

  get isUnderWay(): boolean {
    return this.state === 'under way';
  }

  /** Discarded readings count too. */
  get isQuiet(): boolean {
    return !this.isUnderWay && this.attempts === 0;
  }

  /**
   * Discards the reading under way: it was asked for before our own write was answered, so it would
   * be older than what is known.
   */
  startOver(): void {
    this.current += 1;
    this.state = 'idle';
  }

  /** `now` gives the account's time at the moment of the answer. */
  start(state: PurchaseState, rows: InboxRow[], now: () => Instant): void {
    const { purchaseId } = state;
    const subscriptionId = subscriptionIdOf(state.billing);
    if (this.state !== 'idle' || !isReadable(state.billing)) return;
    const isCovered = ({ fact, command, kind }: InboxRow) =>
      kind === READ_ASKED ||
      command?.name === 'abandon' ||
      (fact?.object.type === 'subscription' && fact.object.subscriptionId === subscriptionId);
    const covers = rows.filter(isCovered).map(({ rowId }) => rowId);
    this.state = 'under way';
    const mine = ++this.current;
    this.attempts += 1;
    const settle = (outcome: Reading | 'idle') => {
      this.attempts -= 1;
      if (mine === this.current) this.state = outcome;
      this.onRead();
    };
    readStripe(purchaseId, subscriptionId)
      .then((objects) => settle({ objects, at: now(), covers }))
      .catch(() => settle('idle'));
  }
}
