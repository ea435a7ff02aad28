import type { ProblemBody } from '../../../http/problem.ts';
import { customerSessionRoutes } from '../../../people/customer-sessions.ts';
import { oneTimeLinkRoutes } from '../../../people/one-time-links.ts';
import { passkeyLoginRoutes } from '../../../people/passkey-login.ts';
import { EMPTY_FORM, type Form, type FormState, refusedForm } from '../../form.ts';
import { ownPath } from '../../own-path.ts';
import { customerCookie, inSite, OF_SITE, page, redirect, siteOf } from '../../page.ts';
import type { Page, PageAnswer, PageCall, Site } from '../../page.ts';
import { TextField } from '../../parts/fields.tsx';
import { Notice } from '../../parts/notice.tsx';
import { PasskeyButton, withCredential } from '../../parts/passkey.tsx';
import { Credentials } from '../../parts/passwords.tsx';
import { Told } from '../notices.tsx';
import { Trouble } from '../purchase/trouble.tsx';
import { enter } from './enter.ts';

const START = '/library';

/** Where a site's customers log in: with a password, or by a link that they are sent [R14.1]. */
export const loginPage: Page = {
  path: `${OF_SITE}/login`,
  audience: 'public',
  async show(call) {
    const { query, visitor } = call;
    const around = aroundOf(call);
    // Mail scanners open links: only a button uses one up.
    if (query.token !== undefined) return page('Log in', <ByLink {...around} token={query.token} />);
    return visitor ? redirect(around.here(around.next)) : page('Log in', <LogIn {...around} notice={query.notice} />);
  },
  submit: (call, form) => (STEPS[form.step] ?? logIn)(call, form),
};

/** Where those log in whose site cannot be told from the address; it leads to their site. */
export const anyLoginPage: Page = { ...loginPage, path: '/login' };

export const logoutPage: Page = {
  path: `${OF_SITE}/logout`,
  audience: 'public',
  async submit(call) {
    const site = siteOf(call);
    const { preview } = call.visitor ?? {};
    const to = preview ? `/contacts/${preview.contactId}` : inSite(site, '/login?notice=logged-out');
    return redirect(to, { [customerCookie(site.id)]: null });
  },
};

type Around = {
  /** A place of this site's, or as it is called at any. */
  here: (path: string) => string;
  /** Where to go on, within the site. */
  next: string;
  site: Site | null;
};

function aroundOf({ site, query }: Pick<PageCall, 'site' | 'query'>, typed?: Form['typed']): Around {
  const here = (path: string): string => (site ? inSite(site, path) : path);
  return { here, site, next: ownPath(typed ? typed._next?.at(-1) : query.next, START) };
}

/** At a site only its own password and people count. */
const atSite = (site: Site | null) => (site === null ? {} : { accountId: site.id });

async function logIn(call: PageCall, { body, typed }: Form): Promise<PageAnswer> {
  const around = aroundOf(call, typed);
  const answer = await call.api.ask(customerSessionRoutes.logIn, { body: { ...body, ...atSite(call.site) } });
  if (answer.isDone) return enter(answer.body, around.next);
  const { status, problem } = answer;
  const form = refusedForm(typed, problem);
  return page('Log in', <LogIn {...around} form={form} problem={problem} />, status);
}

async function sendLink(call: PageCall, { typed }: Form): Promise<PageAnswer> {
  const around = aroundOf(call, typed);
  const email = typed.email?.at(-1)?.trim() ?? '';
  const answer = await call.api.ask(customerSessionRoutes.sendLink, { body: { email, ...atSite(call.site) } });
  if (answer.isDone) return page('Check your inbox', <LinkSent {...around} email={email} />);
  const { status, problem } = answer;
  const form = refusedForm(typed, problem);
  return page('Log in', <LogIn {...around} form={form} problem={problem} />, status);
}

async function usePasskey(call: PageCall, form: Form): Promise<PageAnswer> {
  const around = aroundOf(call, form.typed);
  const body = { ...withCredential(form), ...atSite(call.site) };
  const answer = await call.api.ask(passkeyLoginRoutes.logInAsCustomer, { body });
  if (answer.isDone) return enter(answer.body, around.next);
  const { status, problem } = answer;
  return page('Log in', <LogIn {...around} problem={problem} />, status);
}

async function exchange(call: PageCall, { typed }: Form): Promise<PageAnswer> {
  const around = aroundOf(call, typed);
  const token = typed._token?.at(-1) ?? '';
  const answer = await call.api.ask(oneTimeLinkRoutes.exchange, { body: { token } });
  if (answer.isDone) return enter(answer.body, around.next);
  return page('Log in', <LinkOver {...around} />, answer.status);
}

const STEPS: Record<string, typeof logIn> = { 'by-link': exchange, 'send-link': sendLink, passkey: usePasskey };

type Shown = Around & { notice?: string | undefined; form?: FormState; problem?: ProblemBody | null };

const LogIn = ({ here, next, site, notice, form = EMPTY_FORM, problem = null }: Shown) => (
  <section className="lone">
    <h1>{site === null ? 'Log in' : `Log in to ${site.name}`}</h1>
    <Told notice={notice} />
    <Trouble problem={problem} />
    <form method="post" action={here('/login')}>
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
    <ByPasskey here={here} next={next} />
    <p className="quiet">
      <a href={site === null ? '/login/reset-password' : here('/reset-password')}>Set a new password</a>
    </p>
    {site === null ? (
      <p className="quiet">
        For customers. If you run a site, <a href="/sign-in">sign in here</a>.
      </p>
    ) : null}
  </section>
);

/** In place of the password, where a script runs and the browser knows passkeys. */
const ByPasskey = ({ here, next }: Pick<Around, 'here' | 'next'>) => (
  <form method="post" action={here('/login')} className="passkey">
    <input type="hidden" name="_next" value={next} />
    <input type="hidden" name="_step" value="passkey" />
    <PasskeyButton does="get" label="Use a passkey" optionsAt="/v1/customer-sessions/passkey/options" />
  </form>
);

/** The same for an address that nobody has [R14.1]. */
const LinkSent = ({ email, here }: Around & { email: string }) => (
  <section className="lone">
    <h1>Check your inbox</h1>
    <p>
      If <strong>{email}</strong> belongs to a customer, a link is on its way there. It works once, for 15 minutes.
    </p>
    <p>We send at most three links an hour to one address.</p>
    <p>Nothing after a few minutes? Check your spam folder, and make sure that this is the address you bought with.</p>
    <p>
      <a href={here('/login')}>Back to the login</a>
    </p>
  </section>
);

const ByLink = ({ token, next, here }: Around & { token: string }) => (
  <section className="lone">
    <h1>Log in</h1>
    <p>Press the button to log in. The link from your email works once.</p>
    <form method="post" action={here('/login')}>
      <input type="hidden" name="_token" value={token} />
      <input type="hidden" name="_next" value={next} />
      <button className="primary" name="_step" value="by-link">
        Log in
      </button>
    </form>
  </section>
);

const LinkOver = ({ here }: Around) => (
  <section className="lone">
    <h1>This link has expired</h1>
    <Notice tone="warn">It was already used, or is older than 15 minutes.</Notice>
    <p>Request another one and use it within 15 minutes:</p>
    <form method="post" action={here('/login')}>
      <TextField name="email" label="Email" type="email" autoComplete="username" form={EMPTY_FORM} required />
      <button className="primary" name="_step" value="send-link">
        Email me a login link
      </button>
    </form>
    <p className="quiet">
      Or <a href={here('/login')}>log in with your password</a>.
    </p>
  </section>
);
