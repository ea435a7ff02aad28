import { BILLING } from '../../../auth/roles.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { broadcastRoutes } from '../../../mail/broadcasts.ts';
import { emailTemplateRoutes } from '../../../mail/email-templates.ts';
import { EMPTY_FORM, refusedForm, type AsTyped, type Form, type FormState } from '../../form.ts';
import { page, redirect, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { FormKey } from '../../parts/fields.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { BroadcastFields, BroadcastPreview, type Words } from './broadcast-form.tsx';
import { BROADCASTS, segmentsOf } from './broadcasts.tsx';
import { inFrame } from './template.tsx';

const TITLE = 'Write a broadcast';

/** A new broadcast; it begins with the account's own words, or those of another (`like`). */
export const newBroadcastPage: Page = {
  path: `${BROADCASTS}/new`,
  audience: 'admin',
  roles: BILLING,
  show: (call) => show(call, { form: EMPTY_FORM }),
  async submit(call, form) {
    if (form.step === 'test') return show(call, await tested(call, form));
    const answer = await call.api.ask(broadcastRoutes.create, { body: form.body, key: form.key });
    if (answer.isDone && 'id' in answer.body) return redirect(`${BROADCASTS}/${answer.body.id}?notice=saved`);
    if (answer.isDone) return show(call, { form: EMPTY_FORM });
    return show(call, { form: refusedForm(form.typed, answer.problem), problem: answer.problem }, answer.status);
  },
};

export type Tried = { form: FormState; problem?: ProblemBody | null; testTo?: string };

/** Sends what was typed to whoever typed it; nothing is saved. */
export async function tested({ api }: PageCall, { body, typed, key }: Form): Promise<Tried> {
  const answer = await api.ask(broadcastRoutes.test, { body: textOf(body), key });
  const { _key: _sent, ...kept } = typed;
  if (answer.isDone) return { form: { typed: kept, errors: [] }, testTo: answer.body.to };
  return { form: refusedForm(typed, answer.problem), problem: answer.problem };
}

const textOf = ({ name: _name, segment: _segment, ...text }: AsTyped<unknown>): AsTyped<unknown> => text;

/** What stands in the frame: the broadcast in the words of the form. */
export const broadcastFramePage: Page = {
  path: `${BROADCASTS}/html`,
  audience: 'admin',
  roles: BILLING,
  async submit({ api }, { body, typed }) {
    const answer = await api.ask(broadcastRoutes.preview, { body: textOf(body) });
    if (!answer.isDone) return { kind: 'email', html: inFrame(answer.problem.detail) };
    const { html, text } = answer.body;
    return { kind: 'email', html: typed._look?.at(-1) === 'text' ? inFrame(text) : html };
  },
};

async function show(call: PageCall, tried: Tried, status = 200): Promise<PageAnswer> {
  const words = await beginning(call);
  const segments = await segmentsOf(call);
  return page(
    TITLE,
    <>
      <p className="crumbs">
        <a href={BROADCASTS}>Broadcasts</a>
      </p>
      <div className="head">
        <h1>{TITLE}</h1>
      </div>
      <TriedNotices {...tried} />
      <form method="post" className="cols wide-right" action={`${BROADCASTS}/new`}>
        <section>
          <FormKey form={tried.form} />
          <BroadcastFields words={words} form={tried.form} segments={segments} />
          <div className="actions">
            <button className="primary">Save the draft</button>
          </div>
          <p className="quiet">Nothing is sent yet. You see who gets it before you send it.</p>
        </section>
        <BroadcastPreview form={tried.form} />
      </form>
    </>,
    status,
  );
}

export const TriedNotices = ({ problem = null, testTo }: Tried) => (
  <>
    {testTo === undefined ? null : (
      <Notice tone="good">A test is on its way to {testTo}. Nothing has been saved.</Notice>
    )}
    <ProblemNotice problem={problem} />
  </>
);

async function beginning({ api, query }: PageCall): Promise<Words> {
  if (query.like) return api.read(broadcastRoutes.read, { params: { broadcastId: query.like } });
  const { words } = await api.read(emailTemplateRoutes.read, { params: { kind: 'broadcast' } });
  return {
    ...words,
    name: '',
    segment: 'subscribed',
    button: null,
    body: words.body.filter((line) => line !== '{{action}}'),
  };
}
