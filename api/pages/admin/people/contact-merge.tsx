import { BILLING } from '../../../auth/roles.ts';
import { Problem, type ProblemBody } from '../../../http/problem.ts';
import { contactRoutes } from '../../../people/contacts.ts';
import { mergeContactRoutes, type MergePreview } from '../../../people/merge-contacts.ts';
import { EMPTY_FORM, refusedForm, type FormState } from '../../form.ts';
import { page, redirect, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { countOf } from '../../parts/counts.ts';
import { FormKey, LongText, TextField } from '../../parts/fields.tsx';
import { chosenOf } from '../../parts/filters.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { standingInWords } from '../../words/contact.ts';
import { paramsOf } from './contact-steps.ts';

/** Finds the contact that is the same person, says what merging would do, and does it. */
export const contactMergePage: Page = {
  path: '/contacts/{contactId}/merge',
  audience: 'admin',
  roles: BILLING,
  show: (call) => showMerge(call, { form: EMPTY_FORM, problem: null, status: 200 }),
  async submit(call, { body, typed, key }) {
    const params = paramsOf(call);
    const answer = await call.api.ask(mergeContactRoutes.merge, { params, body, key });
    if (answer.isDone) return redirect(`/contacts/${params.contactId}?notice=merging`);
    const { problem, status } = answer;
    return showMerge(call, { form: refusedForm(typed, problem), problem, status });
  },
};

type Tried = { form: FormState; problem: ProblemBody | null; status: number };

async function showMerge(call: PageCall, tried: Tried): Promise<PageAnswer> {
  const params = paramsOf(call);
  const { name, email } = await call.api.read(contactRoutes.read, { params });
  const found = await findOther(call);
  const asked = found.other && (await askPreview(call, found.other.id));
  return page(
    'Merge into another contact',
    <>
      <p className="crumbs">
        <a href="/contacts">Contacts</a> <a href={`/contacts/${params.contactId}`}>{name ?? email}</a>
      </p>
      <h1>Merge into another contact</h1>
      <p>
        {email} becomes part of the other contact, which then has all that both had. Whoever uses this address is that
        contact from then on.
      </p>
      <ProblemNotice problem={tried.problem} />
      <ChooseForm email={found.email} form={found.form} />
      {found.other && asked?.preview ? (
        <MergeForm preview={asked.preview} stays={found.other} form={tried.form} />
      ) : null}
      {asked?.problem && !tried.problem ? <Notice tone="warn">{asked.problem.detail}</Notice> : null}
    </>,
    tried.status,
  );
}

type Other = { id: string; email: string; name: string | null };
type Found = { email: string; form: FormState; other: Other | null };

/** The other one, by the address that was typed. */
async function findOther({ api, query }: PageCall): Promise<Found> {
  const { email = '' } = query;
  if (email.trim() === '') return { email, form: EMPTY_FORM, other: null };
  const nobody = { email, form: { typed: {}, errors: [{ field: 'email', message: 'is no contact’s' }] }, other: null };
  const found = await api.read(contactRoutes.list, { query: chosenOf(query, ['email']) }).catch(nullIfImpossible);
  const other = found?.data[0];
  return other ? { email, form: EMPTY_FORM, other } : nobody;
}

function nullIfImpossible(error: unknown): null {
  if (error instanceof Problem && error.status === 422) return null;
  throw error;
}

async function askPreview(call: PageCall, intoContactId: string) {
  const body = { intoContactId, dryRun: true };
  const answer = await call.api.ask(mergeContactRoutes.merge, { params: paramsOf(call), body });
  if (!answer.isDone) return { preview: null, problem: answer.problem };
  return { preview: 'status' in answer.body ? answer.body : null, problem: null };
}

const ChooseForm = ({ email, form }: { email: string; form: FormState }) => (
  <form method="get" className="narrow">
    <TextField
      name="email"
      label="Address of the contact that stays"
      type="email"
      form={form}
      initial={email}
      required
    />
    <button className="quiet">Look what merging would do</button>
  </form>
);

type MergeFormProps = { preview: MergePreview; stays: Other; form: FormState };

const MergeForm = ({ preview, stays, form }: MergeFormProps) => (
  <form method="post" className="narrow">
    <FormKey form={form} />
    <input type="hidden" name="intoContactId" value={stays.id} />
    <input type="hidden" name="planHash" value={preview.planHash} />
    <Moves {...preview} />
    <Becomes {...preview} />
    <Ends {...preview} />
    {preview.conflicts.length > 0 ? (
      <Conflicts {...preview} />
    ) : (
      <>
        <LongText
          name="reason@text?"
          label="Why"
          form={form}
          help="Kept for your records: do not name the person here."
        />
        <button className="danger">Merge the two contacts</button>
      </>
    )}
  </form>
);

const Moves = ({ moves }: MergePreview) => (
  <>
    <h2>What moves</h2>
    <p>
      {countOf(moves.purchases, 'purchase')}, {countOf(moves.payments, 'payment')}, {countOf(moves.emails, 'email')},{' '}
      {countOf(moves.consents, 'consent')}, {countOf(moves.notes, 'note')}, {countOf(moves.tags, 'tag')},{' '}
      {countOf(moves.credits, 'credit')}, {countOf(moves.calls, 'call')}, {countOf(moves.seats, 'seat')},{' '}
      {countOf(moves.checkouts, 'checkout')} and what they have done and completed. Each purchase is charged to the card
      that it was sold with.
    </p>
  </>
);

const Becomes = ({ becomes }: MergePreview) => (
  <>
    <h2>What the other contact then says</h2>
    <p>
      {becomes.name ?? 'No name'}.{' '}
      {standingInWords({ status: becomes.marketingStatus, reason: becomes.unsubscribedReason })}.{' '}
      {becomes.filledFields === 0
        ? 'All own fields stay as they are.'
        : `${countOf(becomes.filledFields, 'own field')} that it lacks comes from the other.`}
    </p>
  </>
);

const Ends = ({ ends: { sessions, openCheckouts, password, unprovenPassword } }: MergePreview) => (
  <>
    <h2>What ends</h2>
    <p>
      Login links of the one that goes{password ? ', its password' : ''}, {countOf(sessions, 'session')} and{' '}
      {countOf(openCheckouts, 'checkout')} that could still be paid. It cannot be taken back.
    </p>
    {unprovenPassword ? (
      <Notice tone="warn">
        The password of the one that stays ends too, since nobody has proved to read the mail of its address yet.
      </Notice>
    ) : null}
  </>
);

const CONFLICTS: Record<MergePreview['conflicts'][number]['kind'], string> = {
  already_live: 'Both have the same offer, and both are live.',
  group_taken: 'Both have an offer of one group, and both are live.',
  already_booked: 'Both have a seat in the same office hours.',
};

const Conflicts = ({ conflicts }: MergePreview) => (
  <>
    <h2>What is in the way</h2>
    <ul>
      {conflicts.map(({ kind, purchaseId, otherPurchaseId }) => (
        <li key={`${kind}:${purchaseId}:${otherPurchaseId}`}>
          {CONFLICTS[kind]} End one first: <a href={`/purchases/${purchaseId}`}>that of the one that goes</a>, or{' '}
          <a href={`/purchases/${otherPurchaseId}`}>that of the one that stays</a>.
        </li>
      ))}
    </ul>
  </>
);
