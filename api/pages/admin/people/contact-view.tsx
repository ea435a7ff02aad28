import type { ReactNode } from 'react';
import { Facts, Table } from '../../parts/list.tsx';
import { Badge, Notice } from '../../parts/notice.tsx';
import { CustomerMark } from '../../parts/person.tsx';
import { Near, When } from '../../parts/when.tsx';
import { EMAIL_STATE_WORDS, emailInWords, emailReasonInWords } from '../../words/email.ts';
import type { ApiSuppression } from '../../../mail/suppression-schema.ts';
import { SUPPRESSION_WORDS } from '../../words/suppression.ts';
import { suppressionOf } from '../mail/suppressions.tsx';
import { ContactPayments } from '../money/contact-payments.tsx';
import { LoginHelpBox } from './login-help-box.tsx';
import { SessionsOf } from './contact-sessions.tsx';
import { AccessOf } from './contact-access.tsx';
import { MarketingOf } from './contact-marketing.tsx';
import { NotesOf } from './contact-notes.tsx';
import { ownFacts } from './own-fields.tsx';
import { TagsOf } from './contact-tags.tsx';
import { ChangeForm, GrantForm } from './contact-forms.tsx';
import type { ContactShown, Sent } from './contact-shown.ts';
import { PurchasesOfOne } from '../purchase/purchase-table.tsx';

const NOTICES: Record<string, string> = {
  added: 'The contact has been added.',
  changed: 'The change has been saved.',
  granted: 'The offer has been granted; it is among the purchases below.',
  subscribed: 'The consent has been noted: they get marketing email.',
  unsubscribed: 'They get no more marketing email.',
  tagged: 'The tag has been added.',
  untagged: 'The tag has been removed.',
  noted: 'The note has been kept.',
  unnoted: 'The note has been deleted.',
  merging: 'The purchases are being moved; then the rest follows.',
  erasing: 'What runs is being ended; then everything that says who they are goes.',
  mailed: 'The email is on its way.',
  unlocked: 'They can try again at once.',
  'logged-out': 'They are logged out there.',
  granting: 'The offer is being granted; it will be among the purchases in a moment.',
};

export function ContactPage(shown: ContactShown) {
  const { contact, site, notice, mayEdit, purchases, payments, sent } = shown;
  const word = notice === undefined ? undefined : NOTICES[notice];
  return (
    <>
      <p className="crumbs">
        <a href="/contacts">Contacts</a>
      </p>
      <div className="head">
        <h1>{contact.name ?? contact.email}</h1>
        <CustomerMark {...contact} />
        <Acts {...shown} />
      </div>
      <ErasureOf contact={contact} />
      <MergeOf contact={contact} />
      {shown.suppression === null ? null : <SuppressionOf {...shown.suppression} />}
      {word === undefined ? null : <Notice tone="good">{word}</Notice>}
      <div className="cols even">
        <section>
          <h2>Person</h2>
          <Person {...shown} />
          {mayEdit ? <ChangeForm {...shown} /> : null}
        </section>
        <section>
          <h2>Access</h2>
          <AccessOf access={shown.access} site={site} isLinked={purchases !== null} />
          {mayEdit ? <GrantForm {...shown} /> : null}
        </section>
      </div>
      <Labels {...shown} />
      <LoggingIn {...shown} />
      <MarketingOf {...shown} />
      {purchases === null ? null : <Purchases purchases={purchases} contact={contact} site={site} />}
      {payments === null ? null : <ContactPayments {...payments} site={site} mayRefund={shown.mayRefund} />}
      {sent === null ? null : <Emails sent={sent} site={site} />}
    </>
  );
}

const Labels = (shown: ContactShown) => (
  <div className="cols even">
    <TagsOf {...shown} />
    <NotesOf {...shown} />
  </div>
);

const LoggingIn = ({ help, sessions, site, login }: ContactShown) => (
  <div className="cols even">
    {help === null ? null : <LoginHelpBox help={help} site={site} login={login} />}
    {sessions === null ? null : <SessionsOf sessions={sessions} site={site} login={login} />}
  </div>
);

const Acts = ({ contact, mayEdit, mayRefund }: ContactShown) => (
  <>
    {contact.isTest ? <Badge tone="plain">Test customer</Badge> : null}
    {mayEdit ? <SeeAsThey contact={contact} /> : null}
    {mayRefund && isThere(contact) ? <DataOf contact={contact} /> : null}
  </>
);

/** In a window of its own: who leaves the preview comes back here. */
const SeeAsThey = ({ contact: { id } }: Pick<ContactShown, 'contact'>) => (
  <form method="post" action={`/contacts/${id}/preview`} target="_blank" className="actions">
    <button className="tiny">See their pages</button>
  </form>
);

