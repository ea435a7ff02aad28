import { contactRoutes } from '../../../people/contacts.ts';
import type { z } from 'zod';
import type { ProblemBody } from '../../../http/problem.ts';
import { PEOPLE } from '../../../auth/roles.ts';
import type { contactSchema } from '../../../people/contact-schema.ts';
import { EMPTY_FORM, type FormState, refusedForm } from '../../form.ts';
import { page, redirect, type Page, type PageCall } from '../../page.ts';
import { Flag, FormKey, TextField } from '../../parts/fields.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';

type Contact = z.output<typeof contactSchema>;
type Shown = { form?: FormState; problem?: ProblemBody | null; known?: Contact | undefined };

const NewContact = ({ form = EMPTY_FORM, problem = null, known }: Shown) => (
  <>
    <p className="crumbs">
      <a href="/contacts">Contacts</a>
    </p>
    <div className="head">
      <h1>Add a contact</h1>
    </div>
    {known ? <KnownAlready {...known} /> : <ProblemNotice problem={problem} />}
    <form method="post" className="narrow">
      <FormKey form={form} />
      <TextField name="email" label="Email" type="email" required form={form} />
      <TextField name="name@text?" label="Name" form={form} help="Optional." />
      <Flag
        name="isTest@flag"
        label="A test customer"
        form={form}
        help="To try out offers and pages. They count nowhere, and lists leave them out."
      />
      <p className="quiet">Nothing is sent, and the person is not subscribed to marketing email.</p>
      <button className="primary">Add contact</button>
    </form>
  </>
);

const KnownAlready = ({ id, email, name }: Contact) => (
  <Notice tone="bad">
    <strong>A contact with this email already exists.</strong> Nothing was added.{' '}
    <a href={`/contacts/${id}`}>See {name ?? email}</a>
  </Notice>
);

/** Somebody is written down by hand; that is no consent to marketing [R3.3]. */
export const newContactPage: Page = {
  path: '/contacts/new',
  audience: 'admin',
  roles: PEOPLE,
  show: async () => page('Add a contact', <NewContact />),
  async submit({ api }, { body, typed, key }) {
    const answer = await api.ask(contactRoutes.create, { body, key });
    if (answer.isDone) return redirect(`/contacts/${answer.body.id}?notice=added`);
    const { status, problem } = answer;
    const form = refusedForm(typed, problem);
    const known = problem.code === 'duplicate' ? await contactOf(api, String(body.email)) : undefined;
    return page('Add a contact', <NewContact form={form} problem={problem} known={known} />, status);
  },
};

const contactOf = async (api: PageCall['api'], email: string): Promise<Contact | undefined> =>
  (await api.read(contactRoutes.list, { query: { email } })).data[0];
