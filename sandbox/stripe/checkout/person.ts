import { visible, type Books } from '../data/books.ts';
import { readCard } from '../payments/read-card.ts';
import { answerAuthentication, completeSession, needsCard, submitCard, type CheckoutOutcome } from './complete.ts';
import { openSession } from './open-session.ts';

/** What somebody does on a hosted page. */
export interface Person {
  card: string;
  exp_month?: number | undefined;
  exp_year?: number | undefined;
  name?: string | undefined;
  email?: string | undefined;
  authenticate?: 'pass' | 'fail' | undefined;
}

/** Goes through a checkout page as a person would: the outcome, and the session after it. */
export function paySessionAsPerson(
  books: Books,
  id: string,
  person: Person,
): { outcome: CheckoutOutcome['kind']; error?: unknown; session: unknown } {
  const session = openSession(books, id);
  const at = books.customerTime(session.customer);
  const year = new Date(at * 1000).getUTCFullYear() + 3;
  const typed = readCard(
    { number: person.card, exp_month: person.exp_month ?? 12, exp_year: person.exp_year ?? year },
    at,
  );
  const card = { ...typed, name: person.name ?? 'Test Person', email: person.email ?? session.customer_details?.email };
  const first = needsCard(session) ? submitCard(books, session, card) : completeSession(books, session, null, false);
  const asked = first.kind === 'needs_authentication' && person.authenticate;
  const outcome = asked
    ? answerAuthentication(books, books.need('checkout.session', id), person.authenticate === 'pass')
    : first;
  const error = outcome.kind === 'declined' ? { error: outcome.error } : {};
  return { outcome: outcome.kind, ...error, session: visible(books.need('checkout.session', id)) };
}
