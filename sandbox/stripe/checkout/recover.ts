import type { Books } from '../data/books.ts';
import type { CheckoutSession } from '../data/docs.ts';
import { newId } from '../data/ids.ts';

const DAY = 86_400;

/** A copy of an expired session, open for a day; null where its link does not work (any more). */
export function recoverSession(books: Books, session: CheckoutSession, at: number): CheckoutSession | null {
  const endsAt = session.after_expiration?.recovery?.expires_at ?? null;
  if (session.status !== 'expired' || endsAt === null || endsAt <= at) return null;
  const id = newId('checkout.session');
  const { publicUrl } = books.context;
  return books.add({
    ...session,
    id,
    created: at,
    expires_at: at + DAY,
    status: 'open',
    url: `${publicUrl}/c/pay/${id}`,
    recovered_from: session.id,
    after_expiration: null,
    _pendingMethod: null,
  });
}
