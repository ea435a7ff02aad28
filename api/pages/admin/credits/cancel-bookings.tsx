import { cancelBookingsRoutes } from '../../../calls/cancel-bookings.ts';
import { expertRoutes } from '../../../credits/experts.ts';
import { PEOPLE } from '../../../auth/roles.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { asMarked } from '../../marked.ts';
import { EMPTY_FORM, type Form, type FormState, refusedForm } from '../../form.ts';
import { page, redirect, siteOf, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { AskForDays, ConfirmDays, type Preview } from '../../parts/cancel-bookings.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { clockOf } from '../../words/instant.ts';
import { paramsOf } from './expert.tsx';

/** An expert falls ill: which days, what is booked then, and then all of it canceled by one job. */
export const cancelBookingsPage: Page = {
  path: '/experts/{expertId}/cancel-bookings',
  audience: 'admin',
  roles: PEOPLE,
  show: (call) => show(call, { form: EMPTY_FORM }),
  async submit(call, { step, body, typed, key }: Form) {
    const isSure = step === 'cancel';
    const asked = {
      params: paramsOf(call),
      body: Object.assign(body, { dryRun: !isSure }),
      key: isSure ? key : undefined,
    };
    const answer = await call.api.ask(cancelBookingsRoutes.cancel, asked);
    if (!answer.isDone) {
      const { problem, status } = answer;
      return show(call, { form: refusedForm(typed, problem), problem: asMarked(problem), status });
    }
    if (answer.status === 202) return redirect(`/jobs/${answer.body.id}`);
    return show(call, { form: { typed, errors: [] }, preview: answer.body });
  },
};

type Shown = { form: FormState; preview?: Preview; problem?: ProblemBody; status?: number };

async function show(call: PageCall, { form, preview, problem, status = 200 }: Shown): Promise<PageAnswer> {
  const { id, name, timeZone } = await call.api.read(expertRoutes.read, { params: paramsOf(call) });
  const here = { timeZone, now: siteOf(call).now };
  return page(
    'Cancel what is booked',
    <section>
      <p className="crumbs">
        <a href={`/experts/${id}`}>{name}</a>
      </p>
      <h1>Cancel what is booked</h1>
      <ProblemNotice problem={problem ?? null} />
      {preview ? (
        <ConfirmDays preview={preview} form={form} here={here} back={`/experts/${id}`} />
      ) : (
        <>
          <p>
            If {name} cannot come, all calls and office hours of some days are canceled at once, and nothing can be
            booked then. Credits return, and are good for at least 30 more days.
          </p>
          <AskForDays form={form} />
        </>
      )}
      <p className="quiet">Dates are in {clockOf(here)}.</p>
    </section>,
    status,
  );
}
