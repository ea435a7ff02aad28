import type { Books } from '../data/books.ts';
import type { CheckoutSession } from '../data/docs.ts';

export function expireSession(books: Books, session: CheckoutSession, at: number): CheckoutSession {
  const expired: CheckoutSession = { ...session, status: 'expired', url: null };
  books.save(expired);
  books.emit('checkout.session.expired', expired, at);
  return expired;
}
