import type { ProblemBody } from '../../../http/problem.ts';
import type { MyPurchase } from '../../../people/customer-schema.ts';
import { customerPurchaseRoutes } from '../../../people/customer-purchases.ts';
import { customerRequestRoutes } from '../../../people/customer-requests.ts';
import { EMPTY_FORM, refusedForm, type Form, type FormState } from '../../form.ts';
import {
  inSite,
  OF_SITE,
  page,
  redirect,
  siteOf,
  type Page,
  type PageAnswer,
  type PageCall,
  type Site,
} from '../../page.ts';
import { Flag, FormKey, LongText } from '../../parts/fields.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Day } from '../../parts/when.tsx';
import { REQUEST_WORDS } from '../../words/request.ts';
import { Trouble } from './trouble.tsx';

const paramsOf = ({ params }: PageCall) => ({ purchaseId: params.purchaseId ?? '' });
const pathOf = (purchaseId: string): string => `/billing/${purchaseId}/cancellation-request`;

/** Asks that it be canceled, in place of canceling it [R9.5]; or takes that back. */
export const requestCancelPage: Page = {
  path: OF_SITE + pathOf('{purchaseId}'),
  audience: 'customer',
  show: (call) => showRequest(call, EMPTY_FORM, null, 200),
  submit: (call, form) => (form.step === 'withdraw' ? withdraw(call, form) : make(call, form)),
};

async function make(call: PageCall, { body, typed, key }: Form): Promise<PageAnswer> {
  const answer = await call.api.ask(customerRequestRoutes.make, { params: paramsOf(call), body, key });
  if (answer.isDone) return redirect(inSite(siteOf(call), '/billing?notice=requested'));
  const { _key: _used, ...again } = typed;
  return showRequest(call, refusedForm(again, answer.problem), answer.problem, answer.status);
}

async function withdraw(call: PageCall, { key }: Form): Promise<PageAnswer> {
  const answer = await call.api.ask(customerRequestRoutes.withdraw, { params: paramsOf(call), key });
  return redirect(inSite(siteOf(call), answer.isDone ? '/billing?notice=withdrawn' : '/billing'));
}

async function showRequest(
  call: PageCall,
  form: FormState,
  problem: ProblemBody | null,
  status: number,
): Promise<PageAnswer> {
  const purchase = await call.api.read(customerPurchaseRoutes.read, { params: paramsOf(call) });
  const site = siteOf(call);
  if (!purchase.canRequestCancellation && problem === null) return redirect(inSite(site, '/billing'));
  return page('Ask to cancel', <Request purchase={purchase} form={form} problem={problem} site={site} />, status);
}

type Shown = { purchase: MyPurchase; form: FormState; problem: ProblemBody | null; site: Site };

const Request = ({ purchase, form, problem, site }: Shown) => (
  <section className="lone">
    <h1>Ask to cancel {purchase.offer.name}?</h1>
    <Trouble problem={problem} />
    <p>Your request is read by a person. Nothing changes until it is decided, and you get an email then.</p>
    <form method="post">
      <FormKey form={form} />
      <LongText name="reason" label="Why? (optional)" form={form} />
      <Flag name="refundWanted@flag" label="I would like my money back" form={form} />
      <div className="actions">
        <button className="danger">Ask to cancel</button>
        <a className="btn" href={inSite(site, '/billing')}>
          Keep it
        </a>
      </div>
    </form>
  </section>
);

/** Where the request stands, with the way back. */
export function RequestState({ purchase, site }: { purchase: MyPurchase; site: Site }) {
  const { id, cancellationRequest: request, isPending } = purchase;
  if (!request || (request.state !== 'open' && request.state !== 'declined')) return null;
  return (
    <Notice tone={request.state === 'open' ? 'plain' : 'warn'}>
      {REQUEST_WORDS[request.state].toCustomer} Asked on <Day at={request.askedAt} site={site} />.
      {request.decision === null ? null : <p className="as-written">{request.decision}</p>}
      {request.state === 'open' && !isPending ? (
        <form method="post" action={inSite(site, pathOf(id))}>
          <FormKey form={EMPTY_FORM} />
          <button className="tiny" name="_step" value="withdraw">
            Withdraw the request<span className="unseen"> to cancel {purchase.offer.name}</span>
          </button>
        </form>
      ) : null}
    </Notice>
  );
}

/** In place of the control to cancel. */
export const RequestControl = ({ purchase: { id, offer }, site }: { purchase: MyPurchase; site: Site }) => (
  <a className="btn" href={inSite(site, pathOf(id))}>
    Ask to cancel<span className="unseen"> {offer.name}</span>
  </a>
);
