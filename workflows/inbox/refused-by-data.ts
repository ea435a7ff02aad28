import type { Instant } from '../domain/instant.ts';
import { withAttention } from '../domain/pending.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { only, type PassResult } from '../purchase/pass-result.ts';

/** What a record comes to if Postgres will never take it, because of the data in it [R22.8]. */
export type Refused = { refused: string };

export const isRefused = (recorded: object | string | null): recorded is Refused =>
  typeof recorded === 'object' && recorded !== null && 'refused' in recorded;

/**
 * The rows to blame if a pass over one item was refused: those that it ended, or the verb that it
 * began or continued.
 */
export function blamed(before: PurchaseState, { state, ends }: PassResult): string[] {
  if (ends.length > 0) return ends.map(({ rowId }) => rowId);
  return state.pending && state.pending !== before.pending ? [state.pending.command.commandId] : [];
}

/**
 * Leaves the state as it was before; the rows end as failed, with the reason, and need attention.
 */
export function failRows(before: PurchaseState, rowIds: string[], reason: string, now: Instant): PassResult {
  const attention = (id: string) => ({ id, reason: 'not_recordable' as const, since: now, command: null });
  const attentions = rowIds.map(attention).reduce(withAttention, before.attentions);
  const { pending } = before;
  const isOver = pending !== null && rowIds.includes(pending.command.commandId);
  const refusal = { code: 'not_recordable' as const, detail: `Postgres refuses what it would change (${reason}).` };
  return {
    ...only({ ...before, attentions, pending: isOver ? null : pending }),
    ends: rowIds.map((rowId) => ({ rowId, state: 'failed', refusal, effects: null })),
  };
}
