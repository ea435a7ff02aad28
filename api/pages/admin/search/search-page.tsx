import { isTooShort, SEARCH_KINDS, type SearchKind } from '../../../../workflows/domain/search.ts';
import { EVERYBODY } from '../../../auth/roles.ts';
import { searchRoutes } from '../../../search/search.ts';
import { page, siteOf, type Page, type PageCall, type Site } from '../../page.ts';
import { chosenOf } from '../../parts/filters.tsx';
import { addressWith } from '../../parts/list.tsx';
import { SEARCH_KIND_WORDS } from '../../words/search.ts';
import { Results, type Answer } from './results.tsx';

const PATH = '/search';
const MOST_TYPED = 200;
/** Of one kind alone. */
const MANY = '50';

/** Whatever somebody remembers of a person, a purchase or an email leads there. */
export const searchPage: Page = {
  path: PATH,
  audience: 'admin',
  roles: EVERYBODY,
  async show(call) {
    const { q = '', kind } = chosenOf(call.query, ['q', 'kind']);
    const typed = q.slice(0, MOST_TYPED);
    const only = SEARCH_KINDS.find((one) => one === kind);
    const answer = isTooShort(typed) ? null : await answerOf(call, typed, only);
    const title = typed === '' ? 'Search' : `Search: ${typed}`;
    return page(title, <Search typed={typed} only={only} answer={answer} site={siteOf(call)} />);
  },
};

const answerOf = ({ api }: PageCall, q: string, kind: SearchKind | undefined): Promise<Answer> =>
  api.read(searchRoutes.search, { query: kind === undefined ? { q } : { q, kind, limit: MANY } });

type Shown = { typed: string; only: SearchKind | undefined; answer: Answer | null; site: Site };

const Search = ({ typed, only, answer, site }: Shown) => (
  <>
    <div className="head">
      <h1>{only === undefined ? 'Search' : `Search: ${SEARCH_KIND_WORDS[only].toLowerCase()}`}</h1>
      {only === undefined ? null : <a href={addressWith(PATH, { q: typed }, {})}>Everything …</a>}
    </div>
    <form className="filters" method="get" action={PATH} role="search" aria-label="On this page">
      <input name="q" type="search" aria-label="What you remember" defaultValue={typed} maxLength={MOST_TYPED} />
      <button className="btn">Search</button>
    </form>
    <div id="found">
      <Outcome typed={typed} only={only} answer={answer} site={site} />
    </div>
  </>
);

function Outcome({ typed, only, answer, site }: Shown) {
  if (typed === '') return <Hint />;
  if (answer === null) return <p className="quiet">Two letters or digits at least, please.</p>;
  if (answer.data.length === 0) return <Nothing typed={typed} />;
  return (
    <>
      <Results answer={answer} site={site} />
      {only !== undefined && answer.more.length > 0 ? (
        <p className="quiet">There are more than these {MANY}. Another word makes them fewer.</p>
      ) : null}
    </>
  );
}

const Hint = () => (
  <p className="quiet">
    Words of a name or an address, in any order; an id, whole or its first eight digits; an id at Stripe; the last four
    digits of a card.
  </p>
);

const Nothing = ({ typed }: { typed: string }) => (
  <div>
    <p>
      Nothing found for “<bdi>{typed}</bdi>”.
    </p>
    <Hint />
  </div>
);
