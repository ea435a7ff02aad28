import { expertRoutes } from '../../../credits/experts.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { BILLING } from '../../../auth/roles.ts';
import { asMarked } from '../../marked.ts';
import { EMPTY_FORM, type FormState } from '../../form.ts';
import { page, redirect, siteOf, type Page, type Site } from '../../page.ts';
import { FormKey } from '../../parts/fields.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { bodyOf, ExpertFields, refusedExpert } from './expert-fields.tsx';

type Shown = { site: Site; form?: FormState; problem?: ProblemBody | null };

const NewExpert = ({ site, form = EMPTY_FORM, problem = null }: Shown) => (
  <>
    <p className="crumbs">
      <a href="/experts">Experts</a>
    </p>
    <div className="head">
      <h1>Add an expert</h1>
    </div>
    <ProblemNotice problem={problem} />
    <form method="post" className="narrow">
      <FormKey form={form} />
      <ExpertFields form={form} site={site} />
      <button className="primary">Add expert</button>
    </form>
  </>
);

export const newExpertPage: Page = {
  path: '/experts/new',
  audience: 'admin',
  roles: BILLING,
  show: async (call) => page('Add an expert', <NewExpert site={siteOf(call)} />),
  async submit(call, form) {
    const answer = await call.api.ask(expertRoutes.create, { body: bodyOf(form), key: form.key });
    if (answer.isDone) return redirect(`/experts/${answer.body.id}?notice=made`);
    const { status, problem } = answer;
    const shown = { site: siteOf(call), problem: asMarked(problem), form: refusedExpert(form.typed, problem) };
    return page('Add an expert', <NewExpert {...shown} />, status);
  },
};
