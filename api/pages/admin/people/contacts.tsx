import type { Count } from '../../../../db/counts.ts';
import { segmentRoutes } from '../../../people/segments.ts';
import { contactRoutes } from '../../../people/contacts.ts';
import type { z } from 'zod';
import { BILLING, EVERYBODY, PEOPLE } from '../../../auth/roles.ts';
import type { contactSchema, segmentCounts } from '../../../people/contact-schema.ts';
import { hasRole, page, siteOf, type Page, type Site } from '../../page.ts';
import { foundInWords } from '../../parts/counts.ts';
import { Chip, chosenOf, Filters, SearchField, SortChip, Tabs } from '../../parts/filters.tsx';
import { addressWith, pageOf, Pager, sortLink, Table, type Sort } from '../../parts/list.tsx';
import { CustomerMark, Marketing } from '../../parts/person.tsx';
import { Near } from '../../parts/when.tsx';
import { isDefaultSegment } from '../../../../workflows/domain/segment.ts';
import { MARKETING_STATUSES } from '../../../../workflows/domain/marketing.ts';
import { MARKETING_WORDS } from '../../words/contact.ts';

type Contact = z.output<typeof contactSchema>;
type Listed = { data: Contact[]; nextCursor: string | null };
type Counts = z.output<typeof segmentCounts>;
type Shown = {
  site: Site;
  chosen: Record<string, string>;
  query: Record<string, string>;
  list: Listed;
  count: Count;
  counts: Counts;
  tags: readonly { tag: string; contacts: number }[];
  segments: readonly { id: string; name: string }[];
  mayAdd: boolean;
  mayDefine: boolean;
};

const PATH = '/contacts';
const NAMES = ['segment', 'q', 'sort', 'status', 'tag', 'includeTest'] as const;

/** Everybody whom the account knows [R3]. */
export const contactsPage: Page = {
  path: PATH,
  audience: 'admin',
  roles: EVERYBODY,
  async show(call) {
    const { api, query } = call;
    const chosen = chosenOf(query, NAMES);
    const { sort, ...filter } = chosen;
    const list = await api.read(contactRoutes.list, { query: { ...filter, sort, ...pageOf(query) } });
    const count = await api.read(contactRoutes.countThem, { query: filter });
    const counts = await api.read(contactRoutes.segments, {});
    const { data: tags } = await api.read(contactRoutes.tags, {});
    const mayAdd = hasRole(call, PEOPLE);
    const segments = mayAdd ? (await api.read(segmentRoutes.list, {})).data : [];
    return page(
      'Contacts',
      <Contacts
        site={siteOf(call)}
        chosen={chosen}
        query={query}
        list={list}
        count={count}
        counts={counts}
        tags={tags}
        segments={segments}
        mayAdd={mayAdd}
        mayDefine={hasRole(call, BILLING)}
      />,
    );
  },
};

function Contacts({ site, chosen, query, list, count, counts, tags, segments, mayAdd, mayDefine }: Shown) {
  return (
    <>
      <div className="head">
        <h1>Contacts</h1>
        {mayAdd ? <a href="/contacts/segments">Segments …</a> : null}
        {mayDefine ? <a href="/contacts/fields">Fields …</a> : null}
        {mayAdd ? (
          <a className="btn primary" href="/contacts/new">
            Add a contact
          </a>
        ) : null}
      </div>
      <Tabs
        label="Segments"
        name="segment"
        path={PATH}
        chosen={chosen}
        tabs={[
          { label: 'All', value: undefined, count: exactly(counts.all) },
          { label: 'Customers', value: 'customers', count: exactly(counts.customers) },
          { label: 'Subscribed', value: 'subscribed', count: exactly(counts.subscribed) },
        ]}
      />
      <ContactFilters chosen={chosen} count={count} tags={tags} segments={segments} />
      <ContactTable site={site} chosen={chosen} list={list} mayAdd={mayAdd} />
      <Pager path={PATH} query={query} nextCursor={list.nextCursor} />
    </>
  );
}

const exactly = (count: number): Count => ({ count, isOver: false });

const NEWEST: Sort = { value: 'newest', label: 'Newest first', direction: 'descending' };
const BY_EMAIL: Sort = { value: 'email', label: 'Email, A to Z', direction: 'ascending' };