const DataOf = ({ contact: { id } }: Pick<ContactShown, 'contact'>) => (
  <span className="actions">
    <a href={`/contacts/${id}/export`}>Save what is known …</a>
    <a href={`/contacts/${id}/merge`}>Merge …</a>
    <a href={`/contacts/${id}/erase`}>Erase …</a>
  </span>
);

const SuppressionOf = ({ contactId, reason }: ApiSuppression) => (
  <Notice tone="warn">
    The mail provider sends nothing to this address. {SUPPRESSION_WORDS[reason]}.{' '}
    <a href={suppressionOf(contactId)}>What can be done</a>
  </Notice>
);

/** Neither erased, nor part of another. */
export const isThere = ({ erasure, merge }: ContactShown['contact']): boolean =>
  erasure?.state !== 'done' && (merge === null || merge.state === 'refused');

const MergeOf = ({ contact: { merge } }: Pick<ContactShown, 'contact'>) => {
  if (merge === null) return null;
  return (
    <Notice tone={merge.state === 'done' ? 'plain' : 'warn'}>
      {MERGES[merge.state]} <a href={`/contacts/${merge.intoContactId}`}>The other contact</a> ·{' '}
      <a href={`/jobs/${merge.jobId}`}>What moved</a>
    </Notice>
  );
};

const MERGES = {
  moving: 'This contact is being merged into another one.',
  returning: 'This contact could not be merged: what had moved comes back.',
  refused: 'This contact could not be merged, so all is as before. It may be tried again.',
  done: 'This contact is part of another one, to which its address leads.',
} as const;

const ErasureOf = ({ contact: { erasure } }: Pick<ContactShown, 'contact'>) => {
  if (erasure === null) return null;
  const words = ERASURES[erasure.state];
  return (
    <Notice tone={erasure.state === 'done' ? 'plain' : 'warn'}>
      {words} <a href={`/jobs/${erasure.jobId}`}>What was canceled for it</a>
    </Notice>
  );
};

const ERASURES = {
  canceling: 'This person is being erased: what runs is ended first.',
  came_back: 'This person was to be erased, but bought again, or something could not be ended. Nothing was erased.',
  done: 'This person has been erased.',
} as const;

type PurchasesProps = Pick<ContactShown, 'contact' | 'site'> & { purchases: NonNullable<ContactShown['purchases']> };

const Purchases = ({ purchases, contact, site }: PurchasesProps) => (
  <Section title="Purchases">
    <PurchasesOfOne site={site} purchases={purchases} empty={<p>Nothing bought or granted yet.</p>} />
    <p>
      <a href={`/contacts/${contact.id}/timeline`}>All that has happened</a> ·{' '}
      <a href={`/contacts/${contact.id}/activity`}>Activity and progress</a> ·{' '}
      <a href={`/checkouts?contactId=${contact.id}`}>What this person began to buy</a>
    </p>
  </Section>
);

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section>
    <h2>{title}</h2>
    {children}
  </section>
);

const Person = ({ contact, fields, site }: ContactShown) => (
  <Facts
    facts={[
      ['Email', contact.email],
      ['Name', contact.name ?? '–'],
      ['Customer since', <When key="customer" at={contact.customerSince} site={site} none="not a customer yet" />],
      ...ownFacts({ defined: fields, values: contact.fields }, site),
      ['Added', <When key="added" at={contact.createdAt} site={site} />],
      ['Id', <code key="id">{contact.id}</code>],
    ]}
  />
);

const Emails = ({ sent, site }: { sent: Sent[] } & Pick<ContactShown, 'site'>) => (
  <Section title="Emails">
    <Table
      caption="The latest emails to this person"
      rows={sent}
      keyOf={({ id }) => id}
      empty={<p>No email has been sent to this person yet.</p>}
      columns={[
        {
          label: 'Email',
          width: 'wide',
          at: '1',
          cell: (email) => <Subject {...email} />,
        },
        { label: 'State', cell: (email) => <State {...email} />, at: '1r' },
        { label: 'When', cell: ({ dueAt }) => <Near at={dueAt} site={site} />, isFigure: true, at: '2' },
      ]}
    />
  </Section>
);

const Subject = ({ id, subject, kind }: Sent) => (
  <span className="person">
    <a href={`/emails/${id}`}>{subject ?? emailInWords(kind)}</a>
  </span>
);

const State = ({ state, reason }: Pick<Sent, 'state' | 'reason'>) => (
  <span className="person">
    <Badge tone={EMAIL_STATE_WORDS[state].tone}>{EMAIL_STATE_WORDS[state].label}</Badge>
    {reason === null ? null : <small className="quiet">{emailReasonInWords(reason)}</small>}
  </span>
);
