import { applyDispute } from './apply-dispute.ts';
import { applyForeign, foreignIn } from './apply-foreign.ts';
import { applyInvoice } from './apply-invoice.ts';
import { applyRefund } from './apply-refund.ts';
import { applySubscription } from './apply-subscription.ts';
import type { Context, Outcome } from './change.ts';
import type { Fact, InvoiceFact, StripeObject, SubscriptionFact } from './facts.ts';
import type { PendingCommand } from './pending.ts';
import type { PurchaseState } from './purchase.ts';
import { withStart } from './start-purchase.ts';
import type { StripeWrite } from './writes.ts';

/** What a fact changes. Repeated, late and reordered facts come to `no_change` [R22.1]. */
export const applyFact = (state: PurchaseState, fact: Fact, context: Context): Outcome =>
  withStart(state, fact, applyObject(state, fact, context), context);

function applyObject(state: PurchaseState, fact: Fact, context: Context): Outcome {
  const { object } = fact;
  const foreignId = foreignIn(state, object);
  if (foreignId !== null) return applyForeign(state, foreignId, fact, context);
  switch (object.type) {
    case 'subscription':
      return applySubscription(state, { ...fact, object }, context);
    case 'invoice':
      return applyInvoice(state, { ...fact, object }, context);
    case 'refund':
      return applyRefund(state, { ...fact, object }, context);
    case 'dispute':
      return applyDispute(state, { ...fact, object }, context);
  }
}

/**
 * Whether a fact only echoes the pending verb. It then waits until that verb has its own answer, so
 * that it is not taken for a change made at Stripe.
 */
export function isEcho(pending: PendingCommand | null, object: StripeObject): boolean {
  if (!pending) return false;
  const { commandId } = pending.command;
  switch (object.type) {
    case 'subscription':
      return object.commandId === commandId || pending.writes.some((write) => isEndOf(write, object));
    case 'invoice':
      return object.commandId === commandId || pending.writes.some((write) => isEchoOf(write, object));
    case 'refund':
      return object.commandId === commandId;
    case 'dispute':
      return false;
  }
}

const isEndOf = ({ op }: StripeWrite, { status }: SubscriptionFact): boolean =>
  op === 'cancelNow' && status === 'canceled';

/** An invoice names the command that made it, and not one that changed it. */
function isEchoOf(write: StripeWrite, { status, invoiceId }: InvoiceFact): boolean {
  switch (write.op) {
    case 'voidOpenInvoices':
      return status === 'void';
    case 'payInvoice':
      return status === 'paid' && write.invoiceId === invoiceId;
    case 'pauseCollection':
    case 'resumeCollection':
    case 'cancelNow':
    case 'cancelAt':
    case 'stopAt':
    case 'undoCancel':
    case 'changePrice':
    case 'scheduleChange':
    case 'releaseChange':
    case 'withdrawCredit':
    case 'payOff':
    case 'applyCode':
    case 'refund':
      return false;
  }
}

/** At one instant money comes before the state that follows from it. */
export const FACT_ORDER: Record<StripeObject['type'], number> = { invoice: 0, refund: 1, dispute: 2, subscription: 3 };
