import type Stripe from 'stripe';
import { reading, writing } from './call.ts';
import { orThrow, StripeRefused } from './failures.ts';
import type { Account, SubscribeInput } from './gateway.ts';
import { make } from './make.ts';
import { idOf } from './unreadable.ts';

/**
 * Begins a subscription for the customer of another one, on the card that pays for that. If the
 * card fails, or the bank wants the customer to confirm it, there is none [R19.1].
 */
export async function subscribe(
  stripe: Stripe,
  { likeSubscriptionId, priceId, purchaseId, accountId }: SubscribeInput,
  key: string,
  account: Account,
): Promise<{ subscriptionId: string } | 'no_card' | 'card_refused'> {
  const expanded = { expand: ['customer'] };
  const like = await orThrow(stripe.subscriptions.retrieve(likeSubscriptionId, expanded, reading(account)));
  const card = cardOf(like);
  const customer = idOf(like.customer);
  if (card === null || customer === null) return 'no_card';
  const params: Stripe.SubscriptionCreateParams = {
    customer,
    items: [{ price: priceId }],
    default_payment_method: card,
    payment_behavior: 'error_if_incomplete',
    off_session: true,
    metadata: { purchaseId, accountId },
  };
  try {
    // Another card is another request.
    const { id } = await make(stripe, `${key}:${card}`, (once) =>
      stripe.subscriptions.create(params, writing(once, account)),
    );
    return { subscriptionId: id };
  } catch (error) {
    if (error instanceof StripeRefused && error.isCard) return 'card_refused';
    throw error;
  }
}

function cardOf({ default_payment_method: own, customer }: Stripe.Subscription): string | null {
  if (own) return idOf(own);
  if (typeof customer === 'string' || customer.deleted) return null;
  return idOf(customer.invoice_settings.default_payment_method);
}
