import type { CreditLine } from '../../workflows/domain/credits/ledger.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { EmailIntent, FollowUp, TimelineEntry } from '../../workflows/domain/outcome.ts';
import type { Payment } from '../../workflows/domain/payments.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import type { RevenueMove } from '../../workflows/domain/revenue-move.ts';
import type { RowEnd } from '../../workflows/inbox/inbox.ts';

/** Everything that one pass of a purchase's workflow changes. */
export type PurchaseRecord = {
  epoch: number;
  /** The revision that this record makes. */
  revision: number;
  state: PurchaseState;
  now: Instant;
  entries: TimelineEntry[];
  /** Each with the place of the entry that it tells of. */
  emails: (EmailIntent & { entry: number })[];
  ends: RowEnd[];
  followUps: FollowUp[];
  /** What is added to the ledger of credits; absent in histories of 0.1. */
  ledger?: CreditLine[];
  /** How what it brings a month has moved; absent in histories from before it was kept. */
  revenueMoves?: RevenueMove[];
  /** The payments that differ from the last record. */
  payments: Payment[];
  /** Whether what needs attention differs from the last record. */
  hasNewAttentions?: boolean;
  stuckReason: string | null;
  /**
   * Rows of the inbox that it ends, or goes on with: if one of them is not open any more, nothing
   * of the record is written. Absent in histories of 0.1, as is the next.
   */
  takes?: string[];
  /** Up to when Stripe was heard at the look that it follows from. */
  heardAt?: Instant | null;
};
