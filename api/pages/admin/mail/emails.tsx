import type { ReactNode } from 'react';
import type { Count } from '../../../../db/counts.ts';
import { EMAIL_STATES } from '../../../../db/entities/email.ts';
import { emailRoutes } from '../../../mail/emails.ts';
import type { z } from 'zod';
import { BILLING, MONEY_READERS } from '../../../auth/roles.ts';
import type { emailCounts, emailSchema } from '../../../mail/email-schema.ts';
import { digest } from '../../digest.ts';
import { EMAIL_KIND_OPTIONS, EMAIL_STATE_WORDS, emailInWords, emailReasonInWords } from '../../words/email.ts';
import { hasRole, page, siteOf, type Page, type PageCall, type Site } from '../../page.ts';
import { countNamed, foundInWords } from '../../parts/counts.ts';
import { Chip, chosenOf, Filters, SearchField, Tabs } from '../../parts/filters.tsx';
import { addressWith, pageOf, Pager, Table } from '../../parts/list.tsx';
import { Badge } from '../../parts/notice.tsx';
import { Near } from '../../parts/when.tsx';

type Email = z.output<typeof emailSchema>;
type Counts = z.output<typeof emailCounts>;
type Listed = { data: Email[]; nextCursor: string | null };
type Query = Record<string, string>;

const PATH = '/emails';
const NAMES = ['state', 'kind', 'q', 'purchaseId', 'contactId', 'broadcastId'] as const;

/** Every email that was to be sent, and what became of it [R13.5]. */
export const emailsPage: Page = {
  path: PATH,
  audience: 'admin',
  roles: MONEY_READERS,
  async show(call) {
    const { api, query } = call;
    const chosen = chosenOf(query, NAMES);
    const list = await listOf(call);
    const { state, ...ofAnyState } = chosen;
    const counts = await api.read(emailRoutes.countStates, { query: ofAnyState });
    const count = countNamed(counts, EMAIL_STATES.find((one) => one === state) ?? 'all');
    return page(
      'Emails',
      <Emails
        site={siteOf(call)}
        mayWrite={hasRole(call, BILLING)}
        chosen={chosen}
        query={query}
        list={list}
        count={count}
        counts={counts}
      />,
    );
  },
  state: async (call) => digest((await listOf(call)).data.map(({ id, state }) => [id, state])),
};

const listOf = ({ api, query }: PageCall): Promise<Listed> =>
  api.read(emailRoutes.list, { query: { ...chosenOf(query, NAMES), ...pageOf(query) } });

type Shown = { site: Site; mayWrite: boolean; chosen: Query; query: Query; list: Listed; count: Count; counts: Counts };

const Emails = ({ site, mayWrite, chosen, query, list, count, counts }: Shown) => (
  <>
    <div className="head">
      <h1>Emails</h1>
      <a href="/emails/figures">Delivery …</a>
      <a href="/emails/suppressions">Suppressed …</a>
      {mayWrite ? <a href="/email-templates">What they say …</a> : null}
    </div>
    <EmailViews chosen={chosen} counts={counts} />
    <EmailFilters chosen={chosen} count={count} />
    <Narrowed chosen={chosen} />
    <EmailTable site={site} chosen={chosen} list={list} />
    <Pager path={PATH} query={query} nextCursor={list.nextCursor} />
  </>
);

function EmailViews({ chosen, counts }: Pick<Shown, 'chosen' | 'counts'>) {
  const tabs = EMAIL_STATES.map((state) => ({
    label: EMAIL_STATE_WORDS[state].label,
    value: state,
    count: countNamed(counts, state),
  }));
  const all = { label: 'All', value: undefined, count: countNamed(counts, 'all') };
  return <Tabs label="By state" name="state" path={PATH} chosen={chosen} tabs={[all, ...tabs]} />;
}

