import type { Books } from '../data/books.ts';
import type { Customer, PaymentMethod } from '../data/docs.ts';
import { cardRefusal, missing } from '../protocol/fault.ts';
import { newPaymentMethod } from '../shapes/catalog.ts';
import { declineOf } from './pay-intent.ts';
import { expiryAfter } from './read-card.ts';
import { cardFacts, numberOfToken } from '../protocol/test-cards.ts';

/** The payment method behind an id, or a fresh one behind a test token such as `pm_card_visa`. */
export function methodOf(books: Books, id: string, at: number, param = 'payment_method'): PaymentMethod {
  const number = numberOfToken(id);
  if (!number) return books.need('payment_method', id, param);
  return books.save(newPaymentMethod({ number, ...expiryAfter(at) }, at));
}

/** A card that is to pay for a customer must be theirs. */
export function ownMethod(books: Books, id: string, customer: string, param: string): PaymentMethod {
  const method = books.need('payment_method', id, param);
  if (method.customer !== customer) throw missing('PaymentMethod', id, param);
  return method;
}

/**
 * Saves a card to a customer. A card that its bank declines cannot be saved, 4000 0000 0000 0341
 * apart.
 */
export function attachMethod(books: Books, method: PaymentMethod, customer: Customer, at: number): PaymentMethod {
  if (method.customer === customer.id) return method;
  const { decline, attaches } = cardFacts(method._number);
  if (decline && !attaches) throw cardRefusal(declineOf(method));
  const attached = { ...method, customer: customer.id, _clock: customer.test_clock };
  books.save(attached);
  books.emit('payment_method.attached', attached, at);
  return attached;
}

export function detachMethod(books: Books, method: PaymentMethod, at: number): PaymentMethod {
  const customer = method.customer && books.find('customer', method.customer);
  const detached = { ...method, customer: null };
  books.change(detached, at, 'payment_method.detached');
  if (customer && customer.invoice_settings.default_payment_method === method.id) {
    const invoice_settings = { ...customer.invoice_settings, default_payment_method: null };
    books.change({ ...customer, invoice_settings }, at, 'customer.updated');
  }
  return detached;
}
