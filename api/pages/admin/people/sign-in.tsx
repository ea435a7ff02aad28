import { sessionRoutes } from '../../../people/sessions.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { EMPTY_FORM, type FormState, refusedForm } from '../../form.ts';
import { page, redirect, type Page } from '../../page.ts';
import { ownPath } from '../../own-path.ts';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { Credentials } from '../../parts/passwords.tsx';

type Shown = { next: string; form?: FormState; problem?: ProblemBody | null; notice?: string | undefined };

const SignIn = ({ next, form = EMPTY_FORM, problem = null, notice }: Shown) => (
  <section className="lone">
    <h1>Sign in</h1>
    {notice === 'reset' ? <Notice tone="good">Your password is changed. Sign in with it.</Notice> : null}
    <ProblemNotice problem={problem} />
    {problem?.code === 'address_not_confirmed' ? (
      <p>
        <a href="/sign-up/link">Have the link sent again</a>
      </p>
    ) : null}
    <form method="post">
      <input type="hidden" name="_next" value={next} />
      <Credentials form={form} problem={problem} />
      <button className="primary">Sign in</button>
    </form>
    <p className="quiet">
      <a href="/sign-in/forgotten">Forgotten your password?</a> · <a href="/sign-in/help">I can’t sign in</a>
    </p>
    <p className="quiet">
      For admins of a site. As a customer you <a href="/login">log in here</a>.
    </p>
  </section>
);

/** Where admins and operators sign in; the session is a cookie that no script can read. */
export const signInPage: Page = {
  path: '/sign-in',
  audience: 'public',
  show: async ({ query }) => page('Sign in', <SignIn next={ownPath(query.next)} notice={query.notice} />),
  async submit({ api }, { body, typed }) {
    const next = ownPath(typed._next?.at(-1));
    const answer = await api.ask(sessionRoutes.logIn, { body });
    if (answer.isDone) return redirect(next, { admin: answer.body.token, account: null });
    const { status, problem } = answer;
    return page('Sign in', <SignIn next={next} problem={problem} form={refusedForm(typed, problem)} />, status);
  },
};

export const signOutPage: Page = {
  path: '/sign-out',
  audience: 'public',
  submit: async () => redirect('/sign-in', { admin: null, account: null, visit: null }),
};
