import { MONEY_READERS, OWNERS } from '../../../auth/roles.ts';
import type { ApiLift, ApiSuppression } from '../../../mail/suppression-schema.ts';
import { suppressionRoutes } from '../../../mail/suppressions.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { asMarked } from '../../marked.ts';
import { EMPTY_FORM, refusedForm, type Form, type FormState } from '../../form.ts';
import { hasRole, page, redirect, siteOf, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';
import { actorInWords } from '../../parts/actor.tsx';
import { FormKey, LongText } from '../../parts/fields.tsx';
import { pageOf, Pager, Table } from '../../parts/list.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { Near, When } from '../../parts/when.tsx';
import { SUPPRESSION_WORDS } from '../../words/suppression.ts';

const PATH = '/emails/suppressions';

/** Where the suppression of one contact stands, and is lifted. */
export const suppressionOf = (contactId: string): string => `${PATH}?contactId=${contactId}`;

/** To whom the provider sends nothing, and how an owner changes that [R3.5, R13.5]. */
export const suppressionsPage: Page = {
  path: PATH,
  audience: 'admin',
  roles: MONEY_READERS,
  show: (call) => show(call),
  submit: (call, form) => lift(call, form),
};

type Tried = { form: FormState; problem: ProblemBody | null };
const UNTRIED: Tried = { form: EMPTY_FORM, problem: null };

async function lift(call: PageCall, { body, typed, key }: Form): Promise<PageAnswer> {
  const params = { contactId: call.query.contactId ?? '' };
  const answer = await call.api.ask(suppressionRoutes.lift, { params, body, key });
  if (answer.isDone) return redirect(`${suppressionOf(params.contactId)}&notice=lifted`);
  const { status, problem } = answer;
  return show(call, { form: refusedForm(typed, problem), problem: asMarked(problem) }, status);
}

async function show(call: PageCall, tried: Tried = UNTRIED, status = 200): Promise<PageAnswer> {
  const { api, query } = call;
  const { contactId } = query;
  const whose = contactId === undefined ? {} : { contactId };
  const { data, nextCursor } = await api.read(suppressionRoutes.list, { query: { ...whose, ...pageOf(query) } });
  const lifts = (await api.read(suppressionRoutes.listLifts, { query: { ...whose, limit: '50' } })).data;
  const site = siteOf(call);
  const mayLift = hasRole(call, OWNERS);
  const only = contactId === undefined ? undefined : data[0];
  return page(
    'Suppressed addresses',
    <>
      <p className="crumbs">
        <a href="/emails">Emails</a>
      </p>
      <div className="head">
        <h1>Suppressed addresses</h1>
        {contactId === undefined ? null : <a href={PATH}>Show all</a>}
      </div>
      <p className="quiet">
        After an email could not be delivered for good, or was marked as spam, the mail provider sends nothing more to
        the address: no receipts and no login links either.
      </p>
      {query.notice === 'lifted' && only === undefined ? <Lifted /> : null}
      <Suppressions rows={data} site={site} mayLift={mayLift && only === undefined} isOfOne={contactId !== undefined} />
      <Pager path={PATH} query={query} nextCursor={nextCursor} />
      {only === undefined ? null : <LiftOf mayLift={mayLift} {...tried} />}
      {lifts.length === 0 ? null : <Lifts rows={lifts} site={site} />}
    </>,
    status,
  );
}

const Lifted = () => (
  <Notice tone="good">The address is written to again. Whether they get marketing email has not changed.</Notice>
);

type Shown = { rows: readonly ApiSuppression[]; site: Site; mayLift: boolean; isOfOne: boolean };

const Suppressions = ({ rows, site, mayLift, isOfOne }: Shown) => (
  <Table
    caption="Suppressed addresses, the latest first"
    rows={rows}
    keyOf={({ contactId }) => contactId}
    empty={<p>{isOfOne ? 'This address is not suppressed.' : 'No address is suppressed.'}</p>}
    columns={[
      {
        label: 'Address',
        at: '1',
        width: 'wide',
        cell: ({ contactId, email }) => <a href={`/contacts/${contactId}`}>{email}</a>,
      },
      {
        label: 'Why',
        at: '2',
        width: 'wide',
        cell: ({ reason, emailId }) => <a href={`/emails/${emailId}`}>{SUPPRESSION_WORDS[reason]}</a>,
      },
      { label: 'Since', at: '2r', isFigure: true, cell: ({ since }) => <Near at={since} site={site} /> },
      ...(mayLift
        ? [
            {
              label: 'Lift',
              at: '1r' as const,
              width: 'fit' as const,
              cell: ({ contactId }: ApiSuppression) => <a href={suppressionOf(contactId)}>Lift …</a>,
            },
          ]
        : []),
    ]}
  />
);

const LiftOf = ({ mayLift, form, problem }: Tried & { mayLift: boolean }) => (
  <section>
    <h2>Write to this address again</h2>
    <ProblemNotice problem={problem} />
    {mayLift ? (
      <form method="post" className="narrow">
        <FormKey form={form} />
        <LongText
          name="reason"
          label="Why it can be written to again"
          form={form}
          help="Kept with your name. Receipts, login links and the like go again; marketing email does not come back by it."
        />
        <button className="primary">Lift the suppression</button>
      </form>
    ) : (
      <p className="quiet">Only an owner lifts it.</p>
    )}
  </section>
);

const Lifts = ({ rows, site }: { rows: readonly ApiLift[]; site: Site }) => (
  <section>
    <h2>Lifted</h2>
    <Table
      caption="Addresses that are written to again, the latest first"
      rows={rows}
      keyOf={({ id }) => id}
      empty={null}
      columns={[
        {
          label: 'Reason',
          at: '1',
          width: 'wide',
          cell: ({ reason, contactId }) => <a href={`/contacts/${contactId}`}>{reason ?? 'An erased contact'}</a>,
        },
        { label: 'By', at: '2', cell: ({ by }) => actorInWords(by) },
        { label: 'When', at: '2r', width: 'fit', cell: ({ createdAt }) => <When at={createdAt} site={site} /> },
      ]}
    />
  </section>
);
