import type { ProblemBody } from '../../../http/problem.ts';
import { customerSessionRoutes } from '../../../people/customer-sessions.ts';
import { oneTimeLinkRoutes } from '../../../people/one-time-links.ts';
import { EMPTY_FORM, type Form, type FormState, refusedForm } from '../../form.ts';
import { ownPath } from '../../own-path.ts';
import { pageOfSite, redirect, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { TextField } from '../../parts/fields.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Credentials } from '../../parts/passwords.tsx';
import { Told } from '../notices.tsx';
import { Trouble } from '../purchase/trouble.tsx';

const START = '/library';

/** Where customers log in: with a password, or by a link that they are sent [R14.1]. */
export const loginPage: Page = {
  path: '/login',
  audience: 'public',
  async show({ query, visitor }) {
    // Mail scanners open links: only a button uses one up.
    const next = ownPath(query.next, START);
    if (query.token !== undefined) return shown('Log in', <ByLink token={query.token} next={next} />);
    return visitor ? redirect(next) : shown('Log in', <LogIn next={next} notice={query.notice} />);
  },
  async submit(call, form) {
    if (form.step === 'by-link') return exchange(call, form);
    return form.step === 'send-link' ? sendLink(call, form) : logIn(call, form);
  },
};

export const logoutPage: Page = {
  path: '/logout',
  audience: 'public',
  submit: async () => redirect('/login?notice=logged-out', { customer: null }),
};

const shown = (title: string, body: Parameters<typeof pageOfSite>[2], status = 200): PageAnswer =>
  pageOfSite(null, title, body, status);

async function logIn({ api }: PageCall, { body, typed }: Form): Promise<PageAnswer> {
  const next = ownPath(typed._next?.at(-1), START);
  const answer = await api.ask(customerSessionRoutes.logIn, { body });
  if (answer.isDone) return redirect(next, { customer: answer.body.token });
  const { status, problem } = answer;
  const form = refusedForm(typed, problem);
  return shown('Log in', <LogIn next={next} form={form} problem={problem} />, status);
}

async function sendLink({ api }: PageCall, { typed }: Form): Promise<PageAnswer> {
  const email = typed.email?.at(-1)?.trim() ?? '';
  const answer = await api.ask(customerSessionRoutes.sendLink, { body: { email } });
  if (answer.isDone) return shown('Check your inbox', <LinkSent email={email} />);
  const { status, problem } = answer;
  const form = refusedForm(typed, problem);
  return shown('Log in', <LogIn next={ownPath(typed._next?.at(-1), START)} form={form} problem={problem} />, status);
}

async function exchange({ api }: PageCall, { typed }: Form): Promise<PageAnswer> {
  const token = typed._token?.at(-1) ?? '';
  const answer = await api.ask(oneTimeLinkRoutes.exchange, { body: { token } });
  if (answer.isDone) return redirect(ownPath(typed._next?.at(-1), START), { customer: answer.body.token });
  return shown('Log in', <LinkOver />, answer.status);
}

type Shown = { next: string; notice?: string | undefined; form?: FormState; problem?: ProblemBody | null };

const LogIn = ({ next, notice, form = EMPTY_FORM, problem = null }: Shown) => (
  <section className="lone">
    <h1>Log in</h1>
    <Told notice={notice} />
    <Trouble problem={problem} />
    <form method="post" action="/login">
      <input type="hidden" name="_next" value={next} />
      <Credentials form={form} problem={problem} />
      <button className="primary" name="_step" value="password">
        Log in
      </button>
      <p className="quiet">No password, or forgot it?</p>
      <button name="_step" value="send-link" formNoValidate>
        Email me a login link
      </button>
    </form>
    <p className="quiet">
      For customers. If you run a site, <a href="/sign-in">sign in here</a>.
    </p>
  </section>
);

/** The same for an address that nobody has [R14.1]. */
const LinkSent = ({ email }: { email: string }) => (
  <section className="lone">
    <h1>Check your inbox</h1>
    <p>
      If <strong>{email}</strong> belongs to a customer, a link is on its way there. It works once, for 15 minutes.
    </p>
    <p>We send at most three links an hour to one address.</p>
    <p>Nothing after a few minutes? Check your spam folder, and make sure that this is the address you bought with.</p>
    <p>
      <a href="/login">Back to the login</a>
    </p>
  </section>
);

const ByLink = ({ token, next }: { token: string; next: string }) => (
  <section className="lone">
    <h1>Log in</h1>
    <p>Press the button to log in. The link from your email works once.</p>
    <form method="post" action="/login">
      <input type="hidden" name="_token" value={token} />
      <input type="hidden" name="_next" value={next} />
      <button className="primary" name="_step" value="by-link">
        Log in
      </button>
    </form>
  </section>
);

const LinkOver = () => (
  <section className="lone">
    <h1>This link has expired</h1>
    <Notice tone="warn">It was already used, or is older than 15 minutes.</Notice>
    <p>Request another one and use it within 15 minutes:</p>
    <form method="post" action="/login">
      <TextField name="email" label="Email" type="email" autoComplete="username" form={EMPTY_FORM} required />
      <button className="primary" name="_step" value="send-link">
        Email me a login link
      </button>
    </form>
    <p className="quiet">
      Or <a href="/login">log in with your password</a>.
    </p>
  </section>
);
