import { visible, type Books } from '../data/books.ts';
import { expiryAfter, readCard } from '../payments/read-card.ts';
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
  /** Whether the bank takes days to say that it is paid. */
  later?: boolean | undefined;
}

/** Goes through a checkout page as a person would: the outcome, and the session after it. */
export function paySessionAsPerson(
  books: Books,
  id: string,
  person: Person,
): { outcome: CheckoutOutcome['kind']; error?: unknown; session: unknown } {
  const session = openSession(books, id);
  const at = books.customerTime(session.customer);
  const typed = cardOf(person, at);
  const card = { ...typed, name: person.name ?? 'Test Person', email: person.email ?? session.customer_details?.email };
  const first = needsCard(session)
    ? submitCard(books, session, card, person.later ? 'later' : 'at_once')
    : completeSession(books, session, null, 'at_once');
  const asked = first.kind === 'needs_authentication' && person.authenticate;
  const outcome = asked
    ? answerAuthentication(books, books.need('checkout.session', id), person.authenticate === 'pass')
    : first;
  const error = outcome.kind === 'declined' ? { error: outcome.error } : {};
  return { outcome: outcome.kind, ...error, session: visible(books.need('checkout.session', id)) };
}

/** The card that a person types. */
export function cardOf({ card, exp_month, exp_year }: Person, at: number) {
  const later = expiryAfter(at);
  const expiry = { exp_month: exp_month ?? later.exp_month, exp_year: exp_year ?? later.exp_year };
  return readCard({ number: card, ...expiry }, at);
}
