import type { Books } from './books.ts';
import { prepared } from '../../sqlite.ts';

/** How many endpoints have not yet taken the event. */
export function deliveriesLeft(books: Books, event: string): number {
  const row = prepared(
    books.context.database,
    `select count(*) as count from deliveries where event = ? and state = 'pending'`,
  ).get(event);
  return Number(row?.count ?? 0);
}
