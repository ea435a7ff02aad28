import type { ProblemBody } from '../../../http/problem.ts';
import { customerAccountRoutes } from '../../../people/customer-account.ts';
import { oneTimeLinkRoutes } from '../../../people/one-time-links.ts';
import { EMPTY_FORM, type FormState, refusedForm } from '../../form.ts';
import { pageOfSite, page, redirect, type Page } from '../../page.ts';
import { FormKey } from '../../parts/fields.tsx';
import { NewPassword } from '../../parts/passwords.tsx';
import { Trouble } from '../purchase/trouble.tsx';

type Shown = { form: FormState; problem: ProblemBody | null };
const UNTRIED: Shown = { form: EMPTY_FORM, problem: null };
const TITLE = 'Choose a password';

/** The link of the welcome email: for 7 days, once [R13.2]. */
export const setPasswordPage: Page = {
  path: '/set-password',
  audience: 'public',
  async show({ query }) {
    if (query.token === undefined) return pageOfSite(null, TITLE, <Over />, 422);
    return pageOfSite(null, TITLE, <SetPassword {...UNTRIED} />);
  },
  async submit({ api, query }, { body, typed }) {
    const asked = { ...body, token: query.token ?? '-' };
    const answer = await api.ask(oneTimeLinkRoutes.setPassword, { body: asked });
    if (answer.isDone) return redirect('/library?notice=welcome', { customer: answer.body.token });
    const { status, problem } = answer;
    if (problem.code === 'token_invalid') return pageOfSite(null, TITLE, <Over />, status);
    const form = refusedForm(typed, problem);
    return pageOfSite(null, TITLE, <SetPassword form={form} problem={problem} />, status);
  },
};

/** For who came in by an emailed link: their first password, or another one. */
export const firstPasswordPage: Page = {
  path: '/password',
  audience: 'customer',
  show: async () => page(TITLE, <SetPassword {...UNTRIED} />),
  async submit({ api }, { body, typed, key }) {
    const answer = await api.ask(customerAccountRoutes.setPassword, { body, key });
    if (answer.isDone) return redirect('/library?notice=welcome');
    const { status, problem } = answer;
    return page(TITLE, <SetPassword form={refusedForm(typed, problem)} problem={problem} />, status);
  },
};

const SetPassword = ({ form, problem }: Shown) => (
  <section className="lone">
    <h1>{TITLE}</h1>
    <Trouble problem={problem} />
    <form method="post">
      <FormKey form={form} />
      <NewPassword form={form} />
      <button className="primary">Set password and log in</button>
    </form>
  </section>
);

const Over = () => (
  <section className="lone">
    <h1>This link has expired</h1>
    <p>It was already used, or is older than 7 days.</p>
    <p>
      If you have set your password, <a href="/login">log in with it</a>. If not, request a login link on the same page.
    </p>
  </section>
);
