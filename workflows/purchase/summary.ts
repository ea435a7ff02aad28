import type { PurchaseRecord } from '../../db/purchase/purchase-record.ts';

/** What one record does, as a summary in the history. */
export function summaryOf(record: PurchaseRecord, isToSend: boolean): string {
  const { pending } = record.state;
  const sent = isToSend && pending ? `, send ${pending.writes.map(({ op }) => op).join(', ')}, record the answers` : '';
  return whatIsRecorded(record) + sent;
}

function whatIsRecorded({ entries, ends, state }: PurchaseRecord): string {
  const happened = [...new Set(entries.map(({ type }) => type))].join(', ');
  if (happened) return `Record ${happened}`;
  if (state.pending && ends.length === 0) return `Record ${state.pending.command.name} as pending`;
  return ends.some((end) => end.state === 'refused') ? 'Record a refusal' : 'Record what has changed';
}
