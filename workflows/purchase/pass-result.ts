import type { CausedEmail, FollowUp, TimelineEntry } from '../domain/outcome.ts';
import type { CreditLine } from '../domain/credits/ledger.ts';
import type { PurchaseState } from '../domain/purchase.ts';
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

/** Both results, one after the other, with the state of the second. */
export const combine = (first: PassResult, then: PassResult): PassResult => ({
  state: then.state,
  entries: [...first.entries, ...then.entries],
  emails: [...first.emails, ...then.emails],
  ends: [...first.ends, ...then.ends],
  followUps: [...first.followUps, ...then.followUps],
  ledger: [...first.ledger, ...then.ledger],
  needsRead: then.needsRead,
  isMore: then.isMore,
  dropsWrite: first.dropsWrite || then.dropsWrite,
});
