import { MONEY_READERS, OWNERS } from '../../../auth/roles.ts';
import type { ApiLift, ApiSuppression } from '../../../mail/suppression-schema.ts';
import { suppressionRoutes } from '../../../mail/suppressions.ts';
import { asMarked } from '../../marked.ts';
import { refusedForm, type Form } from '../../form.ts';
import type { ListColumn } from '../../lists/column.tsx';
import { listPage } from '../../lists/list-page.tsx';
import type { Tried } from '../../lists/list.ts';
import { hasRole, redirect, type PageAnswer, type PageCall } from '../../page.ts';
import { actorInWords } from '../../parts/actor.tsx';
import { FormKey, LongText } from '../../parts/fields.tsx';
import { Table } from '../../parts/list.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import type { Here } from '../../words/instant.ts';
import { SUPPRESSION_WORDS } from '../../words/suppression.ts';

const PATH = '/emails/suppressions';

/** Where the suppression of one contact stands, and is lifted. */
export const suppressionOf = (contactId: string): string => `${PATH}?contactId=${contactId}`;

/** To whom the provider sends nothing, and how an owner changes that [R3.5, R13.5]. */
export const suppressionsPage = listPage<ApiSuppression, More>({
  name: 'suppressions',
  path: PATH,
  title: 'Suppressed addresses',
  caption: 'Suppressed addresses, the latest first',
  roles: MONEY_READERS,
  filters: ['contactId'],
  read: ({ api }, query) => api.read(suppressionRoutes.list, { query }),
  more: async ({ call: { api }, filter }) =>
    (await api.read(suppressionRoutes.listLifts, { query: { ...filter, limit: '50' } })).data,
  columns: ({ call, filter }) => columnsOf(hasRole(call, OWNERS) && filter.contactId === undefined),
  keyOf: ({ contactId }) => contactId,
  crumbs: <a href="/emails">Emails</a>,
  links: ({ filter }) => (filter.contactId === undefined ? null : <a href={PATH}>Show all</a>),
  above: ({ call: { query }, filter, rows }) => (
    <>
      <p className="quiet">
        After an email could not be delivered for good, or was marked as spam, the mail provider sends nothing more to
        the address: no receipts and no login links either.
      </p>
      {query.notice === 'lifted' && (filter.contactId === undefined || rows.length === 0) ? <Lifted /> : null}
    </>
  ),
  kept: () => ['contactId'],
  empty: ({ filter }) => (
    <p>{filter.contactId === undefined ? 'No address is suppressed.' : 'This address is not suppressed.'}</p>
  ),
  after: ({ call, here, filter, rows, more: lifts, tried }) => (
    <>
      {filter.contactId === undefined || rows.length === 0 ? null : (
        <LiftOf mayLift={hasRole(call, OWNERS)} {...tried} />
      )}
      {lifts.length === 0 ? null : <Lifts rows={lifts} site={here} />}
    </>
  ),
  submit: lift,
});

type More = readonly ApiLift[];

async function lift(call: PageCall, { body, typed, key }: Form): Promise<PageAnswer | Tried> {
  const params = { contactId: call.query.contactId ?? '' };
  const answer = await call.api.ask(suppressionRoutes.lift, { params, body, key });
  if (answer.isDone) return redirect(`${suppressionOf(params.contactId)}&notice=lifted`);
  const { status, problem } = answer;
  return { form: refusedForm(typed, problem), problem: asMarked(problem), status };
}

const Lifted = () => (
  <Notice tone="good">The address is written to again. Whether they get marketing email has not changed.</Notice>
);

const columnsOf = (mayLift: boolean): readonly ListColumn<ApiSuppression>[] => [
  {
    name: 'address',
    label: 'Address',
    at: '1',
    width: 'wide',
    value: ({ email }) => email,
    cell: ({ contactId, email }) => <a href={`/contacts/${contactId}`}>{email}</a>,
  },
  {
    name: 'why',
    label: 'Why',
    at: '2',
    width: 'wide',
    value: ({ reason }) => SUPPRESSION_WORDS[reason],
    cell: ({ reason, emailId }) => <a href={`/emails/${emailId}`}>{SUPPRESSION_WORDS[reason]}</a>,
  },
  { name: 'since', label: 'Since', at: '2r', isFigure: true, instant: ({ since }) => since },
  { name: 'id', label: 'Id', isExtra: true, value: ({ contactId }) => contactId },
  ...(mayLift ? [LIFT] : []),
];

const LIFT: ListColumn<ApiSuppression> = {
  name: 'lift',
  label: 'Lift',
  at: '1r',
  width: 'fit',
  isStep: true,
  cell: ({ contactId }) => <a href={suppressionOf(contactId)}>Lift …</a>,
};

type LiftProps = Pick<Tried, 'form' | 'problem'> & { mayLift: boolean };

const LiftOf = ({ mayLift, form, problem }: LiftProps) => (
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

const Lifts = ({ rows, site }: { rows: readonly ApiLift[]; site: Here }) => (
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
