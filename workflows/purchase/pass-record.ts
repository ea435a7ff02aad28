import type { Held } from '../../db/purchase/claim-purchase.ts';
import type { PurchaseRecord } from '../../db/purchase/record-purchase.ts';
import type { Instant } from '../domain/instant.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { RowEnd } from '../inbox/inbox.ts';
import type { TurnResult } from './pass-result.ts';

/** Whether a pass has changed anything that is to be recorded. */
export function isToRecord({ state, entries, emails, ends, followUps }: TurnResult, before: PurchaseState): boolean {
  return state !== before || [entries, emails, ends.filter(isStored), followUps].some(({ length }) => length > 0);
}

/** What a pass changes, as the record that follows what is held. */
export function recordOf(
  { state, entries, emails, ends, followUps }: TurnResult,
  { epoch, revision, state: before }: Held,
  now: Instant,
  stuckReason: string | null,
): PurchaseRecord {
  return {
    epoch,
    revision: revision + 1,
    state,
    now,
    entries,
    emails: emails.map(({ tells, ...email }) => ({ ...email, entry: entries.indexOf(tells) })),
    ends: ends.filter(isStored),
    followUps,
    payments: state.payments.filter((payment) => !before.payments.includes(payment)),
    hasNewAttentions: state.attentions !== before.attentions,
    stuckReason,
  };
}

/** What was asked for by hand in the Temporal UI is no row of the inbox. */
const isStored = ({ rowId }: RowEnd): boolean => !rowId.startsWith('by-hand:');
