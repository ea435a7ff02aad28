import type { SubscriptionBilling } from './billing.ts';
import { cardTold } from './card-expiry.ts';
import { NO_CHANGE, type ChangeBuilder, type Outcome } from './change.ts';
import type { PurchaseState } from './purchase.ts';
import { AUTOMATION } from './verb.ts';

/** The customer is told once that the card expires with which the purchase is charged [R13.3]. */
export function tellOfCard(change: ChangeBuilder, state: PurchaseState, billing: SubscriptionBilling): Outcome {
  const { card } = billing;
  if (!card || card.endsAt === null) return NO_CHANGE;
  const data = { methodId: card.methodId, expiresAt: card.endsAt };
  change.entry('purchase.card-expiring', data, AUTOMATION).email('card-expiring', 'customer', data);
  return change.to({ ...state, billing: cardTold(billing) });
}
