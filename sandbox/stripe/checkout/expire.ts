import type { Books } from '../data/books.ts';
import type { CheckoutSession } from '../data/docs.ts';

const RECOVERED_WITHIN = 30 * 86_400;

export function expireSession(books: Books, session: CheckoutSession, at: number): CheckoutSession {
  const after_expiration = recoverable(books, session, at);
  const expired: CheckoutSession = { ...session, after_expiration, status: 'expired', url: null };
  books.save(expired);
  books.emit('checkout.session.expired', expired, at);
  return expired;
}

/** Its link works from now on, where one was asked for. */
function recoverable(books: Books, { id, after_expiration: asked }: CheckoutSession, at: number) {
  if (!asked?.recovery?.enabled) return asked;
  const url = `${books.context.publicUrl}/c/recover/${id}`;
  return { recovery: { ...asked.recovery, url, expires_at: at + RECOVERED_WITHIN } };
}
