import type { z } from 'zod';
import type { ProblemBody } from '../../http/problem.ts';
import { PEOPLE } from '../../routes/roles.ts';
import type { contactSchema } from '../../schemas/contact.ts';
import { EMPTY_FORM, type FormState } from '../form.ts';
import { page, redirect, type Page } from '../page.ts';
import { FormKey, TextField } from '../parts/fields.tsx';
import { ProblemNotice } from '../parts/notice.tsx';

type Shown = { form?: FormState; problem?: ProblemBody | null };

const NewContact = ({ form = EMPTY_FORM, problem = null }: Shown) => (
  <>
    <p>
      <a href="/contacts">Contacts</a>
    </p>
    <div className="head">
      <h1>Add a contact</h1>
    </div>
    <ProblemNotice problem={problem} />
    <form method="post" className="narrow">
      <FormKey form={form} />
      <TextField name="email" label="Email" type="email" required form={form} />
      <TextField name="name@text?" label="Name" form={form} help="As the person writes it; may stay blank." />
      <p className="quiet">Nothing is sent, and the person is not subscribed to marketing email.</p>
      <button>Add contact</button>
    </form>
  </>
);

/** Somebody is written down by hand; that is no consent to marketing [R3.3]. */
export const newContactPage: Page = {
  path: '/contacts/new',
  audience: 'admin',
  roles: PEOPLE,
  show: async () => page('Add a contact', <NewContact />),
  async submit({ api }, { body, typed, key }) {
    const answer = await api.send<z.output<typeof contactSchema>>('post', '/v1/contacts', { body, key });
    if (answer.isDone) return redirect(`/contacts/${answer.body.id}?notice=added`);
    const { status, problem } = answer;
    const form = { typed, errors: problem.errors ?? [] };
    return page('Add a contact', <NewContact form={form} problem={problem} />, status);
  },
};
