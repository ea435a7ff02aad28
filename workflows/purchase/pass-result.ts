import type { CausedEmail, FollowUp, TimelineEntry } from '../domain/outcome.ts';
import type { CreditLine } from '../domain/credits/ledger.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { monthlyRevenue } from '../domain/monthly.ts';
import type { RevenueStep } from '../domain/revenue-move.ts';
import type { RowEnd } from '../inbox/inbox.ts';

/** Everything that one pass changes; recorded in one transaction. */
export type PassResult = {
  state: PurchaseState;
  entries: TimelineEntry[];
  emails: CausedEmail[];
  ends: RowEnd[];
  followUps: FollowUp[];
  /** What is added to the ledger of credits. */
  ledger: CreditLine[];
  /** What it brought a month after each change but the last; absent = one change at most. */
  revenue?: RevenueStep[];
  /** Stripe must be read before some rows can be put in order. */
  needsRead: boolean;
  /** More is to be done at once, in another pass. */
  isMore: boolean;
  /** The request that is under way is dropped: somebody has sent `retry` or `abandon` for it. */
  dropsWrite: boolean;
};

/** A result that changes the state at most. */
export const only = (state: PurchaseState): PassResult => ({
  state,
  entries: [],
  emails: [],
  ends: [],
  followUps: [],
  ledger: [],
  needsRead: false,
  isMore: false,
  dropsWrite: false,
});

/** Without an entry nothing has changed that recurs. */
function stepOf({ state, entries }: PassResult): RevenueStep[] {
  const at = entries.at(-1)?.at;
  return at === undefined ? [] : [{ at, revenue: monthlyRevenue(state) }];
}

/** Both results, one after the other, with the state of the second. */
export const combine = (first: PassResult, then: PassResult): PassResult => ({
  state: then.state,
  entries: [...first.entries, ...then.entries],
  emails: [...first.emails, ...then.emails],
  ends: [...first.ends, ...then.ends],
  followUps: [...first.followUps, ...then.followUps],
  ledger: [...first.ledger, ...then.ledger],
  revenue: [...(first.revenue ?? []), ...stepOf(first), ...(then.revenue ?? [])],
  needsRead: then.needsRead,
  isMore: then.isMore,
  dropsWrite: first.dropsWrite || then.dropsWrite,
});
