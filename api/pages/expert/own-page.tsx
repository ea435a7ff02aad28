import type { z } from 'zod';
import { expertPageRoutes, type expertPageSchema } from '../../calls/expert-page.ts';
import { expertVerbRoutes } from '../../calls/expert-verbs.ts';
import { notFound, type ProblemBody } from '../../http/problem.ts';
import { asMarked } from '../marked.ts';
import { EMPTY_FORM, type Form, type FormState, refusedForm } from '../form.ts';
import { inSite, OF_SITE, page, redirect, siteOf, type Page, type PageAnswer, type PageCall } from '../page.ts';
import { TimeOffSection } from '../admin/credits/time-off-section.tsx';
import { Notice, ProblemNotice } from '../parts/notice.tsx';
import { OwnCalls, OwnSeats } from './own-calls.tsx';

export type OwnPage = z.output<typeof expertPageSchema>;

export const tokenOf = ({ params }: PageCall) => ({ expertToken: params.expertToken ?? '' });
export const ownPath = (call: PageCall, more = ''): string =>
  inSite(siteOf(call), `/expert/${tokenOf(call).expertToken}${more}`);

/** What the link shows, if it is of this site. @throws Problem 404 */
export async function readOwn(call: PageCall): Promise<OwnPage> {
  const own = await call.api.read(expertPageRoutes.read, { params: tokenOf(call) });
  if (own.site.slug !== siteOf(call).slug) throw notFound('page of an expert');
  return own;
}

/** An expert's own page, by a signed link: calls, time off, and what became of a call. */
export const ownPage: Page = {
  path: `${OF_SITE}/expert/{expertToken}`,
  audience: 'public',
  show: (call) => show(call, {}),
  submit: (call, form) => STEPS[form.step]?.(call, form) ?? show(call, {}),
};

type Refused = { timeOffForm?: FormState; problem?: ProblemBody; status?: number };

async function show(call: PageCall, { timeOffForm = EMPTY_FORM, problem, status = 200 }: Refused): Promise<PageAnswer> {
  const own = await readOwn(call);
  const here = { timeZone: own.expert.timeZone, now: own.now };
  const word = NOTICES[call.query.notice ?? ''];
  return page(
    'Your calls',
    <>
      <div className="head">
        <h1>Your calls</h1>
        <div className="actions">
          <a className="btn" href={ownPath(call, '/cancel-bookings')}>
            Cancel what is booked …
          </a>
        </div>
      </div>
      {word === undefined ? null : <Notice tone="good">{word}</Notice>}
      <ProblemNotice problem={problem ?? null} />
      <OwnCalls calls={own.calls} here={here} canceling={call.query.cancel} back={ownPath(call)} />
      <OwnSeats seats={own.seats} here={here} />
      <TimeOffSection timeOff={own.timeOff} expert={own.expert} form={timeOffForm} now={own.now} />
      <p className="quiet">Whoever has the address of this page can do all of this, so keep it to yourself.</p>
    </>,
    status,
    own.expert.timeZone,
  );
}

const NOTICES: Record<string, string> = {
  canceled: 'The call is canceled. Its booker is told, and has the credit back.',
  marked: 'It has been marked.',
  away: 'The time off has been added. Calls that are booked stay as they are.',
  back: 'The time off has been removed.',
  days: 'What is booked then is being canceled. Everybody is told by email.',
};

const callOf = (call: PageCall, { typed }: Form) => ({ ...tokenOf(call), callId: typed._call?.at(-1) ?? '' });

type Answer = { isDone: true } | { isDone: false; problem: ProblemBody; status: number };

const after = (call: PageCall, answer: Answer, notice: string): PageAnswer | Promise<PageAnswer> =>
  answer.isDone
    ? redirect(ownPath(call, `?notice=${notice}`))
    : show(call, { problem: asMarked(answer.problem), status: answer.status });

const STEPS: Record<string, (call: PageCall, form: Form) => Promise<PageAnswer>> = {
  cancel: async (call, form) =>
    after(call, await call.api.ask(expertVerbRoutes.cancel, { params: callOf(call, form), body: {} }), 'canceled'),
  held: async (call, form) =>
    after(call, await call.api.ask(expertVerbRoutes.held, { params: callOf(call, form), body: {} }), 'marked'),
  missed: async (call, form) =>
    after(call, await call.api.ask(expertVerbRoutes.noShow, { params: callOf(call, form), body: {} }), 'marked'),
  async away(call, { body, typed }) {
    const answer = await call.api.ask(expertVerbRoutes.away, { params: tokenOf(call), body });
    if (answer.isDone) return redirect(ownPath(call, '?notice=away'));
    const { status, problem } = answer;
    return show(call, { timeOffForm: refusedForm(typed, problem), problem: asMarked(problem), status });
  },
  async back(call, { typed }) {
    const params = { ...tokenOf(call), timeOffId: typed._timeOff?.at(-1) ?? '' };
    return after(call, await call.api.ask(expertVerbRoutes.back, { params }), 'back');
  },
};
