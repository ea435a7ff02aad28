import type Stripe from 'stripe';
import type { Fact, StripeObject } from '../../../workflows/domain/facts.ts';
import { fromUnix } from './instants.ts';
import { fromStripeInvoice } from './invoice-fact.ts';
import { fromStripeDispute, fromStripeRefund } from './refund-fact.ts';
import { fromStripeSubscription } from './subscription-fact.ts';

export { fromStripeDispute, fromStripeInvoice, fromStripeRefund, fromStripeSubscription };

/** The events that we act on; no others are stored. */
export const HANDLED_EVENTS = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'customer.updated',
  'payment_method.updated',
  'payment_method.automatically_updated',
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.deleted',
  'invoice.paid',
  'invoice.payment_failed',
  'invoice.payment_action_required',
  'invoice.voided',
  'invoice.marked_uncollectible',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
] as const;
type HandledEvent = (typeof HANDLED_EVENTS)[number];

export const isHandled = (type: string): type is HandledEvent => HANDLED_EVENTS.some((one) => one === type);

/**
 * The payment (its invoice) that a refund or dispute speaks of, where the object itself does not
 * say.
 */
type PaymentLink = { paymentId: string };

/**
 * What an event says [R22.1]; null for a kind that we do not act on, and for a refund or dispute
 * whose payment is not known yet.
 * @throws StripeUnreadable where the object lacks what no default may stand for
 */
export function fromStripeEvent(event: Stripe.Event, link: PaymentLink | null): Fact | null {
  const object = objectOf(event, link);
  return object && { object, occurredAt: fromUnix(event.created), source: 'event' };
}

function objectOf(event: Stripe.Event, link: PaymentLink | null): StripeObject | null {
  // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- Stripe’s list
  switch (event.type) {
    case 'customer.subscription.created':
    case 'customer.subscription.updated':
    case 'customer.subscription.deleted':
      return fromStripeSubscription(event.data.object);
    case 'invoice.payment_failed':
      return fromStripeInvoice(event.data.object, 'failed');
    case 'invoice.payment_action_required':
      return fromStripeInvoice(event.data.object, 'action_required');
    case 'invoice.paid':
    case 'invoice.voided':
    case 'invoice.marked_uncollectible':
      return fromStripeInvoice(event.data.object, null);
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed': {
      const paymentId = link?.paymentId ?? event.data.object.metadata?.paymentId;
      return paymentId ? fromStripeRefund(event.data.object, paymentId) : null;
    }
    case 'charge.dispute.created':
    case 'charge.dispute.updated':
    case 'charge.dispute.closed':
      return link && fromStripeDispute(event.data.object, link.paymentId);
    default:
      return null;
  }
}
