import { BILLING } from '../../../auth/roles.ts';
import { jobRoutes } from '../../../jobs/jobs.ts';
import type { ApiBroadcast } from '../../../mail/broadcast-schema.ts';
import { broadcastRoutes } from '../../../mail/broadcasts.ts';
import { EMPTY_FORM, refusedForm, type Form } from '../../form.ts';
import { page, redirect, siteOf, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { FormKey, type Option } from '../../parts/fields.tsx';
import { Notice } from '../../parts/notice.tsx';
import { BroadcastFields, BroadcastPreview } from './broadcast-form.tsx';
import { tested, TriedNotices, type Tried } from './broadcast-new.tsx';
import { Sending } from './broadcast-progress.tsx';
import { BROADCASTS, BroadcastState, segmentsOf } from './broadcasts.tsx';

/** A broadcast: a draft to be written, or what becomes of it. */
export const broadcastPage: Page = {
  path: `${BROADCASTS}/{broadcastId}`,
  audience: 'admin',
  roles: BILLING,
  show: (call) => show(call, { form: EMPTY_FORM }),
  submit: (call, form) => (STEPS[form.step] ?? save)(call, form),
  async state(call) {
    const { state, figures, stuckReason } = await read(call);
    return [state, figures?.recipients, figures?.queued, figures?.delivered, stuckReason].join('/');
  },
};

const paramsOf = ({ params }: PageCall) => ({ broadcastId: params.broadcastId ?? '' });
const read = (call: PageCall): Promise<ApiBroadcast> => call.api.read(broadcastRoutes.read, { params: paramsOf(call) });
const addressOf = (call: PageCall, query = ''): string => `${BROADCASTS}/${paramsOf(call).broadcastId}${query}`;

type Step = (call: PageCall, form: Form) => Promise<PageAnswer>;

const changes =
  (change: 'pause' | 'resume' | 'cancel'): Step =>
  async (call, { key }) => {
    const { jobId } = await read(call);
    const answer = await call.api.ask(jobRoutes[change], { params: { jobId: jobId ?? '' }, key });
    if (answer.isDone) return redirect(addressOf(call));
    return show(call, { form: EMPTY_FORM, problem: answer.problem }, answer.status);
  };

const STEPS: Record<string, Step | undefined> = {
  pause: changes('pause'),
  resume: changes('resume'),
  cancel: changes('cancel'),
  test: async (call, form) => show(call, await tested(call, form)),
  delete: async (call, { key }) => {
    const answer = await call.api.ask(broadcastRoutes.remove, { params: paramsOf(call), key });
    if (answer.isDone) return redirect(`${BROADCASTS}?notice=deleted`);
    return show(call, { form: EMPTY_FORM, problem: answer.problem }, answer.status);
  },
};

const save: Step = async (call, { body, typed, key }) => {
  const answer = await call.api.ask(broadcastRoutes.put, { params: paramsOf(call), body, key });
  if (answer.isDone) return redirect(addressOf(call, '?notice=saved'));
  return show(call, { form: refusedForm(typed, answer.problem), problem: answer.problem }, answer.status);
};

async function show(call: PageCall, tried: Tried, status = 200): Promise<PageAnswer> {
  const broadcast = await read(call);
  const segments = await segmentsOf(call);
  return page(
    broadcast.name,
    <>
      <p className="crumbs">
        <a href={BROADCASTS}>Broadcasts</a>
      </p>
      <div className="head">
        <h1>{broadcast.name}</h1>
        <BroadcastState {...broadcast} />
        {broadcast.state === 'draft' ? (
          <a className="btn primary" href={`${addressOf(call)}/send`}>
            Send …
          </a>
        ) : (
          <a className="btn" href={`${BROADCASTS}/new?like=${broadcast.id}`}>
            Write another like it
          </a>
        )}
      </div>
      {call.query.notice === 'saved' && !tried.problem ? <Notice tone="good">The draft is saved.</Notice> : null}
      <TriedNotices {...tried} />
      {broadcast.state === 'draft' ? (
        <Draft broadcast={broadcast} tried={tried} segments={segments} />
      ) : (
        <Sending broadcast={broadcast} segments={segments} site={siteOf(call)} />
      )}
    </>,
    status,
  );
}

type DraftShown = { broadcast: ApiBroadcast; tried: Tried; segments: readonly Option[] };

const Draft = ({ broadcast, tried: { form }, segments }: DraftShown) => (
  <>
    <form method="post" className="cols wide-right" action={`${BROADCASTS}/${broadcast.id}`}>
      <section>
        <FormKey form={form} />
        <BroadcastFields words={broadcast} form={form} segments={segments} />
        <div className="actions">
          <button className="primary">Save the draft</button>
        </div>
      </section>
      <BroadcastPreview form={form} />
    </form>
    <details>
      <summary className="btn">Delete</summary>
      <form method="post" className="narrow">
        <FormKey form={EMPTY_FORM} />
        <p>Nobody has got it. What it says is gone then.</p>
        <button className="danger" name="_step" value="delete">
          Delete the draft
        </button>
      </form>
    </details>
  </>
);
