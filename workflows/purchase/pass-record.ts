import type { Claim } from '../../db/purchase/claim-purchase.ts';
import type { PurchaseRecord } from '../../db/purchase/purchase-record.ts';
import { withoutEarlier } from '../domain/earlier-payments.ts';
import type { Instant } from '../domain/instant.ts';
import { monthlyRevenue } from '../domain/monthly.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { revenueMoves } from '../domain/revenue-move.ts';
import { liftSnapshot } from '../domain/snapshot.ts';
import type { RowEnd } from '../inbox/inbox.ts';
import type { PassResult } from './pass-result.ts';

/** Whether a pass has changed anything that is to be recorded. */
export function isToRecord(
  { state, entries, emails, ends, followUps, ledger }: PassResult,
  before: PurchaseState,
): boolean {
  return (
    state !== before || [entries, emails, ends.filter(isStored), followUps, ledger].some(({ length }) => length > 0)
  );
}

/** The record of what a pass changed, next to the claimed revision. */
export function recordOf(
  { state, entries, emails, ends, followUps, ledger, revenue = [] }: PassResult,
  { epoch, revision, state: before, heardAt = null }: Claim,
  now: Instant,
  stuckReason: string | null,
): PurchaseRecord {
  return {
    epoch,
    revision: revision + 1,
    state: withoutEarlier(state),
    now,
    entries,
    emails: emails.map(({ causedBy, ...email }) => ({ ...email, entry: entries.indexOf(causedBy) })),
    ends: ends.filter(isStored),
    followUps,
    ledger,
    revenueMoves: revenueMoves(monthlyRevenue(before), [
      ...revenue,
      { at: entries.at(-1)?.at ?? now, revenue: monthlyRevenue(state) },
    ]),
    payments: state.payments.filter((payment) => !before.payments.includes(payment)),
    hasNewAttentions: state.attentions !== before.attentions,
    stuckReason,
    takes: takenBy(state, before, ends),
    heardAt,
  };
}

/** The rows that end with it, and the verb that begins; what a person sends again has ended. */
function takenBy({ pending }: PurchaseState, before: PurchaseState, ends: RowEnd[]): string[] {
  const begun = pending !== before.pending && pending?.isAnswered === false ? [pending.command.commandId] : [];
  return [...ends.filter(isStored).map(({ rowId }) => rowId), ...begun];
}

/** Where the purchase stands once this is recorded. */
export const claimAfter = ({ epoch, revision, state, heardAt = null }: PurchaseRecord): Claim => ({
  epoch,
  revision,
  state,
  heardAt,
});

/** As a history or another version of the worker has it. */
export const liftClaim = ({ epoch, revision, state, heardAt = null }: Claim): Claim => ({
  epoch,
  revision,
  state: liftSnapshot(state),
  heardAt,
});

/** Decisions made in the Temporal UI are no rows of the inbox. */
const isStored = ({ rowId }: RowEnd): boolean => !rowId.startsWith('by-hand:');
