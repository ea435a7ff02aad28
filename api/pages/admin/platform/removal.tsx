import type { z } from 'zod';
import type { ProblemBody } from '../../../http/problem.ts';
import type { removeAnswer } from '../../../platform/removal-schema.ts';
import { removalRoutes } from '../../../platform/removals.ts';
import { EMPTY_FORM } from '../../form.ts';
import { page, redirect, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { countOf } from '../../parts/counts.ts';
import { FormKey } from '../../parts/fields.tsx';
import { Facts } from '../../parts/list.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { moneyInWords } from '../../parts/money.tsx';
import { ContentState, REMOVALS, type Removal } from './removals.tsx';

type Preview = Extract<z.output<typeof removeAnswer>, { status: 'preview' }>;

const paramsOf = ({ params }: PageCall) => ({ requestId: params.requestId ?? '' });

/** One removal: what it would do, and its button [R20.2]. */
export const removalPage: Page = {
  path: `${REMOVALS}/{requestId}`,
  audience: 'admin',
  roles: ['operator'],
  show: (call) => show(call, null, 200),
  async submit(call, { typed, key }) {
    const params = paramsOf(call);
    if (typed._step?.at(-1) === 'confirm') {
      const answer = await call.api.ask(removalRoutes.confirm, { params, body: {}, key });
      return answer.isDone ? redirect(`${REMOVALS}/${params.requestId}`) : show(call, answer.problem, answer.status);
    }
    const planHash = typed._hash?.at(-1);
    const answer = await call.api.ask(removalRoutes.remove, { params, body: { planHash }, key });
    return answer.isDone ? redirect(REMOVALS) : show(call, answer.problem, answer.status);
  },
};

async function show(call: PageCall, problem: ProblemBody | null, status: number): Promise<PageAnswer> {
  const params = paramsOf(call);
  const removal = await call.api.read(removalRoutes.read, { params });
  const looked = await call.api.ask(removalRoutes.remove, { params, body: { dryRun: true } });
  const preview = looked.isDone && looked.body.status === 'preview' ? looked.body : null;
  return page(
    removal.account.name,
    <>
      <p className="crumbs">
        <a href={REMOVALS}>Removals</a>
      </p>
      <div className="head">
        <h1>{removal.account.name}</h1>
      </div>
      <ProblemNotice problem={problem} />
      <Asked removal={removal} />
      {preview ? <WouldDo preview={preview} /> : <p>There is nothing left to remove.</p>}
    </>,
    status,
  );
}

const Asked = ({ removal }: { removal: Removal }) => (
  <Facts
    facts={[
      ['Asked', removal.askedAt.slice(0, 10)],
      ['By', removal.askedBy?.email ?? '–'],
      ['Waits', countOf(removal.ageDays, 'day')],
      ['What they wrote', removal.reason ?? '–'],
      ['Money back', removal.refundWanted ? 'Wanted' : 'Not wanted'],
      ['Content', <ContentState key="content" content={removal.content} />],
    ]}
  />
);

const WouldDo = ({ preview }: { preview: Preview }) => (
  <section>
    <h2>What the removal does</h2>
    <ul>
      <li>Billing ends, and quotas, features, office hours and calls with it</li>
      {preview.money.map((effect) =>
        effect.kind === 'refund' ? <li key={effect.paymentId}>{moneyInWords(effect)} is refunded</li> : null,
      )}
      <li>{countOf(preview.credits?.before?.available ?? 0, 'call credit')} forfeited</li>
      <li>{countOf(preview.calls.length, 'call or seat', 'calls and seats')} canceled</li>
      {preview.content.excess.map(({ quota, limit, used }) => (
        <li key={quota}>
          {quota}: {used} used, {limit} have room; the rest is archived
        </li>
      ))}
    </ul>
    <form method="post" className="actions">
      <FormKey form={EMPTY_FORM} />
      <input type="hidden" name="_hash" value={preview.planHash} />
      {preview.content.state === 'unconfirmed' ? (
        <button name="_step" value="confirm">
          Confirm what is kept
        </button>
      ) : null}
      <button className="danger">Remove it now</button>
    </form>
  </section>
);
