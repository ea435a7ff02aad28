import { isLive, type SubscriptionBilling } from './billing.ts';
import { chargesLeft } from './instalment-count.ts';
import type { InvoiceFact } from './facts.ts';
import type { Money } from './money.ts';
import { isAsked, leftToPay } from './plan-ahead.ts';
import type { PurchaseState } from './purchase.ts';

/** What is left of a payment plan, to be paid at once. */
export type Rest = Money & { instalments: number };

/**
 * null = nothing can be paid beforehand: it is no live plan, or all that it has left is being
 * charged already.
 */
export function restOf(state: PurchaseState): Rest | null {
  const left = leftToPay(state);
  const { billing } = state;
  if (!left || !isLive(billing) || isAsked(billing)) return null;
  const instalments = chargesLeft(billing);
  return instalments === 0 ? null : { ...left, instalments };
}

/**
 * How many instalments a paid invoice is for: one where it bills a period; all that are left where
 * a verb of ours made it for them, or somebody at Stripe over exactly their sum [R27.10].
 */
export function instalmentsPaidBy(state: PurchaseState, billing: SubscriptionBilling, object: InvoiceFact): number {
  const { instalments, cancellation } = billing;
  if (!instalments || object.reason !== 'other') return 1;
  const own = ownPayOff(state, object);
  if (own) return own.instalments;
  const left = cancellation ? null : leftToPay({ ...state, billing: { ...billing, ended: null } });
  const isTheirSum = left !== null && left.amountMinor > 0 && object.totalMinor === left.amountMinor;
  return isTheirSum ? instalments.total - instalments.paidInvoiceIds.length : 0;
}

function ownPayOff({ pending }: PurchaseState, { commandId }: InvoiceFact) {
  if (!pending || pending.command.commandId !== commandId) return undefined;
  return pending.writes.find((write) => write.op === 'payOff');
}
