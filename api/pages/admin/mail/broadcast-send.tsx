import { BILLING } from '../../../auth/roles.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import type { ApiAudience } from '../../../mail/broadcast-schema.ts';
import { broadcastRoutes } from '../../../mail/broadcasts.ts';
import { EMPTY_FORM, refusedForm, type FormState } from '../../form.ts';
import { page, redirect, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { countOf } from '../../parts/counts.ts';
import { FormKey, InstantField } from '../../parts/fields.tsx';
import { Facts } from '../../parts/list.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { leftOutInWords, segmentInWords } from '../../words/broadcast.ts';
import { BROADCASTS, segmentsOf } from './broadcasts.tsx';

const paramsOf = ({ params }: PageCall) => ({ broadcastId: params.broadcastId ?? '' });

/** Who would get a broadcast, before it is sent. */
export const sendBroadcastPage: Page = {
  path: `${BROADCASTS}/{broadcastId}/send`,
  audience: 'admin',
  roles: BILLING,
  show: (call) => show(call, EMPTY_FORM, null, 200),
  async submit(call, { body, typed, key }) {
    const answer = await call.api.ask(broadcastRoutes.send, { params: paramsOf(call), body, key });
    if (answer.isDone) return redirect(`${BROADCASTS}/${paramsOf(call).broadcastId}`);
    return show(call, refusedForm(typed, answer.problem), answer.problem, answer.status);
  },
};

async function show(call: PageCall, form: FormState, problem: ProblemBody | null, status: number): Promise<PageAnswer> {
  const params = paramsOf(call);
  const { name, subject, segment } = await call.api.read(broadcastRoutes.read, { params });
  const answer = await call.api.ask(broadcastRoutes.send, { params, body: { dryRun: true } });
  const to = segmentInWords(await segmentsOf(call), segment);
  return page(
    'Send a broadcast',
    <>
      <p className="crumbs">
        <a href={BROADCASTS}>Broadcasts</a> <a href={`${BROADCASTS}/${params.broadcastId}`}>{name}</a>
      </p>
      <div className="head">
        <h1>Send a broadcast</h1>
      </div>
      <ProblemNotice problem={problem} />
      {!answer.isDone ? (
        <Notice tone="warn">{answer.problem.detail}</Notice>
      ) : 'inSegment' in answer.body ? (
        <Confirm audience={answer.body} about={{ subject, to }} form={form} />
      ) : null}
    </>,
    answer.isDone ? status : answer.status,
  );
}

type Shown = { audience: ApiAudience; about: { subject: string; to: string }; form: FormState };

const Confirm = ({ audience: { inSegment, getIt, suppressed }, about, form }: Shown) => (
  <form method="post" className="narrow">
    <FormKey form={form} />
    <Facts
      facts={[
        ['Subject', about.subject],
        ['To', about.to],
        ['In it', countOf(inSegment, 'contact')],
        ['Get it', countOf(getIt, 'contact')],
        ...suppressed.map(
          ({ reason, count }) => [`… ${leftOutInWords(reason)}`, count.toLocaleString('en-US')] as const,
        ),
      ]}
    />
    <p className="quiet">Whether somebody has subscribed is asked again for each when it is sent.</p>
    <InstantField name="sendAt@instant?" label="When" form={form} help="Empty: at once." />
    <button className="primary">{getIt === 0 ? 'Send' : `Send to ${countOf(getIt, 'contact')}`}</button>
  </form>
);
