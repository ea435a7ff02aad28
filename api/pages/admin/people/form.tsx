import { PEOPLE } from '../../../auth/roles.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { formRoutes } from '../../../people/forms.ts';
import { asMarked } from '../../marked.ts';
import { EMPTY_FORM, type Form as Typed, type FormState, refusedForm } from '../../form.ts';
import { page, redirect, siteOf, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';
import { CopyButton, CopyLink } from '../../parts/copy-link.tsx';
import { FormKey } from '../../parts/fields.tsx';
import { Facts } from '../../parts/list.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import { OPT_IN_WORDS } from '../../words/contact.ts';
import { FormFields } from './form-fields.tsx';
import { snippetOf } from './form-snippet.ts';
import type { Form } from './forms.tsx';

const paramsOf = ({ params }: PageCall) => ({ formId: params.formId ?? '' });

/** A form: where it is, how often it was sent, what it says. */
export const formPage: Page = {
  path: '/forms/{formId}',
  audience: 'admin',
  roles: PEOPLE,
  show: (call) => show(call),
  submit: (call, typed) => (typed.step === 'delete' ? remove(call, typed) : change(call, typed)),
};

type Tried = { form?: FormState; problem?: ProblemBody | null };

async function show(call: PageCall, tried: Tried = {}, status = 200): Promise<PageAnswer> {
  const form = await call.api.read(formRoutes.read, { params: paramsOf(call) });
  const notice = tried.problem ? undefined : call.query.notice;
  return page(form.name, <FormView shown={form} site={siteOf(call)} notice={notice} {...tried} />, status);
}

async function change(call: PageCall, { body, typed, key }: Typed): Promise<PageAnswer> {
  const answer = await call.api.ask(formRoutes.change, { params: paramsOf(call), body, key });
  if (answer.isDone) return redirect(`/forms/${answer.body.id}?notice=changed`);
  const { status, problem } = answer;
  return show(call, { form: refusedForm(typed, problem), problem: asMarked(problem) }, status);
}

async function remove(call: PageCall, { key }: Typed): Promise<PageAnswer> {
  const answer = await call.api.ask(formRoutes.remove, { params: paramsOf(call), key });
  return answer.isDone ? redirect('/forms?notice=deleted') : show(call, { problem: answer.problem }, answer.status);
}

const NOTICES: Record<string, string> = {
  made: 'The form is made. Pass its address on, or put it into a page of yours.',
  changed: 'The change has been saved.',
};

type Shown = Tried & { shown: Form; site: Site; notice: string | undefined };

const FormView = ({ shown, site, notice, form = EMPTY_FORM, problem = null }: Shown) => (
  <>
    <p className="crumbs">
      <a href="/forms">Forms</a>
    </p>
    <div className="head">
      <h1>{shown.name}</h1>
      <a className="btn" href={shown.url}>
        See it
      </a>
    </div>
    {notice !== undefined && NOTICES[notice] ? <Notice tone="good">{NOTICES[notice]}</Notice> : null}
    <ProblemNotice problem={problem} />
    <Facts
      facts={[
        ['Subscribes', OPT_IN_WORDS[shown.optIn]],
        ['Sent', shown.submissions],
        ['Made', <When key="made" at={shown.createdAt} site={site} />],
      ]}
    />
    <CopyLink label="Its address" link={shown.url} />
    <Snippet shown={shown} />
    <h2>What it says</h2>
    <form method="post" className="narrow">
      <FormKey form={form} />
      <FormFields form={form} shown={shown} />
      <button className="primary">Save</button>
    </form>
    <Remove />
  </>
);

const Snippet = ({ shown }: { shown: Form }) => (
  <>
    <h2>To put it into another page</h2>
    <p className="quiet">
      Plain HTML, which looks as that page does and needs no script.{' '}
      <CopyButton what="the form" text={snippetOf(shown)} />
    </p>
    <pre className="sent">{snippetOf(shown)}</pre>
  </>
);

const Remove = () => (
  <details>
    <summary className="btn">Delete</summary>
    <form method="post" className="narrow">
      <FormKey form={EMPTY_FORM} />
      <input type="hidden" name="_step" value="delete" />
      <p>Nobody can send it any more, from no page. Who subscribed by it stays so.</p>
      <button className="danger">Delete the form</button>
    </form>
  </details>
);
