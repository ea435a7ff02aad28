import type { ProblemBody } from '../../../http/problem.ts';
import { confirmAdminRoutes } from '../../../people/confirm-admin.ts';
import { EMPTY_FORM, type FormState, refusedForm } from '../../form.ts';
import { page, redirect, type Page } from '../../page.ts';
import { FormKey } from '../../parts/fields.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { NewPassword } from '../../parts/passwords.tsx';

const TITLE = 'Confirm your address';

/** The link of an invitation: for 24 hours, once [R15.1]. */
export const confirmPage: Page = {
  path: '/confirm',
  audience: 'public',
  show: async ({ query }) =>
    query.token === undefined ? page(TITLE, <Over />, 422) : page(TITLE, <Confirm form={EMPTY_FORM} problem={null} />),
  async submit({ api, query }, { body, typed }) {
    const asked = { ...body, token: query.token ?? '-' };
    const answer = await api.ask(confirmAdminRoutes.confirm, { body: asked });
    if (answer.isDone) return redirect('/', { admin: answer.body.token, account: null });
    const { status, problem } = answer;
    if (problem.code === 'token_invalid') return page(TITLE, <Over />, status);
    return page(TITLE, <Confirm form={refusedForm(typed, problem)} problem={problem} />, status);
  },
};

const Confirm = ({ form, problem }: { form: FormState; problem: ProblemBody | null }) => (
  <section className="lone">
    <h1>{TITLE}</h1>
    <ProblemNotice problem={problem} />
    <form method="post">
      <FormKey form={form} />
      <NewPassword form={form} />
      <button className="primary">Confirm and sign in</button>
    </form>
  </section>
);

const Over = () => (
  <section className="lone">
    <h1>This link has expired</h1>
    <p>
      It was already used, or is older than 24 hours. <a href="/sign-up/link">Have another one sent</a>.
    </p>
    <p>
      If you have chosen your password, <a href="/sign-in">sign in with it</a>.
    </p>
  </section>
);
