import type Stripe from 'stripe';
import { billedSubscription, olderPaymentIntent } from './invoice-fact.ts';
import { idOf } from './unreadable.ts';

/** What an event itself says about the purchase it belongs to [R22.1]. */
export type Route = {
  /**
   * The objects of Stripe that it speaks of, the most telling first: one that is known to be a
   * purchase's decides.
   */
  refs: string[];
  /** The purchase that the metadata names. It is only a hint, since anybody may have copied it. */
  pointsAt: string | null;
  customerId: string | null;
  /** Of a completed session: what came of it, and is its purchase's from now on. */
  names: string[];
};

/** Where an event belongs, read from the event alone. */
export function routeOf(event: Stripe.Event): Route {
  const { object } = event.data;
  if (!('object' in object)) return NOWHERE;
  // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- Stripe’s list
  switch (object.object) {
    case 'subscription': {
      const route = { pointsAt: purchaseIdIn(object.metadata), customerId: idIn(object.customer) };
      return { ...NOWHERE, ...route, refs: ids(object.id) };
    }
    case 'invoice': {
      const billed = billedSubscription(object);
      const refs = ids(billed?.id, object.id, olderPaymentIntent(object));
      const { metadata } = billed ?? object;
      return { ...NOWHERE, refs, pointsAt: purchaseIdIn(metadata), customerId: idIn(object.customer) };
    }
    case 'refund':
    case 'dispute': {
      const refs = ids(object.id, object.payment_intent, object.charge);
      return { ...NOWHERE, refs, pointsAt: purchaseIdIn(object.metadata) };
    }
    case 'checkout.session':
      return fromSession(object, event.type);
    case 'customer':
      return hasOtherMethod(event) ? ofCustomer(object.id) : NOWHERE;
    case 'payment_method':
      return hasOtherCard(event) ? ofCustomer(object.customer) : NOWHERE;
    default:
      return NOWHERE;
  }
}

const NOWHERE: Route = { refs: [], pointsAt: null, customerId: null, names: [] };

/** What is known by its customer alone. */
const ofCustomer = (customer: Expandable): Route => ({ ...NOWHERE, refs: ids(customer), customerId: idIn(customer) });

/** Who pays with it may have moved; a card counts only where it is another one, or is renewed. */
const hasOtherCard = ({ data }: Stripe.Event): boolean =>
  (data.previous_attributes as Partial<Stripe.PaymentMethod> | undefined)?.card !== undefined;

/** What else changes of a customer concerns nobody here. */
const hasOtherMethod = ({ data }: Stripe.Event): boolean => {
  const before = data.previous_attributes as Partial<Stripe.Customer> | undefined;
  return before?.invoice_settings?.default_payment_method !== undefined;
};

/**
 * A session in which only a card is left sells nothing: it is known by its own id. A payment is
 * known by its invoice: a refund or dispute has to say which one it was.
 */
function fromSession(
  { id, mode, subscription, invoice, metadata, recovered_from: from }: Stripe.Checkout.Session,
  type: Stripe.Event['type'],
): Route {
  if (mode === 'setup' && type === 'checkout.session.expired') return NOWHERE;
  if (mode === 'setup') return { ...NOWHERE, refs: ids(id), pointsAt: purchaseIdIn(metadata) };
  // One that was begun anew is known by the one that had expired.
  return { ...NOWHERE, refs: ids(id, from), names: ids(...(from ? [id] : []), subscription, invoice) };
}

type Expandable = string | { id?: string } | null | undefined;

/** Signed events may still hold anything: only what has the form of a Stripe id counts. */
function idIn(value: Expandable): string | null {
  const id: unknown = idOf(value as string | { id: string } | null);
  return typeof id === 'string' && /^[\w-]{1,255}$/.test(id) ? id : null;
}

const ids = (...values: Expandable[]): string[] => values.flatMap((value) => idIn(value) ?? []);

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** Anybody at Stripe can write metadata, so only what has the form of our ids counts. */
function purchaseIdIn(metadata: Stripe.Metadata | null | undefined): string | null {
  const value: unknown = metadata?.purchaseId;
  return typeof value === 'string' && UUID.test(value) ? value.toLowerCase() : null;
}
