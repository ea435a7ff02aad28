import { expertVerbRoutes } from '../../calls/expert-verbs.ts';
import type { ProblemBody } from '../../http/problem.ts';
import { asMarked } from '../marked.ts';
import { EMPTY_FORM, type Form, type FormState, refusedForm } from '../form.ts';
import { OF_SITE, page, redirect, type Page, type PageAnswer, type PageCall } from '../page.ts';
import { AskForDays, ConfirmDays, type Preview } from '../parts/cancel-bookings.tsx';
import { ProblemNotice } from '../parts/notice.tsx';
import { ownPath, readOwn, tokenOf } from './own-page.tsx';

/** An expert who cannot come cancels all of some days. */
export const ownDaysPage: Page = {
  path: `${OF_SITE}/expert/{expertToken}/cancel-bookings`,
  audience: 'public',
  show: (call) => show(call, { form: EMPTY_FORM }),
  async submit(call, { step, body, typed }: Form) {
    const asked = { params: tokenOf(call), body: Object.assign(body, { dryRun: step !== 'cancel' }) };
    const answer = await call.api.ask(expertVerbRoutes.cancelDays, asked);
    if (!answer.isDone) {
      const { problem, status } = answer;
      return show(call, { form: refusedForm(typed, problem), problem: asMarked(problem), status });
    }
    if (answer.status === 202) return redirect(ownPath(call, '?notice=days'));
    return show(call, { form: { typed, errors: [] }, preview: answer.body });
  },
};

type Shown = { form: FormState; preview?: Preview; problem?: ProblemBody; status?: number };

async function show(call: PageCall, { form, preview, problem, status = 200 }: Shown): Promise<PageAnswer> {
  const { expert, now } = await readOwn(call);
  return page(
    'Cancel what is booked',
    <>
      <p className="crumbs">
        <a href={ownPath(call)}>Your calls</a>
      </p>
      <h1>Cancel what is booked</h1>
      <ProblemNotice problem={problem ?? null} />
      {preview ? (
        <ConfirmDays preview={preview} form={form} here={{ timeZone: expert.timeZone, now }} back={ownPath(call)} />
      ) : (
        <AskForDays form={form} />
      )}
    </>,
    status,
    expert.timeZone,
  );
}
