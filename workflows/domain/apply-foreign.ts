import { ChangeBuilder, NO_CHANGE, type Context, type Outcome } from './change.ts';
import type { Fact, StripeObject } from './facts.ts';
import { withAttention } from './pending.ts';
import type { PurchaseState } from './purchase.ts';

/**
 * The id of what is not this purchase's although it reached it: another subscription that names it, or what that one bills [R5.8]; or an invoice in
 * a currency in which nothing was sold. null = it is the purchase's own.
 */
export function foreignIn(state: PurchaseState, object: StripeObject): string | null {
  const { billing, terms } = state;
  if (billing.kind === 'none' || (object.type !== 'subscription' && object.type !== 'invoice')) return null;
  const named = object.subscriptionId;
  // What was recorded before invoices said which subscription they bill was this one's.
  const isOther = named !== undefined && billing.subscriptionId !== null && named !== billing.subscriptionId;
  if (isOther) return named ?? (object.type === 'invoice' ? object.invoiceId : null);
  const isOtherCurrency =
    object.type === 'invoice' && terms.price.kind !== 'free' && object.currency !== terms.price.currency;
  return isOtherCurrency ? object.invoiceId : null;
}

/** It changes nothing but that it is shown: once, however often it is heard of. */
export function applyForeign(state: PurchaseState, foreignId: string, fact: Fact, context: Context): Outcome {
  const { foreignIds = [] } = state;
  if (foreignIds.includes(foreignId)) return NO_CHANGE;
  const change = new ChangeBuilder(state, fact.occurredAt, context);
  const attention = { id: foreignId, reason: 'not_its_own' as const, since: fact.occurredAt, command: null };
  change.entry('purchase.needs-attention', { reason: attention.reason, attentionId: foreignId });
  const attentions = withAttention(state.attentions, attention);
  return change.to({ ...state, attentions, foreignIds: [...foreignIds, foreignId] });
}