const EmailFilters = ({ chosen, count }: Pick<Shown, 'chosen' | 'count'>) => (
  <Filters
    path={PATH}
    chosen={chosen}
    kept={['state', 'purchaseId', 'contactId', 'broadcastId']}
    count={foundInWords(count, 'email')}
  >
    <SearchField label="Name or email" chosen={chosen} />
    <Chip name="kind" label="Kind" options={EMAIL_KIND_OPTIONS} chosen={chosen} />
  </Filters>
);

/** Where a list speaks of one purchase, broadcast or person only, the way to all of them. */
function Narrowed({ chosen }: Pick<Shown, 'chosen'>) {
  const { purchaseId, broadcastId, contactId, ...others } = chosen;
  const about = aboutOf(chosen);
  if (about === null) return null;
  return (
    <p className="quiet">
      Only those {about}
      {' · '}
      <a href={addressWith(PATH, others, {})}>Show all emails</a>
    </p>
  );
}

function aboutOf({ purchaseId, broadcastId, contactId }: Query): ReactNode {
  if (purchaseId !== undefined)
    return (
      <>
        about <a href={`/purchases/${purchaseId}`}>one purchase</a>
      </>
    );
  if (broadcastId !== undefined)
    return (
      <>
        of <a href={`/broadcasts/${broadcastId}`}>one broadcast</a>
      </>
    );
  if (contactId === undefined) return null;
  return (
    <>
      to <a href={`/contacts/${contactId}`}>one contact</a>
    </>
  );
}

const EmailTable = ({ site, chosen, list }: Pick<Shown, 'site' | 'chosen' | 'list'>) => (
  <Table
    caption="Emails, the newest first"
    rows={list.data}
    keyOf={({ id }) => id}
    empty={<NoEmails chosen={chosen} />}
    columns={[
      {
        label: 'Email',
        at: '1',
        cell: ({ id, kind }) => (
          <a className="row" href={`${PATH}/${id}`}>
            {emailInWords(kind)}
          </a>
        ),
      },
      { label: 'To', cell: (email) => <Recipient email={email} />, width: 'wide', at: '2' },
      { label: 'About', cell: (email) => <About email={email} />, width: 'less', isQuiet: true },
      { label: 'State', cell: (email) => <StateOf email={email} />, width: 'wide', at: '1r' },
      { label: 'When', cell: ({ dueAt }) => <Near at={dueAt} site={site} />, isFigure: true, at: '2r' },
    ]}
  />
);

/** For whom it is: a contact or an expert by a link, an admin by the address. */
export function Recipient({ email: { to, recipientKind, recipientId } }: { email: Email }) {
  if (to === null) return <span className="quiet">a deleted recipient</span>;
  const path = PATHS[recipientKind];
  if (recipientKind === 'contact') return <a href={`${path}/${recipientId}`}>{to}</a>;
  return (
    <span className="person">
      {path === null ? to : <a href={`${path}/${recipientId}`}>{to}</a>}{' '}
      <small className="quiet">{recipientKind}</small>
    </span>
  );
}

const PATHS = { contact: '/contacts', expert: '/experts', admin: null } as const;

/** The purchase that it tells of, by the name of its offer. */
export const About = ({ email: { purchaseId, offer } }: { email: Email }) =>
  purchaseId === null ? <>–</> : <a href={`/purchases/${purchaseId}`}>{offer?.name ?? 'A purchase'}</a>;

const StateOf = ({ email: { state, reason } }: { email: Email }) => (
  <span className="person">
    <span>
      <Badge tone={EMAIL_STATE_WORDS[state].tone}>{EMAIL_STATE_WORDS[state].label}</Badge>
    </span>
    {reason === null ? null : <small className="quiet">{emailReasonInWords(reason)}</small>}
  </span>
);

const NoEmails = ({ chosen }: Pick<Shown, 'chosen'>) =>
  Object.keys(chosen).length === 0 ? (
    <p>There are no emails yet. The first one goes out when an offer is bought or granted.</p>
  ) : (
    <p>
      No emails match. <a href={PATH}>Show all emails</a>
    </p>
  );
