import type { Role } from '../../workflows/domain/verb.ts';
import { find } from '../../db/search/find.ts';
import { SEARCH_KINDS, type SearchKind } from '../../workflows/domain/search.ts';
import { EVERYBODY, MONEY_READERS, PEOPLE } from '../auth/roles.ts';
import { Problem } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { searchAnswer, searchQuery } from './search-schema.ts';
import { toApiResults } from './search-view.ts';

/** Who finds what: whoever may read its list. */
const READERS: Record<SearchKind, readonly Role[]> = {
  contact: EVERYBODY,
  purchase: MONEY_READERS,
  payment: MONEY_READERS,
  offer: EVERYBODY,
  email: MONEY_READERS,
  call: PEOPLE,
};

const kindsFor = (role: Role): SearchKind[] => SEARCH_KINDS.filter((kind) => READERS[kind].includes(role));

const search = defineRoute({
  method: 'get',
  path: '/v1/search',
  tag: 'Search',
  operationId: 'searchEverything',
  summary: 'Find people, purchases, payments, offers, emails and calls by what somebody remembers of them',
  description:
    'Of each kind so many: first what an id names, then what begins with the words, then what has all of them. A role finds what it may list; test customers are found as well.',
  roles: EVERYBODY,
  query: searchQuery,
  answers: { 200: searchAnswer },
  async handle({ em, caller, query: { q, kind, limit } }) {
    const may = kindsFor(caller.role);
    if (kind && !may.includes(kind))
      throw new Problem(403, 'forbidden', { detail: `The role ${caller.role} may not search for this.` });
    const found = await find(em, q, { kinds: kind ? [kind] : may, most: limit });
    return { status: 200, body: toApiResults(found, { q }) };
  },
});

export const searchRoutes = { search };
