import type { CausedEmail, FollowUp, TimelineEntry } from '../domain/outcome.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { RowEnd } from '../inbox/inbox.ts';

/** Everything that one pass changes; recorded in one transaction. */
export type TurnResult = {
  state: PurchaseState;
  entries: TimelineEntry[];
  emails: CausedEmail[];
  ends: RowEnd[];
  followUps: FollowUp[];
  /** Stripe's word is needed before some rows can be put in order. */
  needsRead: boolean;
  /** There is more to do at once, in a pass of its own. */
  isMore: boolean;
  /** What is under way at Stripe is let go of: somebody has pressed `retry` or `abandon` on it. */
  dropsStep: boolean;
};

/** Nothing but the state, which may be another already. */
export const only = (state: PurchaseState): TurnResult => ({
  state,
  entries: [],
  emails: [],
  ends: [],
  followUps: [],
  needsRead: false,
  isMore: false,
  dropsStep: false,
});

/** One after the other: what was told of both, and the state after the second. */
export const combine = (first: TurnResult, then: TurnResult): TurnResult => ({
  state: then.state,
  entries: [...first.entries, ...then.entries],
  emails: [...first.emails, ...then.emails],
  ends: [...first.ends, ...then.ends],
  followUps: [...first.followUps, ...then.followUps],
  needsRead: then.needsRead,
  isMore: then.isMore,
  dropsStep: first.dropsStep || then.dropsStep,
});
