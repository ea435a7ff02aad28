import { FACT_ORDER } from '../domain/apply-fact.ts';
import type { OwnDue } from '../domain/due.ts';
import type { InboxRow } from './inbox.ts';

const isCommand = (row: InboxRow): boolean => row.command !== undefined;
const kindOf = (row: InboxRow): number => (row.fact ? FACT_ORDER[row.fact.object.type] : 0);

/**
 * Stripe reports an attempt that waits for the customer as a failure too, in the same second. It is
 * not one [R11.4], so it comes last.
 */
const failureOf = ({ fact }: InboxRow): number =>
  fact?.object.type === 'invoice' && fact.object.trouble === 'failed' ? 1 : 0;

/** By time; at one instant facts before commands, and else in the order of arrival. */
export function byTime(a: InboxRow, b: InboxRow): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return (
    Number(isCommand(a)) - Number(isCommand(b)) || kindOf(a) - kindOf(b) || failureOf(a) - failureOf(b) || a.seq - b.seq
  );
}

/** Credits expire and are issued after facts of the same instant, and before commands [R19.3]. */
export function comesBefore({ kind, at }: OwnDue, row: InboxRow): boolean {
  if (at !== row.at) return at < row.at;
  return isCommand(row) && (kind === 'credit-expiry' || kind === 'credit-issue');
}
