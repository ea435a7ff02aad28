import { newsWording } from '../../../people/news-wording.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { PEOPLE } from '../../../auth/roles.ts';
import { formRoutes } from '../../../people/forms.ts';
import { asMarked } from '../../marked.ts';
import { EMPTY_FORM, type FormState, refusedForm } from '../../form.ts';
import { page, redirect, siteOf, type Page, type Site } from '../../page.ts';
import { FormKey } from '../../parts/fields.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { FormFields } from './form-fields.tsx';

const TITLE = 'Create a form';

type Shown = { site: Site; form?: FormState; problem?: ProblemBody | null };

const NewForm = ({ site, form = EMPTY_FORM, problem = null }: Shown) => (
  <>
    <p className="crumbs">
      <a href="/forms">Forms</a>
    </p>
    <div className="head">
      <h1>{TITLE}</h1>
    </div>
    <ProblemNotice problem={problem} />
    <form method="post" className="narrow">
      <FormKey form={form} />
      <FormFields form={form} shown={blankOf(site)} />
      <button className="primary">Create form</button>
    </form>
  </>
);

/** What a form says unless somebody says it otherwise. */
const blankOf = ({ name }: Site) => ({
  name: '',
  optIn: 'double' as const,
  heading: `News from ${name}`,
  wording: newsWording({ name }),
  button: 'Subscribe',
});

export const newFormPage: Page = {
  path: '/forms/new',
  audience: 'admin',
  roles: PEOPLE,
  show: async (call) => page(TITLE, <NewForm site={siteOf(call)} />),
  async submit(call, { body, typed, key }) {
    const answer = await call.api.ask(formRoutes.create, { body, key });
    if (answer.isDone) return redirect(`/forms/${answer.body.id}?notice=made`);
    const { status, problem } = answer;
    const tried = { form: refusedForm(typed, problem), problem: asMarked(problem) };
    return page(TITLE, <NewForm site={siteOf(call)} {...tried} />, status);
  },
};
