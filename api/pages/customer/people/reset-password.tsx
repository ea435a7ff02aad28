import type { ProblemBody } from '../../../http/problem.ts';
import { customerSessionRoutes } from '../../../people/customer-sessions.ts';
import { oneTimeLinkRoutes } from '../../../people/one-time-links.ts';
import { EMPTY_FORM, refusedForm, type Form, type FormState } from '../../form.ts';
import { inSite, OF_SITE, page, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';
import { TextField } from '../../parts/fields.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Trouble } from '../purchase/trouble.tsx';
import { enter } from './enter.ts';
import { SetPassword, UNTRIED } from './set-password.tsx';

const TITLE = 'Set a new password';

/** Where a forgotten password is replaced: the form that mails a link, and the link [R14.1]. */
export const forgottenPasswordPage: Page = {
  path: `${OF_SITE}/reset-password`,
  audience: 'public',
  show: async (call) =>
    call.query.token === undefined
      ? page(TITLE, <Ask site={call.site} />)
      : page(TITLE, <SetPassword {...UNTRIED} title={TITLE} />),
  submit: (call, form) => (form.step === 'send' ? send(call, form) : replace(call, form)),
};

/** The same for those whose site cannot be told from the address. */
export const anyForgottenPasswordPage: Page = { ...forgottenPasswordPage, path: '/login/reset-password' };

async function send(call: PageCall, { typed }: Form): Promise<PageAnswer> {
  const { site } = call;
  const email = typed.email?.at(-1)?.trim() ?? '';
  const body = { email, ...(site && { accountId: site.id }) };
  const answer = await call.api.ask(customerSessionRoutes.sendReset, { body });
  if (answer.isDone) return page('Check your inbox', <Sent site={site} email={email} />);
  const { status, problem } = answer;
  return page(TITLE, <Ask site={site} form={refusedForm(typed, problem)} problem={problem} />, status);
}

async function replace(call: PageCall, { body, typed }: Form): Promise<PageAnswer> {
  const asked = { ...body, token: call.query.token ?? '-' };
  const answer = await call.api.ask(oneTimeLinkRoutes.setPassword, { body: asked });
  if (answer.isDone) return enter(answer.body, '/library?notice=welcome');
  const { status, problem } = answer;
  if (problem.code === 'token_invalid') return page(TITLE, <Ask site={call.site} isOver />, status);
  return page(TITLE, <SetPassword form={refusedForm(typed, problem)} problem={problem} title={TITLE} />, status);
}

const FORM = '/reset-password';

const at = (site: Site | null, path: string): string => {
  if (site !== null) return inSite(site, path);
  return path === FORM ? `/login${FORM}` : path;
};

type AskProps = { site: Site | null; form?: FormState; problem?: ProblemBody | null; isOver?: true };

const Ask = ({ site, form = EMPTY_FORM, problem = null, isOver }: AskProps) => (
  <section className="lone">
    <h1>{isOver ? 'This link has expired' : 'Forgot your password?'}</h1>
    {isOver ? <Notice tone="warn">It was already used, or is older than 6 hours.</Notice> : null}
    <Trouble problem={problem} />
    <p>We email you a link that sets a new one. It works once, for 6 hours.</p>
    <form method="post" action={at(site, FORM)}>
      <TextField name="email" label="Email" type="email" autoComplete="username" form={form} required />
      <button className="primary" name="_step" value="send">
        Email me a link
      </button>
    </form>
    <p className="quiet">
      <a href={at(site, '/login')}>Back to the login</a>
    </p>
  </section>
);

/** The same for an address that nobody has [R14.1]. */
const Sent = ({ site, email }: { site: Site | null; email: string }) => (
  <section className="lone">
    <h1>Check your inbox</h1>
    <p>
      If <strong>{email}</strong> belongs to a customer, a link is on its way there. It works once, for 6 hours; until
      you use it, your old password holds.
    </p>
    <p>We send at most three links an hour to one address.</p>
    <p>Nothing after a few minutes? Check your spam folder, and make sure that this is the address you bought with.</p>
    <p>
      <a href={at(site, '/login')}>Back to the login</a>
    </p>
  </section>
);
