import type { ReactNode } from 'react';
import { EMAIL_STATES } from '../../../../db/entities/email.ts';
import { emailRoutes } from '../../../mail/emails.ts';
import type { z } from 'zod';
import { BILLING, MONEY_READERS } from '../../../auth/roles.ts';
import type { emailCounts, emailSchema } from '../../../mail/email-schema.ts';
import { EMAIL_KIND_OPTIONS, EMAIL_STATE_WORDS, emailInWords, emailReasonInWords } from '../../words/email.ts';
import { ID, type ListColumn } from '../../lists/column.tsx';
import { listPage } from '../../lists/list-page.tsx';
import { without } from '../../lists/read-list.ts';
import { hasRole } from '../../page.ts';
import { countNamed, foundInWords } from '../../parts/counts.ts';
import { Chip, SearchField, Tabs } from '../../parts/filters.tsx';
import { addressWith } from '../../parts/list.tsx';
import { Badge } from '../../parts/notice.tsx';

type Email = z.output<typeof emailSchema>;
type Counts = z.output<typeof emailCounts>;
type Query = Record<string, string>;

const PATH = '/emails';

/** Every email that was to be sent, and what became of it [R13.5]. */
export const emailsPage = listPage<Email, Counts>({
  name: 'emails',
  path: PATH,
  title: 'Emails',
  caption: 'Emails, the newest first',
  roles: MONEY_READERS,
  filters: ['state', 'kind', 'q', 'purchaseId', 'contactId', 'broadcastId'],
  read: ({ api }, query) => api.read(emailRoutes.list, { query }),
  more: ({ call, filter }) => call.api.read(emailRoutes.countStates, { query: without(filter, ['state']) }),
  columns: () => COLUMNS,
  links: ({ call }) => (
    <>
      <a href="/emails/figures">Delivery …</a>
      <a href="/emails/suppressions">Suppressed …</a>
      {hasRole(call, BILLING) ? <a href="/email-templates">What they say …</a> : null}
    </>
  ),
  above: ({ chosen, more }) => <EmailViews chosen={chosen} counts={more} />,
  fields: ({ chosen }) => (
    <>
      <SearchField label="Name or email" chosen={chosen} />
      <Chip name="kind" label="Kind" options={EMAIL_KIND_OPTIONS} chosen={chosen} />
    </>
  ),
  kept: () => ['state', 'purchaseId', 'contactId', 'broadcastId'],
  count: ({ chosen, more }) =>
    foundInWords(countNamed(more, EMAIL_STATES.find((one) => one === chosen.state) ?? 'all'), 'email'),
  below: ({ filter }) => <Narrowed chosen={filter} />,
  empty: ({ filter }) => <NoEmails isAll={Object.keys(filter).length === 0} />,
  watched: ({ id, state }) => [id, state],
});

function EmailViews({ chosen, counts }: { chosen: Query; counts: Counts }) {
  const tabs = EMAIL_STATES.map((state) => ({
    label: EMAIL_STATE_WORDS[state].label,
    value: state,
    count: countNamed(counts, state),
  }));
  const all = { label: 'All', value: undefined, count: countNamed(counts, 'all') };
  return <Tabs label="By state" name="state" path={PATH} chosen={chosen} tabs={[all, ...tabs]} />;
}

/** Where a list speaks of one purchase, broadcast or person only, the way to all of them. */
function Narrowed({ chosen }: { chosen: Query }) {
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

const COLUMNS: readonly ListColumn<Email>[] = [
  {
    name: 'email',
    label: 'Email',
    at: '1',
    value: ({ kind }) => emailInWords(kind),
    href: ({ id }) => `${PATH}/${id}`,
  },
  {
    name: 'to',
    label: 'To',
    width: 'wide',
    at: '2',
    value: ({ to }) => to ?? 'a deleted recipient',
    cell: (email) => <Recipient email={email} />,
  },
  {
    name: 'about',
    label: 'About',
    width: 'less',
    isQuiet: true,
    value: ({ offer }) => offer && offer.name,
    cell: (email) => <About email={email} />,
  },
  { name: 'subject', label: 'Subject', isExtra: true, width: 'wide', value: ({ subject }) => subject },
  {
    name: 'state',
    label: 'State',
    width: 'wide',
    at: '1r',
    value: ({ state }) => EMAIL_STATE_WORDS[state].label,
    cell: (email) => <StateOf email={email} />,
  },
  {
    name: 'reason',
    label: 'Why',
    isExtra: true,
    width: 'wide',
    value: ({ reason }) => reason && emailReasonInWords(reason),
  },
  { name: 'when', label: 'When', isFigure: true, at: '2r', instant: ({ dueAt }) => dueAt },
  ID,
];

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

const NoEmails = ({ isAll }: { isAll: boolean }) =>
  isAll ? (
    <p>There are no emails yet. The first one goes out when an offer is bought or granted.</p>
  ) : (
    <p>
      No emails match. <a href={PATH}>Show all emails</a>
    </p>
  );
