import type { ProblemBody } from '../../../http/problem.ts';
import { customerAccountRoutes } from '../../../people/customer-account.ts';
import { oneTimeLinkRoutes } from '../../../people/one-time-links.ts';
import { EMPTY_FORM, type FormState, refusedForm } from '../../form.ts';
import { inSite, OF_SITE, page, redirect, siteOf, type Page, type Site } from '../../page.ts';
import { FormKey } from '../../parts/fields.tsx';
import { NewPassword } from '../../parts/passwords.tsx';
import { enter } from './enter.ts';
import { Trouble } from '../purchase/trouble.tsx';

type Shown = { form: FormState; problem: ProblemBody | null };
export const UNTRIED: Shown = { form: EMPTY_FORM, problem: null };
const TITLE = 'Choose a password';

/** The link of the welcome email: for 7 days, once [R13.2]. */
export const setPasswordPage: Page = {
  path: `${OF_SITE}/set-password`,
  audience: 'public',
  async show(call) {
    if (call.query.token === undefined) return page(TITLE, <Over site={siteOf(call)} />, 422);
    return page(TITLE, <SetPassword {...UNTRIED} />);
  },
  async submit(call, { body, typed }) {
    const asked = { ...body, token: call.query.token ?? '-' };
    const answer = await call.api.ask(oneTimeLinkRoutes.setPassword, { body: asked });
    if (answer.isDone) return enter(answer.body, '/library?notice=welcome');
    const { status, problem } = answer;
    if (problem.code === 'token_invalid') return page(TITLE, <Over site={siteOf(call)} />, status);
    const form = refusedForm(typed, problem);
    return page(TITLE, <SetPassword form={form} problem={problem} />, status);
  },
};

/** For who came in by an emailed link: their first password, or another one. */
export const firstPasswordPage: Page = {
  path: `${OF_SITE}/password`,
  audience: 'customer',
  show: async () => page(TITLE, <SetPassword {...UNTRIED} />),
  async submit(call, { body, typed, key }) {
    const answer = await call.api.ask(customerAccountRoutes.setPassword, { body, key });
    if (answer.isDone) return redirect(inSite(siteOf(call), '/library?notice=welcome'));
    const { status, problem } = answer;
    return page(TITLE, <SetPassword form={refusedForm(typed, problem)} problem={problem} />, status);
  },
};

export const SetPassword = ({ form, problem, title = TITLE }: Shown & { title?: string }) => (
  <section className="lone">
    <h1>{title}</h1>
    <Trouble problem={problem} />
    <form method="post">
      <FormKey form={form} />
      <NewPassword form={form} />
      <button className="primary">Set password and log in</button>
    </form>
  </section>
);

const Over = ({ site }: { site: Site }) => (
  <section className="lone">
    <h1>This link has expired</h1>
    <p>It was already used, or is older than 7 days.</p>
    <p>
      If you have set your password, <a href={inSite(site, '/login')}>log in with it</a>. If not, request a login link
      on the same page, or <a href={inSite(site, '/reset-password')}>a link that sets a password</a>.
    </p>
  </section>
);
