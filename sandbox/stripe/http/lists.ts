import type { Books } from '../data/books.ts';
import type { ApiList, Docs, Kind } from '../data/docs.ts';
import type { Filter, Paging } from '../data/page-query.ts';

/** A page in Stripe's list shape. */
export function listOf<K extends Kind>(
  books: Books,
  url: string,
  kind: K,
  paging: Paging,
  filter: Filter = {},
  accept?: (doc: Docs[K]) => boolean,
): ApiList<Docs[K]> {
  const { docs, more } = books.page(kind, filter, paging, accept);
  return { object: 'list', data: docs, has_more: more, url };
}

export function wholeList<T>(data: T[], url: string): ApiList<T> {
  return { object: 'list', data, has_more: false, url };
}
