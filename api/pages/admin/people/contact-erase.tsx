import { BILLING } from '../../../auth/roles.ts';
import { contactRoutes } from '../../../people/contacts.ts';
import { eraseContactRoutes, type ErasurePreview } from '../../../people/erase-contact.ts';
import { exportContactRoutes } from '../../../people/export-contact.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { EMPTY_FORM, type FormState, refusedForm } from '../../form.ts';
import { page, redirect, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { countOf } from '../../parts/counts.ts';
import { Flag, FormKey, LongText } from '../../parts/fields.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';

const paramsOf = ({ params }: PageCall) => ({ contactId: params.contactId ?? '' });

/** All that is known of a person, to be handed to them. */
export const contactExportPage: Page = {
  path: '/contacts/{contactId}/export',
  audience: 'admin',
  roles: BILLING,
  async show(call) {
    const data = await call.api.read(exportContactRoutes.read, { params: paramsOf(call) });
    const name = `contact-${data.contact.id}.json`;
    return { kind: 'file', name, type: 'application/json', content: JSON.stringify(data, null, 2) };
  },
};

/** Says what erasing a person would do, and does it [R3.9]. */
export const contactErasePage: Page = {
  path: '/contacts/{contactId}/erase',
  audience: 'admin',
  roles: BILLING,
  show: (call) => showErase(call, EMPTY_FORM, null, 200),
  async submit(call, { body, typed, key }) {
    const params = paramsOf(call);
    const answer = await call.api.ask(eraseContactRoutes.erase, { params, body, key });
    if (answer.isDone) return redirect(`/contacts/${params.contactId}?notice=erasing`);
    return showErase(call, refusedForm(typed, answer.problem), answer.problem, answer.status);
  },
};

async function showErase(
  call: PageCall,
  form: FormState,
  problem: ProblemBody | null,
  status: number,
): Promise<PageAnswer> {
  const params = paramsOf(call);
  const { name, email } = await call.api.read(contactRoutes.read, { params });
  const answer = await call.api.ask(eraseContactRoutes.erase, { params, body: { dryRun: true } });
  return page(
    'Erase this person',
    <>
      <p className="crumbs">
        <a href="/contacts">Contacts</a> <a href={`/contacts/${params.contactId}`}>{name ?? email}</a>
      </p>
      <div className="head">
        <h1>Erase this person</h1>
        <a href={`/contacts/${params.contactId}/export`}>Save a copy of what is known first</a>
      </div>
      <ProblemNotice problem={problem} />
      {!answer.isDone ? (
        <Notice tone="warn">{answer.problem.detail}</Notice>
      ) : 'status' in answer.body ? (
        <EraseForm preview={answer.body} form={form} />
      ) : null}
    </>,
    answer.isDone ? status : answer.status,
  );
}

const EraseForm = ({ preview, form }: { preview: ErasurePreview; form: FormState }) => (
  <form method="post" className="narrow">
    <FormKey form={form} />
    <Running {...preview} />
    <Goes {...preview} />
    <Stays {...preview} />
    {preview.live.length === 0 ? null : (
      <Flag name="cancelSubscriptions@flag" label="Cancel first what is billed on" form={form} />
    )}
    <LongText name="reason@text?" label="Why" form={form} help="Kept for your records: do not name the person here." />
    <button className="danger">Erase this person</button>
  </form>
);

const Running = ({ live, calls, seats }: ErasurePreview) => (
  <>
    <h2>What ends first</h2>
    {live.length + calls + seats === 0 ? <p>Nothing is billed on or booked.</p> : null}
    {live.length === 0 ? null : (
      <ul>
        {live.map(({ purchaseId, offer }) => (
          <li key={purchaseId}>
            <a href={`/purchases/${purchaseId}`}>{offer}</a> is canceled at once, without money back.
          </li>
        ))}
      </ul>
    )}
    {calls + seats === 0 ? null : (
      <p>
        {countOf(calls, 'call')} and {countOf(seats, 'seat')} are canceled.
      </p>
    )}
  </>
);

const Goes = ({ goes: { emails, consents, notes, texts, events, customersAtStripe } }: ErasurePreview) => (
  <>
    <h2>What goes</h2>
    <p>
      Address, name, password and sessions; the words of {countOf(emails, 'email')}, {countOf(consents, 'consent')},{' '}
      {countOf(notes, 'note')}, {countOf(texts, 'reason or feedback', 'reasons and feedback')},{' '}
      {countOf(events, 'event')} of Stripe, and {countOf(customersAtStripe, 'customer')} at Stripe with the cards. It
      cannot be brought back.
    </p>
  </>
);

const Stays = ({ stays: { purchases, payments, refunds, customersOutOfReach } }: ErasurePreview) => (
  <>
    <h2>What stays, without the person</h2>
    <p>
      {countOf(purchases, 'purchase')}, {countOf(payments, 'payment')} and {countOf(refunds, 'refund')}. Copies at the
      mail provider, and what Stripe keeps of payments by law, are not yours to delete here. If they had unsubscribed, a
      fingerprint of the address stays, so that they remain so.
    </p>
    {customersOutOfReach === 0 ? null : (
      <Notice tone="warn">
        {countOf(customersOutOfReach, 'customer')} in a Stripe account that is not connected any more can be deleted
        only there, by hand.
      </Notice>
    )}
  </>
);
