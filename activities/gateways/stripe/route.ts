import type Stripe from 'stripe';
import { billedSubscription, olderPaymentIntent } from './invoice-fact.ts';
import { idOf } from './unreadable.ts';

/** What an event itself says of whose it is, most certain first; all null = nothing of ours can be told from it. */
type Route = { purchaseId: string | null; subscriptionId: string | null; paymentIntentId: string | null };

/** Where an event belongs, read from the event alone. */
export function routeOf(event: Stripe.Event): Route {
  const { object } = event.data;
  if (!('object' in object)) return NOWHERE;
  switch (object.object) {
    case 'subscription':
      return { purchaseId: purchaseIdIn(object.metadata), subscriptionId: object.id, paymentIntentId: null };
    case 'invoice': {
      const subscription = billedSubscription(object);
      return {
        purchaseId: purchaseIdIn(subscription?.metadata),
        subscriptionId: subscription?.id ?? null,
        paymentIntentId: olderPaymentIntent(object),
      };
    }
    case 'refund':
    case 'dispute': {
      const paymentIntentId = idOf(object.payment_intent);
      return { purchaseId: purchaseIdIn(object.metadata), subscriptionId: null, paymentIntentId };
    }
    default:
      return NOWHERE;
  }
}

const NOWHERE: Route = { purchaseId: null, subscriptionId: null, paymentIntentId: null };

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** Metadata is anybody's to write at Stripe, so only what is shaped like an id of ours counts. */
export function purchaseIdIn(metadata: Stripe.Metadata | null | undefined): string | null {
  const value = metadata?.purchaseId;
  return value && UUID.test(value) ? value.toLowerCase() : null;
}
