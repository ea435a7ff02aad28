import { adminPasswordRoutes } from '../../../people/admin-password.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { EMPTY_FORM, refusedForm, type FormState } from '../../form.ts';
import { page, redirect, type Page } from '../../page.ts';
import { FormKey } from '../../parts/fields.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { NewPassword } from '../../parts/passwords.tsx';
import { askForLinkPage } from './ask-for-link.tsx';

type Shown = { form: FormState; problem: ProblemBody | null };

const CHOOSE = 'Choose another password';

const Sent = () => (
  <section className="lone">
    <h1>Check your inbox</h1>
    <p>If an admin signs in with this address, a link is on its way there. We send at most three an hour.</p>
    <p>
      Nothing has come? <a href="/sign-in/help">What else it may be</a>.
    </p>
  </section>
);

/** For an admin who has forgotten the password [R15.2]. */
export const forgottenPage = askForLinkPage({
  path: '/sign-in/forgotten',
  title: 'Forgotten your password?',
  words: 'We email you a link by which you choose another one. It works once, for six hours.',
  foot: (
    <p className="quiet">
      <a href="/sign-in">Back to signing in</a>
    </p>
  ),
  sent: <Sent />,
  route: adminPasswordRoutes.sendLink,
});

/** Where the mailed link leads: for six hours, once. */
export const resetPasswordPage: Page = {
  path: '/reset-password',
  audience: 'public',
  show: async ({ query }) =>
    query.token === undefined ? page(CHOOSE, <Over />, 422) : page(CHOOSE, <Choose form={EMPTY_FORM} problem={null} />),
  async submit({ api, query }, { body, typed }) {
    const asked = { ...body, token: query.token ?? '-' };
    const answer = await api.ask(adminPasswordRoutes.reset, { body: asked });
    if (answer.isDone) return redirect('/sign-in?notice=reset', { admin: null, account: null });
    const { status, problem } = answer;
    if (problem.code === 'token_invalid') return page(CHOOSE, <Over />, status);
    return page(CHOOSE, <Choose form={refusedForm(typed, problem)} problem={problem} />, status);
  },
};

const Choose = ({ form, problem }: Shown) => (
  <section className="lone">
    <h1>{CHOOSE}</h1>
    <ProblemNotice problem={problem} />
    <form method="post">
      <FormKey form={form} />
      <NewPassword form={form} />
      <button className="primary">Save it</button>
    </form>
    <p className="quiet">You are signed out everywhere, and sign in with the new one.</p>
  </section>
);

const Over = () => (
  <section className="lone">
    <h1>This link has expired</h1>
    <p>
      It was already used, or is older than six hours. <a href="/sign-in/forgotten">Have another one sent</a>, or{' '}
      <a href="/sign-in">sign in</a>.
    </p>
  </section>
);
