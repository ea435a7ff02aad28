import type { PurchaseRecord } from '../../db/purchase/purchase-record.ts';

/** What one record does, as a summary in the history. */
export function summaryOf({ entries, ends, state }: PurchaseRecord): string {
  const happened = [...new Set(entries.map(({ type }) => type))].join(', ');
  if (happened) return `Record ${happened}`;
  if (state.pending && ends.length === 0) return `Record ${state.pending.command.name} as pending`;
  return ends.some((end) => end.state === 'refused') ? 'Record a refusal' : 'Record what was heard';
}
