import type { z } from 'zod';
import type { contactInFull } from '../../../people/contact-schema.ts';
import type { Site } from '../../page.ts';
import { actorInWords } from '../../parts/actor.tsx';
import { FormKey, LongText } from '../../parts/fields.tsx';
import { Table } from '../../parts/list.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { Marketing } from '../../parts/person.tsx';
import { When } from '../../parts/when.tsx';
import { CONSENT_KIND_WORDS, CONSENT_SOURCE_WORDS, standingInWords } from '../../words/contact.ts';
import type { ContactShown } from './contact-shown.ts';

type Consent = z.output<typeof contactInFull>['consents'][number];

/** The marketing status, how it came to be, and what an admin may do about it [R3.4, R3.6]. */
export const MarketingOf = (shown: ContactShown) => (
  <section>
    <h2>Marketing email</h2>
    <p>
      <Marketing {...shown.contact} />
    </p>
    <Consents consents={shown.contact.consents} site={shown.site} />
    {shown.mayEdit ? <Changes {...shown} /> : null}
  </section>
);

const Consents = ({ consents, site }: { consents: Consent[]; site: Site }) => (
  <Table
    caption="Consents and changes, the newest first"
    rows={consents}
    keyOf={({ id }) => id}
    empty={<p>Nothing has changed since they were added.</p>}
    columns={[
      { label: 'What', at: '1', width: 'wide', cell: ({ kind }) => CONSENT_KIND_WORDS[kind] },
      { label: 'Since then', at: '1r', cell: ({ to }) => standingInWords(to) },
      { label: 'By', at: '2', cell: ({ source, by }) => `${CONSENT_SOURCE_WORDS[source]}, ${actorInWords(by)}` },
      {
        label: 'Words',
        isSpare: true,
        width: 'wide',
        cell: ({ wording }) => <bdi title={wording ?? ''}>{wording ?? '–'}</bdi>,
      },
      { label: 'Address', isSpare: true, width: 'wide', cell: ({ email }) => email },
      { label: 'When', at: '2r', width: 'fit', cell: ({ at }) => <When at={at} site={site} /> },
    ]}
  />
);

function Changes({ contact, subscribe: { form, problem } }: ContactShown) {
  if (contact.marketingStatus === 'unsubscribed')
    return (
      <>
        <ProblemNotice problem={problem} />
        <p className="quiet">Only they can come back: by a form of yours, and the link that is mailed to them then.</p>
      </>
    );
  return (
    <>
      {contact.marketingStatus === 'subscribed' ? null : (
        <details open={problem !== null}>
          <summary className="btn">Note a consent</summary>
          <ProblemNotice problem={problem} />
          <form method="post" className="narrow">
            <FormKey form={form} />
            <input type="hidden" name="_step" value="subscribe" />
            <LongText
              name="wording"
              label="What they agreed to, and how"
              form={form}
              help="Kept as the proof of it. Buying something is no consent."
            />
            <button className="primary">Subscribe</button>
          </form>
        </details>
      )}
      <details>
        <summary className="btn">Unsubscribe</summary>
        <form method="post" className="narrow">
          <FormKey form={form} />
          <input type="hidden" name="_step" value="unsubscribe" />
          <p>They get no more marketing email. Only they can come back, by confirming a link.</p>
          <button className="danger">Send no more marketing email</button>
        </form>
      </details>
    </>
  );
}
