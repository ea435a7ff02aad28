import type { z } from 'zod';
import { BILLING } from '../../../auth/roles.ts';
import type { fieldSchema } from '../../../people/contact-field-schema.ts';
import { contactFieldRoutes } from '../../../people/contact-fields.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { FIELD_KINDS } from '../../../../workflows/domain/contact-field.ts';
import { asMarked } from '../../marked.ts';
import { EMPTY_FORM, type Form, type FormState, refusedForm } from '../../form.ts';
import { page, redirect, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { ChoiceField, FormKey, TextField } from '../../parts/fields.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { FIELD_KIND_WORDS } from '../../words/contact.ts';

export type ContactField = z.output<typeof fieldSchema>;

const PATH = '/contacts/fields';
const TITLE = 'Fields of contacts';

/** What the account keeps of its contacts, as it defines it. */
export const contactFieldsPage: Page = {
  path: PATH,
  audience: 'admin',
  roles: BILLING,
  show: (call) => show(call),
  submit: (call, form) => (form.step === 'define' ? define(call, form) : change(call, form)),
};

type Tried = { form?: FormState; problem?: ProblemBody | null };

async function show(
  call: PageCall,
  { form = EMPTY_FORM, problem = null }: Tried = {},
  status = 200,
): Promise<PageAnswer> {
  const { data } = await call.api.read(contactFieldRoutes.listFields, {});
  return page(
    TITLE,
    <>
      <p className="crumbs">
        <a href="/contacts">Contacts</a>
      </p>
      <div className="head">
        <h1>{TITLE}</h1>
      </div>
      {call.query.notice === 'saved' && problem === null ? (
        <Notice tone="good">The change has been saved.</Notice>
      ) : null}
      {data.length === 0 ? <p>There are no fields yet. What you add stands on the page of each contact.</p> : null}
      {data.map((field) => (
        <FieldForms key={field.id} field={field} />
      ))}
      <h2>Add a field</h2>
      <ProblemNotice problem={problem} />
      <NewField form={form} />
    </>,
    status,
  );
}

async function define(call: PageCall, { body, typed, key }: Form): Promise<PageAnswer> {
  const answer = await call.api.ask(contactFieldRoutes.defineField, { body, key });
  if (answer.isDone) return redirect(`${PATH}?notice=saved`);
  const { status, problem } = answer;
  return show(call, { form: refusedForm(typed, problem), problem: asMarked(problem) }, status);
}

async function change(call: PageCall, { body, typed, step, key }: Form): Promise<PageAnswer> {
  const params = { fieldId: typed._field?.at(-1) ?? '' };
  const answer =
    step === 'delete'
      ? await call.api.ask(contactFieldRoutes.removeField, { params, key })
      : await call.api.ask(contactFieldRoutes.renameField, { params, body, key });
  return answer.isDone ? redirect(`${PATH}?notice=saved`) : show(call, { problem: answer.problem }, answer.status);
}

const FieldForms = ({ field: { id, label, kind, key: named } }: { field: ContactField }) => (
  <details>
    <summary>
      <bdi>{label}</bdi>{' '}
      <span className="quiet">
        {FIELD_KIND_WORDS[kind]}, <code>{named}</code>
      </span>
    </summary>
    <form method="post" className="narrow">
      <FormKey form={EMPTY_FORM} />
      <input type="hidden" name="_field" value={id} />
      <div className="field">
        <label htmlFor={`label-${id}`}>Name of {label}</label>
        <input id={`label-${id}`} name="label" required defaultValue={label} />
      </div>
      <button className="primary">Save</button>{' '}
      <button className="danger" name="_step" value="delete" formNoValidate>
        Delete with what contacts have in it
      </button>
    </form>
  </details>
);

const NewField = ({ form }: { form: FormState }) => (
  <form method="post" className="narrow">
    <FormKey form={form} />
    <input type="hidden" name="_step" value="define" />
    <TextField name="label" label="Name" required form={form} />
    <TextField name="key" label="Name for programs" required form={form} help="Such as home_town; it never changes." />
    <ChoiceField
      name="kind"
      label="It holds"
      form={form}
      initial="text"
      options={FIELD_KINDS.map((value) => ({ value, label: FIELD_KIND_WORDS[value] }))}
    />
    <button className="primary">Add field</button>
  </form>
);