const ContactFilters = ({ chosen, count, tags, segments }: Pick<Shown, 'chosen' | 'count' | 'tags' | 'segments'>) => (
  <Filters path={PATH} chosen={chosen} kept={isOwn(chosen) ? [] : ['segment']} count={foundInWords(count, 'contact')}>
    <SearchField label="Name or email" chosen={chosen} />
    <Chip name="status" label="Marketing" options={STATUSES} chosen={chosen} />
    {segments.length === 0 ? null : (
      <Chip name="segment" label="Segment" options={segments.map(asOption)} chosen={isOwn(chosen) ? chosen : {}} />
    )}
    {tags.length === 0 ? null : <Chip name="tag" label="Tag" options={optionsOf(tags)} chosen={chosen} />}
    <Chip name="includeTest" label="Test customers" options={WITH_TEST} chosen={chosen} />
    <SortChip sorts={[NEWEST, BY_EMAIL]} chosen={chosen} />
  </Filters>
);

/** One of the account's own is chosen, and no tab. */
const isOwn = ({ segment }: Shown['chosen']): boolean => segment !== undefined && !isDefaultSegment(segment);

const asOption = ({ id, name }: Shown['segments'][number]) => ({ value: id, label: name });

const WITH_TEST = [{ value: 'true', label: 'With test customers' }];

const STATUSES = MARKETING_STATUSES.map((value) => ({ value, label: MARKETING_WORDS[value].label }));

const optionsOf = (tags: Shown['tags']) =>
  tags.map(({ tag, contacts }) => ({ value: tag, label: `${tag} (${contacts})` }));

const ContactTable = ({ site, chosen, list, mayAdd }: Pick<Shown, 'site' | 'chosen' | 'list' | 'mayAdd'>) => (
  <Table
    caption="Contacts"
    rows={list.data}
    keyOf={({ id }) => id}
    empty={<Nobody chosen={chosen} mayAdd={mayAdd} />}
    columns={[
      {
        label: 'Email',
        sort: sortLink(PATH, chosen, BY_EMAIL, false),
        width: 'wide',
        at: '1',
        cell: ({ id, email }) => (
          <a className="row" href={`${PATH}/${id}`}>
            {email}
          </a>
        ),
      },
      { label: 'Name', cell: (contact) => <NameOf {...contact} />, width: 'wide', at: '2' },
      { label: 'Customer', cell: ({ isCustomer }) => <CustomerMark isCustomer={isCustomer} />, at: '1r' },
      { label: 'Marketing', cell: (contact) => <Marketing {...contact} />, width: 'wide' },
      {
        label: 'Since',
        cell: ({ createdAt }) => <Near at={createdAt} site={site} />,
        isFigure: true,
        at: '2r',
        sort: sortLink(PATH, chosen, NEWEST, true),
      },
    ]}
  />
);

const NameOf = ({ name, isTest }: Contact) => (
  <>
    <bdi>{name ?? '–'}</bdi>
    {isTest ? <span className="quiet"> Test customer</span> : null}
  </>
);

function Nobody({ chosen, mayAdd }: Pick<Shown, 'chosen' | 'mayAdd'>) {
  if (chosen.q !== undefined)
    return (
      <p>
        Nobody found for “{chosen.q}”. <a href={addressWith(PATH, chosen, { q: undefined })}>Clear the search</a>
        {mayAdd && chosen.q.includes('@') ? (
          <>
            {' '}
            · <a href={`/contacts/login-help?email=${encodeURIComponent(chosen.q)}`}>Why can’t they log in?</a>
          </>
        ) : null}
      </p>
    );
  if (chosen.status !== undefined || chosen.tag !== undefined)
    return (
      <p>
        Nobody is found so.{' '}
        <a href={addressWith(PATH, chosen, { status: undefined, tag: undefined })}>Clear the filters</a>
      </p>
    );
  if (chosen.segment === 'customers')
    return <p>Nobody has bought or been granted an offer yet. Share the link of an offer.</p>;
  if (chosen.segment === 'subscribed') return <p>Nobody has subscribed to marketing email yet.</p>;
  if (chosen.segment !== undefined) return <p>Nobody is in this segment now.</p>;
  return (
    <p>
      There are no contacts yet. {mayAdd ? <a href="/contacts/new">Add a contact</a> : 'People appear when they buy'},
      or share the link of an offer.
    </p>
  );
}
