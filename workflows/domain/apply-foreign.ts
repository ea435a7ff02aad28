import { ChangeBuilder, NO_CHANGE, type Context, type Outcome } from './change.ts';
import type { Fact, StripeObject } from './facts.ts';
import { withAttention } from './pending.ts';
import { currencyOf } from './price.ts';
import type { PurchaseState } from './purchase.ts';

/**
 * The id of something that names this purchase but is not part of it: another subscription, an
 * invoice of that one [R5.8], or an invoice in another currency. null = it is part of the purchase.
 */
export function foreignIn(state: PurchaseState, object: StripeObject): string | null {
  switch (object.type) {
    case 'subscription':
      return isOther(state, object.subscriptionId) ? object.subscriptionId : null;
    case 'invoice':
      if (isOther(state, object.subscriptionId)) return object.subscriptionId ?? object.invoiceId;
      if (isOtherInvoice(state, object.invoiceId)) return object.invoiceId;
      return isOtherCurrency(state, object.currency) ? object.invoiceId : null;
    case 'refund':
    case 'dispute':
      return null;
  }
}

/** `undefined`: recorded before invoices said which subscription they bill; it was this one. */
function isOther({ billing }: PurchaseState, named: string | null | undefined): boolean {
  switch (billing.kind) {
    case 'none':
      return false;
    case 'one_time':
      return named != null;
    case 'subscription':
      return named !== undefined && billing.subscriptionId !== null && named !== billing.subscriptionId;
  }
}

/** What is paid once has one invoice. */
function isOtherInvoice({ billing }: PurchaseState, named: string): boolean {
  switch (billing.kind) {
    case 'none':
    case 'subscription':
      return false;
    case 'one_time':
      return billing.invoiceId !== null && named !== billing.invoiceId;
  }
}

/** A purchase without charges has no currency to compare with. */
function isOtherCurrency({ billing, terms }: PurchaseState, currency: string): boolean {
  switch (billing.kind) {
    case 'none':
      return false;
    case 'one_time':
    case 'subscription':
      return currencyOf(terms.price) !== null && currency !== currencyOf(terms.price);
  }
}

/** It is shown and changes nothing else; once, however often it arrives. */
export function applyForeign(state: PurchaseState, foreignId: string, fact: Fact, context: Context): Outcome {
  const { foreignIds = [] } = state;
  if (foreignIds.includes(foreignId)) return NO_CHANGE;
  const change = new ChangeBuilder(state, fact.occurredAt, context);
  const attention = { id: foreignId, reason: 'not_its_own' as const, since: fact.occurredAt, command: null };
  change.entry('purchase.needs-attention', { reason: attention.reason, attentionId: foreignId });
  const attentions = withAttention(state.attentions, attention);
  return change.to({ ...state, attentions, foreignIds: [...foreignIds, foreignId] });
}
