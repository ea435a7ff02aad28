import { MONEY_READERS } from '../../../auth/roles.ts';
import { contactRoutes } from '../../../people/contacts.ts';
import { contactTimelineRoutes, type ApiContactEvent } from '../../../people/contact-timeline.ts';
import type { EntryType } from '../../../../workflows/domain/outcome.ts';
import type { ActivityKind } from '../../../../workflows/domain/activity.ts';
import type { MarketingChange } from '../../../../workflows/domain/marketing.ts';
import { page, siteOf, type Page, type Site } from '../../page.ts';
import { actorInWords } from '../../parts/actor.tsx';
import { pageOf, Pager } from '../../parts/list.tsx';
import { When } from '../../parts/when.tsx';
import { ACTIVITY_WORDS } from '../../words/activity.ts';
import { CONSENT_KIND_WORDS } from '../../words/contact.ts';
import { emailInWords } from '../../words/email.ts';
import { ENTRY_WORDS } from '../../words/entry.ts';

/** What has happened to a person, over all that they bought [R3.1]. */
export const contactTimelinePage: Page = {
  path: '/contacts/{contactId}/timeline',
  audience: 'admin',
  roles: MONEY_READERS,
  async show(call) {
    const params = { contactId: call.params.contactId ?? '' };
    const { name, email } = await call.api.read(contactRoutes.read, { params });
    const { data, nextCursor } = await call.api.read(contactTimelineRoutes.list, { params, query: pageOf(call.query) });
    return page(
      'What has happened',
      <>
        <p className="crumbs">
          <a href="/contacts">Contacts</a> <a href={`/contacts/${params.contactId}`}>{name ?? email}</a>
        </p>
        <div className="head">
          <h1>What has happened</h1>
        </div>
        <ol className="timeline">
          {data.map((event) => (
            <Line key={event.id} event={event} site={siteOf(call)} />
          ))}
        </ol>
        <Pager path={`/contacts/${params.contactId}/timeline`} query={call.query} nextCursor={nextCursor} />
      </>,
    );
  },
};

const Line = ({ event, site }: { event: ApiContactEvent; site: Site }) => {
  const address = addressOf(event);
  const words = WORDS[event.kind](event.what ?? '');
  return (
    <li>
      <strong>{address === null ? words : <a href={address}>{words}</a>}</strong>
      <small className="quiet entry-line">
        <When at={event.at} site={site} />
        {event.by === null ? null : `, by ${actorInWords(event.by)}`}
      </small>
    </li>
  );
};

function addressOf({ id, kind, what, purchaseId }: ApiContactEvent): string | null {
  if (kind === 'email') return `/emails/${id}`;
  if (kind === 'merge') return `/contacts/${what}`;
  return kind === 'purchase' && purchaseId !== null ? `/purchases/${purchaseId}` : null;
}

const CHECKOUTS: Record<string, string | undefined> = {
  open: 'A checkout was begun',
  completed: 'A checkout was begun, and paid',
  expired: 'A checkout was begun, and not paid',
  left: 'A checkout was begun, and left',
  declined: 'A checkout was begun, and the payment was refused',
};

const WORDS: Record<ApiContactEvent['kind'], (what: string) => string> = {
  added: () => 'Added',
  purchase: (type) => ENTRY_WORDS[type as EntryType].label,
  email: (kind) => `Email: ${emailInWords(kind)}`,
  consent: (kind) => CONSENT_KIND_WORDS[kind as MarketingChange['kind']],
  note: () => 'A note was written',
  lift: () => 'The address is written to again',
  checkout: (state) => CHECKOUTS[state] ?? 'A checkout was begun',
  login: () => 'Logged in',
  preview: () => 'Somebody looked at their pages',
  activity: (kind) => ACTIVITY_WORDS[kind as ActivityKind],
  merge: () => 'Another contact was merged into this one',
};
