import type { Count } from '../../../../db/counts.ts';
import { segmentRoutes } from '../../../people/segments.ts';
import { contactRoutes } from '../../../people/contacts.ts';
import type { z } from 'zod';
import { BILLING, EVERYBODY, PEOPLE } from '../../../auth/roles.ts';
import type { contactSchema, segmentCounts } from '../../../people/contact-schema.ts';
import { ID, yesOrNo, type ListColumn } from '../../lists/column.tsx';
import { listPage } from '../../lists/list-page.tsx';
import type { Shown } from '../../lists/list.ts';
import { hasRole } from '../../page.ts';
import { foundInWords } from '../../parts/counts.ts';
import { Chip, SearchField, Tabs } from '../../parts/filters.tsx';
import { addressWith, type Sort } from '../../parts/list.tsx';
import { CustomerMark, Marketing } from '../../parts/person.tsx';
import { isDefaultSegment } from '../../../../workflows/domain/segment.ts';
import { MARKETING_STATUSES } from '../../../../workflows/domain/marketing.ts';
import { MARKETING_WORDS, UNSUBSCRIBED_WORDS } from '../../words/contact.ts';

type Contact = z.output<typeof contactSchema>;
type Counts = z.output<typeof segmentCounts>;
type More = {
  count: Count;
  counts: Counts;
  tags: readonly { tag: string; contacts: number }[];
  segments: readonly { id: string; name: string }[];
};
type Here = Shown<Contact, More>;

const PATH = '/contacts';
const NEWEST: Sort = { value: 'newest', label: 'Newest first', direction: 'descending' };
const BY_EMAIL: Sort = { value: 'email', label: 'Email, A to Z', direction: 'ascending' };

/** Everybody whom the account knows [R3]. */
export const contactsPage = listPage<Contact, More>({
  name: 'contacts',
  path: PATH,
  title: 'Contacts',
  caption: 'Contacts',
  roles: EVERYBODY,
  filters: ['segment', 'q', 'status', 'tag', 'includeTest'],
  sorts: [NEWEST, BY_EMAIL],
  read: ({ api }, query) => api.read(contactRoutes.list, { query }),
  async more({ call, filter }) {
    const { api } = call;
    const count = await api.read(contactRoutes.countThem, { query: filter });
    const counts = await api.read(contactRoutes.segments, {});
    const { data: tags } = await api.read(contactRoutes.tags, {});
    const segments = hasRole(call, PEOPLE) ? (await api.read(segmentRoutes.list, {})).data : [];
    return { count, counts, tags, segments };
  },
  columns: () => COLUMNS,
  links: ({ call }) => <Links mayAdd={hasRole(call, PEOPLE)} mayDefine={hasRole(call, BILLING)} />,
  above: ({ chosen, more: { counts } }) => (
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
  ),
  fields: (shown) => <ContactFields {...shown} />,
  kept: ({ chosen }) => (isOwn(chosen) ? [] : ['segment']),
  count: ({ more }) => foundInWords(more.count, 'contact'),
  empty: ({ call, chosen }) => <Nobody chosen={chosen} mayAdd={hasRole(call, PEOPLE)} />,
});

const Links = ({ mayAdd, mayDefine }: { mayAdd: boolean; mayDefine: boolean }) => (
  <>
    {mayAdd ? <a href="/contacts/segments">Segments …</a> : null}
    {mayDefine ? <a href="/contacts/fields">Fields …</a> : null}
    {mayAdd ? (
      <a className="btn primary" href="/contacts/new">
        Add a contact
      </a>
    ) : null}
  </>
);

const exactly = (count: number): Count => ({ count, isOver: false });

const ContactFields = ({ chosen, more: { tags, segments } }: Here) => (
  <>
    <SearchField label="Name or email" chosen={chosen} />
    <Chip name="status" label="Marketing" options={STATUSES} chosen={chosen} />
    {segments.length === 0 ? null : (
      <Chip name="segment" label="Segment" options={segments.map(asOption)} chosen={isOwn(chosen) ? chosen : {}} />
    )}
    {tags.length === 0 ? null : <Chip name="tag" label="Tag" options={optionsOf(tags)} chosen={chosen} />}
    <Chip name="includeTest" label="Test customers" options={WITH_TEST} chosen={chosen} />
  </>
);

type Chosen = Record<string, string>;

/** One of the account's own is chosen, and no tab. */
const isOwn = ({ segment }: Chosen): boolean => segment !== undefined && !isDefaultSegment(segment);

const asOption = ({ id, name }: More['segments'][number]) => ({ value: id, label: name });

const WITH_TEST = [{ value: 'true', label: 'With test customers' }];

const STATUSES = MARKETING_STATUSES.map((value) => ({ value, label: MARKETING_WORDS[value].label }));

const optionsOf = (tags: More['tags']) =>
  tags.map(({ tag, contacts }) => ({ value: tag, label: `${tag} (${contacts})` }));

const COLUMNS: readonly ListColumn<Contact>[] = [
  {
    name: 'email',
    label: 'Email',
    sort: 'email',
    width: 'wide',
    at: '1',
    value: ({ email }) => email,
    href: ({ id }) => `${PATH}/${id}`,
  },
  {
    name: 'name',
    label: 'Name',
    width: 'wide',
    at: '2',
    value: ({ name }) => name,
    cell: (contact) => <NameOf {...contact} />,
  },
  {
    name: 'customer',
    label: 'Customer',
    at: '1r',
    value: ({ isCustomer }) => yesOrNo(isCustomer),
    cell: ({ isCustomer }) => <CustomerMark isCustomer={isCustomer} />,
  },
  {
    name: 'marketing',
    label: 'Marketing',
    width: 'wide',
    value: ({ marketingStatus }) => MARKETING_WORDS[marketingStatus].label,
    cell: (contact) => <Marketing {...contact} />,
  },
  { name: 'since', label: 'Since', isFigure: true, at: '2r', sort: 'newest', instant: ({ createdAt }) => createdAt },
  {
    name: 'unsubscribed',
    label: 'Why unsubscribed',
    isExtra: true,
    value: ({ unsubscribedReason }) => unsubscribedReason && UNSUBSCRIBED_WORDS[unsubscribedReason],
  },
  {
    name: 'customerSince',
    label: 'Customer since',
    isExtra: true,
    isFigure: true,
    instant: ({ customerSince }) => customerSince,
  },
  { name: 'test', label: 'Test customer', isExtra: true, value: ({ isTest }) => yesOrNo(isTest) },
  ID,
];

const NameOf = ({ name, isTest }: Contact) => (
  <>
    <bdi>{name ?? '–'}</bdi>
    {isTest ? <span className="quiet"> Test customer</span> : null}
  </>
);

function Nobody({ chosen, mayAdd }: { chosen: Chosen; mayAdd: boolean }) {
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
