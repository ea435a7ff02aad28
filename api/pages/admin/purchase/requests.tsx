import type { z } from 'zod';
import { REQUEST_STATES } from '../../../../workflows/domain/cancellation-request.ts';
import { BILLING, MONEY_READERS } from '../../../auth/roles.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { cancellationRequestRoutes } from '../../../purchase/cancellation-requests.ts';
import type { requestSchema } from '../../../purchase/request-schema.ts';
import { EMPTY_FORM, refusedForm, type FormState } from '../../form.ts';
import { ID, yesOrNo, type ListColumn } from '../../lists/column.tsx';
import { listPage } from '../../lists/list-page.tsx';
import { NOTHING_MORE } from '../../lists/list.ts';
import { hasRole, page, redirect, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { countOf } from '../../parts/counts.ts';
import { FormKey, LongText } from '../../parts/fields.tsx';
import { Views } from '../../parts/filters.tsx';
import { addressWith } from '../../parts/list.tsx';
import { Badge, ProblemNotice } from '../../parts/notice.tsx';
import { PersonLink, PurchaseLink } from '../../parts/person.tsx';
import { Day, Near } from '../../parts/when.tsx';
import { REQUEST_WORDS } from '../../words/request.ts';
import { EmailsOf } from './plan.tsx';
import { purchasePath, type Preview } from './read-purchase.ts';

type CancellationRequest = z.output<typeof requestSchema>;

const PATH = '/cancellation-requests';

/** What customers have asked for and nobody has decided yet, the longest waiting first [R9.5]. */
export const requestsPage = listPage<CancellationRequest, null>({
  name: 'cancellation-requests',
  path: PATH,
  title: 'Cancellation requests',
  caption: ({ filter }) => `Cancellation requests: ${REQUEST_WORDS[stateOf(filter)].label}`,
  roles: MONEY_READERS,
  filters: ['state'],
  read: ({ api }, query) => api.read(cancellationRequestRoutes.list, { query: { ...query, state: stateOf(query) } }),
  more: NOTHING_MORE,
  columns: ({ call, filter }) => columnsOf(stateOf(filter), hasRole(call, BILLING)),
  above: ({ chosen }) => (
    <Views
      label="By state"
      views={REQUEST_STATES.map((one) => ({
        label: REQUEST_WORDS[one].label,
        href: addressWith(PATH, chosen, { state: one }),
        isCurrent: one === stateOf(chosen),
        count: undefined,
      }))}
    />
  ),
  kept: () => ['state'],
  empty: () => <p>There are none. Customers make them for offers that are canceled by request.</p>,
});

type State = (typeof REQUEST_STATES)[number];

const stateOf = ({ state }: Record<string, string | undefined>): State =>
  REQUEST_STATES.find((one) => one === state) ?? 'open';

const COLUMNS: readonly ListColumn<CancellationRequest>[] = [
  {
    name: 'customer',
    label: 'Customer',
    width: 'wide',
    at: '1',
    value: ({ purchase }) => purchase && (purchase.contact.name ?? purchase.contact.email),
    cell: ({ purchase }) => (purchase ? <PersonLink {...purchase.contact} /> : null),
  },
  {
    name: 'purchase',
    label: 'Purchase',
    at: '1r',
    value: ({ purchase }) => purchase && purchase.offer.name,
    cell: ({ purchase }) => (purchase ? <PurchaseLink {...purchase} /> : null),
  },
  {
    name: 'wrote',
    label: 'What they wrote',
    at: '2',
    value: ({ reason }) => reason,
    cell: (request) => <Wish request={request} />,
  },
  {
    name: 'money',
    label: 'Money back wanted',
    isExtra: true,
    value: ({ refundWanted }) => yesOrNo(refundWanted),
  },
  {
    name: 'asked',
    label: 'Asked',
    at: '2r',
    instant: ({ askedAt }) => askedAt,
    cell: ({ askedAt }, here) => <Day at={askedAt} site={here} />,
  },
];

const WAITS: ListColumn<CancellationRequest> = {
  name: 'waits',
  label: 'Waits',
  value: ({ ageDays }) => (ageDays === 0 ? 'since today' : countOf(ageDays, 'day')),
};

const DECIDED: ListColumn<CancellationRequest> = {
  name: 'decided',
  label: 'Decided',
  instant: ({ decidedAt }) => decidedAt,
  cell: ({ decidedAt }, here) => (decidedAt ? <Near at={decidedAt} site={here} /> : null),
};

const columnsOf = (state: State, mayDecide: boolean): readonly ListColumn<CancellationRequest>[] => [
  ...COLUMNS,
  state === 'open' ? WAITS : DECIDED,
  ID,
  {
    name: 'decide',
    label: 'Decide',
    isStep: true,
    cell: (request) => (mayDecide ? <Decide request={request} /> : null),
  },
];

const Wish = ({ request: { reason, refundWanted, decision } }: { request: CancellationRequest }) => (
  <span className="person">
    {reason ?? <span className="quiet">No reason given</span>}
    {refundWanted ? <Badge tone="warn">money back wanted</Badge> : null}
    {decision === null ? null : <small className="quiet">{decision}</small>}
  </span>
);

function Decide({ request: { id, state, purchase, refundWanted } }: { request: CancellationRequest }) {
  if (state !== 'open' || !purchase) return null;
  const verb = refundWanted ? 'money-back' : 'cancel';
  return (
    <span className="actions">
      <a className="btn tiny" href={`${purchasePath(purchase.id)}/${verb}?requestId=${id}`}>
        {refundWanted ? 'Money back …' : 'Cancel …'}
      </a>
      <a className="btn tiny" href={declinePath(id)}>
        Decline …
      </a>
    </span>
  );
}

export const declinePath = (requestId: string): string => `${PATH}/${encodeURIComponent(requestId)}/decline`;

/** Declining asks why: the customer reads it. */
export const declinePage: Page = {
  path: `${PATH}/{requestId}/decline`,
  audience: 'admin',
  roles: BILLING,
  show: (call) => showDecline(call, EMPTY_FORM, null, 200),
  async submit(call, { body, typed, key }) {
    const answer = await call.api.ask(cancellationRequestRoutes.decline, { params: paramsOf(call), body, key });
    if (answer.isDone) return redirect(PATH);
    const { _key: _used, ...again } = typed;
    return showDecline(call, refusedForm(again, answer.problem), answer.problem, answer.status);
  },
};

const paramsOf = ({ params }: PageCall) => ({ requestId: params.requestId ?? '' });

async function showDecline(
  call: PageCall,
  form: FormState,
  problem: ProblemBody | null,
  status: number,
): Promise<PageAnswer> {
  const params = paramsOf(call);
  const request = await call.api.read(cancellationRequestRoutes.read, { params });
  const looked = await call.api.ask(cancellationRequestRoutes.decline, { params, body: { dryRun: true } });
  const preview = looked.isDone && looked.body.status === 'preview' ? looked.body : null;
  const view = <Decline request={request} preview={preview} form={form} problem={problem} />;
  return page('Decline the request', view, status);
}

type DeclineProps = {
  request: CancellationRequest;
  /** null = it has been decided meanwhile. */
  preview: Preview | null;
  form: FormState;
  problem: ProblemBody | null;
};

const Decline = ({ request: { purchase, reason }, preview, form, problem }: DeclineProps) => (
  <section className="narrow">
    <p className="crumbs">
      <a href={PATH}>Cancellation requests</a>
    </p>
    <div className="head">
      <h1>Decline the request?</h1>
    </div>
    <ProblemNotice problem={problem} />
    {purchase ? (
      <p>
        {purchase.contact.name ?? purchase.contact.email} asked to cancel{' '}
        <a href={purchasePath(purchase.id)}>{purchase.offer.name}</a>. It goes on as before.
      </p>
    ) : null}
    {reason === null ? null : <blockquote className="as-written">{reason}</blockquote>}
    {preview ? (
      <dl className="plan">
        <div>
          <dt>Emails</dt>
          <dd>
            <EmailsOf preview={preview} />
          </dd>
        </div>
      </dl>
    ) : null}
    <form method="post">
      <FormKey form={form} />
      <LongText name="reason" label="Why" form={form} help="The customer reads it." />
      <button className="danger">Decline the request</button> <a href={PATH}>Leave it open</a>
    </form>
  </section>
);
