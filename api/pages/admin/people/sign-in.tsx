import type { ReactNode } from 'react';
import { passkeyLoginRoutes } from '../../../people/passkey-login.ts';
import { secondFactorLoginRoutes } from '../../../people/second-factor-login.ts';
import { sessionRoutes } from '../../../people/sessions.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { EMPTY_FORM, type Form, type FormState, refusedForm } from '../../form.ts';
import { page, redirect, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { ownPath } from '../../own-path.ts';
import { TextField } from '../../parts/fields.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { PasskeyButton, withCredential } from '../../parts/passkey.tsx';
import { Credentials } from '../../parts/passwords.tsx';

type Shown = { next: string; form?: FormState; problem?: ProblemBody | null; notice?: string | undefined };

const TITLE = 'Sign in';

/** Where admins and operators sign in; the session is a cookie that no script can read. */
export const signInPage: Page = {
  path: '/sign-in',
  audience: 'public',
  show: async ({ query }) => page(TITLE, <SignIn next={ownPath(query.next)} notice={query.notice} />),
  submit: (call, form) => (STEPS[form.step] ?? givePassword)(call, form),
};

async function givePassword({ api }: PageCall, { body, typed }: Form): Promise<PageAnswer> {
  const next = ownPath(typed._next?.at(-1));
  const answer = await api.ask(sessionRoutes.logIn, { body });
  if (!answer.isDone) {
    const { status, problem } = answer;
    return page(TITLE, <SignIn next={next} problem={problem} form={refusedForm(typed, problem)} />, status);
  }
  if ('token' in answer.body) return redirect(next, { admin: answer.body.token, account: null });
  return page(TITLE, <SecondFactor next={next} token={answer.body.secondFactor.token} />);
}

async function giveCode({ api }: PageCall, { body, typed }: Form): Promise<PageAnswer> {
  const next = ownPath(typed._next?.at(-1));
  const answer = await api.ask(secondFactorLoginRoutes.giveSecondFactor, { body });
  if (answer.isDone) return redirect(next, { admin: answer.body.token, account: null });
  const { status, problem } = answer;
  if (problem.code === 'token_invalid') return page(TITLE, <SignIn next={next} problem={problem} />, status);
  const shown = { next, token: typed.token?.at(-1) ?? '', problem, form: refusedForm({}, problem) };
  return page(TITLE, <SecondFactor {...shown} />, status);
}

async function givePasskey({ api }: PageCall, form: Form): Promise<PageAnswer> {
  const next = ownPath(form.typed._next?.at(-1));
  const answer = await api.ask(passkeyLoginRoutes.logIn, { body: withCredential(form) });
  if (answer.isDone) return redirect(next, { admin: answer.body.token, account: null });
  const { status, problem } = answer;
  return page(TITLE, <SignIn next={next} problem={problem} />, status);
}

const STEPS: Record<string, typeof givePassword> = { 'second-factor': giveCode, passkey: givePasskey };

/** In place of password and code, where a script runs and the browser knows passkeys. */
const ByPasskey = ({ next }: { next: string }) => (
  <form method="post" className="passkey">
    <input type="hidden" name="_next" value={next} />
    <input type="hidden" name="_step" value="passkey" />
    <PasskeyButton does="get" label="Use a passkey" optionsAt="/v1/sessions/passkey/options" />
  </form>
);

const SignIn = ({ next, form = EMPTY_FORM, problem = null, notice }: Shown) => (
  <section className="lone">
    <h1>{TITLE}</h1>
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
    <ByPasskey next={next} />
    <Otherwise>
      <a href="/sign-in/forgotten">Forgotten your password?</a>
    </Otherwise>
    <p className="quiet">
      For admins of a site. As a customer you <a href="/login">log in here</a>.
    </p>
  </section>
);

const SecondFactor = ({ next, token, form = EMPTY_FORM, problem = null }: Shown & { token: string }) => (
  <section className="lone">
    <h1>{TITLE}</h1>
    <ProblemNotice problem={problem} />
    <form method="post">
      <input type="hidden" name="_next" value={next} />
      <input type="hidden" name="token" value={token} />
      <TextField
        name="code"
        label="Code"
        autoComplete="one-time-code"
        form={form}
        help="The six digits that your app shows, or one of your recovery codes."
        required
      />
      <button className="primary" name="_step" value="second-factor">
        Go on
      </button>
    </form>
    <ByPasskey next={next} />
    <Otherwise>
      <a href="/sign-in">Start again</a>
    </Otherwise>
  </section>
);

const Otherwise = ({ children }: { children: ReactNode }) => (
  <p className="quiet">
    {children} · <a href="/sign-in/help">I can’t sign in</a>
  </p>
);

export const signOutPage: Page = {
  path: '/sign-out',
  audience: 'public',
  submit: async () => redirect('/sign-in', { admin: null, account: null, visit: null }),
};
