import { invalidRequest } from '../protocol/fault.ts';
import type { Books } from '../data/books.ts';
import type { ApiList, Docs, Kind } from '../data/docs.ts';
import type { Filter, Paging } from '../data/page-query.ts';

export interface ListWish<K extends Kind> {
  filter?: Filter;
  /** Filters further by what no index knows. */
  accept?: (doc: Docs[K]) => boolean;
  /** Where it differs from `/v1/<kind>s`. */
  url?: string;
}

/** A page in Stripe's list shape. */
export function listOf<K extends Kind>(
  books: Books,
  kind: K,
  paging: Paging,
  { filter = {}, accept, url }: ListWish<K> = {},
): ApiList<Docs[K]> {
  if (paging.limit !== undefined && (paging.limit < 1 || paging.limit > 100)) {
    throw invalidRequest('Invalid limit: it must be between 1 and 100.', 'limit', 'parameter_invalid_integer');
  }
  const { docs, more } = books.page(kind, filter, paging, accept);
  return { object: 'list', data: docs, has_more: more, url: url ?? `/v1/${kind.replaceAll('.', '/')}s` };
}

export function wholeList<T>(data: T[], url: string): ApiList<T> {
  return { object: 'list', data, has_more: false, url };
}
