import type { Books } from '../data/books.ts';
import type { CheckoutSession } from '../data/docs.ts';
import { invalidRequest } from '../protocol/fault.ts';

/** The session, if it can still be completed. */
export function openSession(books: Books, id: string): CheckoutSession {
  const session = books.need('checkout.session', id);
  if (session.status !== 'open') throw invalidRequest(`This Checkout Session is ${session.status}.`);
  return session;
}
