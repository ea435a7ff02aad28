import { ownAppRoutes } from '../../../people/own-app.ts';
import { ownPasskeyRoutes } from '../../../people/own-passkeys.ts';
import { securityRoutes } from '../../../people/security.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { EMPTY_FORM, type Form, type FormState, refusedForm } from '../../form.ts';
import { page, redirect, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';
import { Table } from '../../parts/list.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { MakePasskey, withCredential } from '../../parts/passkey.tsx';
import { When } from '../../parts/when.tsx';
import { SECURITY_CHANGE_WORDS } from '../../words/security-change.ts';
import type { OwnSignIn } from './own-sign-in.ts';
import { PasskeyPart } from './own-passkeys.tsx';
import { AppPart, ProveApp, RecoveryCodes, RecoveryPart } from './own-app.tsx';

const HERE = '/security';

const NOTICES: Record<string, string> = {
  'app-off': 'The app is switched off.',
  kept: 'Your second factor is set up.',
  added: 'It is set up. Your recovery codes from before stay.',
  ended: 'Signed out there.',
  renamed: 'The passkey has another name.',
  removed: 'The passkey is removed.',
};

type Step = (call: PageCall, form: Form) => Promise<PageAnswer>;

/** What the buttons of the page do, by their names. */
const STEPS: Record<string, Step> = {
  async app(call, form) {
    const answer = await call.api.ask(ownAppRoutes.begin, { body: form.body });
    if (!answer.isDone) return refused(call, form, answer);
    return page('Set up an app', <ProveApp {...answer.body} form={EMPTY_FORM} problem={null} />);
  },
  async 'app-proof'({ api }, { body, typed }) {
    const answer = await api.ask(ownAppRoutes.confirm, { body });
    if (answer.isDone) return shownCodes(answer.body.recoveryCodes);
    const { problem, status } = answer;
    const [secret = '', uri = ''] = [typed._secret?.at(-1), typed._uri?.at(-1)];
    const shown = { secret, uri, problem, form: refusedForm({}, problem) };
    return page('Set up an app', <ProveApp {...shown} />, status);
  },
  async 'app-off'(call, form) {
    const answer = await call.api.ask(ownAppRoutes.remove, { body: form.body });
    return answer.isDone ? redirect(`${HERE}?notice=app-off`) : refused(call, form, answer);
  },
  async codes(call, form) {
    const answer = await call.api.ask(ownAppRoutes.remake, { body: form.body });
    return answer.isDone ? shownCodes(answer.body.recoveryCodes) : refused(call, form, answer);
  },
  async passkey(call, form) {
    const answer = await call.api.ask(ownPasskeyRoutes.begin, { body: form.body });
    if (!answer.isDone) return refused(call, form, answer);
    return page('Add a passkey', <MakePasskey {...answer.body} back={HERE} />);
  },
  async 'passkey-made'(call, form) {
    const answer = await call.api.ask(ownPasskeyRoutes.add, { body: withCredential(form) });
    return answer.isDone ? shownCodes(answer.body.recoveryCodes) : refused(call, form, answer);
  },
  async 'passkey-name'(call, form) {
    const params = { passkeyId: form.typed._passkey?.at(-1) ?? '' };
    const answer = await call.api.ask(ownPasskeyRoutes.rename, { params, body: only(form, 'name') });
    return answer.isDone ? redirect(`${HERE}?notice=renamed`) : refused(call, form, answer);
  },
  async 'passkey-off'(call, form) {
    const params = { passkeyId: form.typed._passkey?.at(-1) ?? '' };
    const answer = await call.api.ask(ownPasskeyRoutes.remove, { params, body: only(form, 'password') });
    return answer.isDone ? redirect(`${HERE}?notice=removed`) : refused(call, form, answer);
  },
  async 'end-session'(call, form) {
    const params = { sessionId: form.typed._session?.at(-1) ?? '' };
    const answer = await call.api.ask(securityRoutes.endOne, { params });
    return answer.isDone ? redirect(`${HERE}?notice=ended`) : refused(call, form, answer);
  },
  async 'end-others'(call, form) {
    const answer = await call.api.ask(securityRoutes.endOthers, {});
    return answer.isDone ? redirect(`${HERE}?notice=ended`) : refused(call, form, answer);
  },
};

/** One form has two buttons, each with a field of its own. */
const only = ({ body }: Form, name: string) => ({ [name]: body[name] }) as Form['body'];

const shownCodes = (codes: string[] | null): PageAnswer =>
  codes === null ? redirect(`${HERE}?notice=added`) : page('Your recovery codes', <RecoveryCodes codes={codes} />);

type Refusal = { problem: ProblemBody; status: number };

const refused = (call: PageCall, { step, typed }: Form, { problem, status }: Refusal): Promise<PageAnswer> =>
  show(call, { step, form: refusedForm(typed, problem), problem, status });

/** How the visitor signs in: second factor, recovery codes, sessions, and what has changed. */
export const securityPage: Page = {
  path: HERE,
  audience: 'admin',
  isOwn: true,
  show: (call) => show(call, { step: '', form: EMPTY_FORM, problem: null, status: 200 }),
  submit: (call, form) => (STEPS[form.step] ?? refuseStep)(call, form),
};

const refuseStep: Step = async () => redirect(HERE);

type Tried = { step: string; form: FormState; problem: ProblemBody | null; status: number };

/** An operator without an account reads times in UTC. */
const NO_ACCOUNT = { timeZone: 'UTC' } as Site;

async function show(call: PageCall, tried: Tried): Promise<PageAnswer> {
  const own = await call.api.read(securityRoutes.read, {});
  const site = call.visitor?.account ?? { ...NO_ACCOUNT, now: new Date().toISOString() };
  const notice = NOTICES[call.query.notice ?? ''];
  return page(
    'Your sign-in',
    <>
      <div className="head">
        <h1>Your sign-in</h1>
      </div>
      <p className="quiet">{own.email}</p>
      {own.isRequired ? <Notice tone="warn">Your account asks for a second factor. Set one up to go on.</Notice> : null}
      {notice ? <Notice tone="good">{notice}</Notice> : null}
      <ProblemNotice problem={tried.problem} />
      <AppPart own={own} site={site} {...tried} />
      <PasskeyPart own={own} site={site} {...tried} />
      {own.recoveryCodesLeft > 0 || own.app ? <RecoveryPart own={own} site={site} {...tried} /> : null}
      <Sessions own={own} site={site} />
      <Changes own={own} site={site} />
    </>,
    tried.status,
  );
}

type Part = { own: OwnSignIn; site: Site };

const Sessions = ({ own: { sessions }, site }: Part) => (
  <section>
    <h2>Where you are signed in</h2>
    <Table
      caption="Your sessions, the newest first"
      rows={sessions}
      keyOf={({ id }) => id}
      empty={<p>Nowhere.</p>}
      columns={[
        { label: 'Since', at: '1', cell: ({ createdAt }) => <When at={createdAt} site={site} /> },
        { label: 'Ends', at: '2', cell: ({ expiresAt }) => <When at={expiresAt} site={site} /> },
        { label: '', at: '1r', width: 'fit', cell: ({ id, isThis }) => (isThis ? 'This one' : <End id={id} />) },
      ]}
    />
    {sessions.length > 1 ? (
      <form method="post" className="actions">
        <button name="_step" value="end-others">
          Sign out everywhere else
        </button>
      </form>
    ) : null}
  </section>
);

const End = ({ id }: { id: string }) => (
  <form method="post">
    <input type="hidden" name="_session" value={id} />
    <button className="tiny" name="_step" value="end-session">
      Sign out
    </button>
  </form>
);

const Changes = ({ own: { changes }, site }: Part) => (
  <section>
    <h2>What has changed</h2>
    <Table
      caption="What has changed in how you sign in, the newest first"
      rows={changes.map((change, index) => ({ ...change, id: String(index) }))}
      keyOf={({ id }) => id}
      empty={<p>Nothing yet. Whatever changes here is emailed to you, too.</p>}
      columns={[
        { label: 'What', at: '1', cell: ({ kind, passkeyName }) => named(SECURITY_CHANGE_WORDS[kind], passkeyName) },
        { label: 'By', at: '2', cell: ({ byMyself }) => (byMyself ? 'You' : 'Somebody else') },
        { label: 'Reason', isSpare: true, cell: ({ reason }) => reason },
        { label: 'When', at: '1r', width: 'fit', cell: ({ at }) => <When at={at} site={site} /> },
      ]}
    />
  </section>
);

const named = (what: string, name: string | null): string => (name === null ? what : `${what}: ${name}`);
