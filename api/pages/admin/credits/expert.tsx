import type { z } from 'zod';
import { expertRoutes } from '../../../credits/experts.ts';
import type { timeOffSchema } from '../../../credits/expert-schema.ts';
import { expertLinkRoutes } from '../../../credits/expert-links.ts';
import { timeOffRoutes } from '../../../credits/time-off.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { BILLING, PEOPLE } from '../../../auth/roles.ts';
import { asMarked } from '../../marked.ts';
import { EMPTY_FORM, type Form, type FormState, refusedForm } from '../../form.ts';
import { hasRole, page, redirect, siteOf, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';
import { Archived } from '../../parts/archive.tsx';
import { CopyLink } from '../../parts/copy-link.tsx';
import { FormKey } from '../../parts/fields.tsx';
import { Facts } from '../../parts/list.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { clockOf } from '../../words/instant.ts';
import { CalendarState } from './calendar-state.tsx';
import { bodyOf, ExpertFields, refusedExpert } from './expert-fields.tsx';
import { weekInWords, type Expert } from './hours-words.ts';
import { TimeOffSection } from './time-off-section.tsx';

export const paramsOf = ({ params }: PageCall) => ({ expertId: params.expertId ?? '' });

/** One expert: when they work, when they are away, and what their own calendar says. */
export const expertPage: Page = {
  path: '/experts/{expertId}',
  audience: 'admin',
  roles: PEOPLE,
  show: (call) => showExpert(call, {}),
  submit: (call, form) => (STEPS[form.step] ?? save)(call, form),
};

type Refused = { form?: FormState; timeOffForm?: FormState; problem?: ProblemBody; status?: number };

async function showExpert(call: PageCall, refused: Refused): Promise<PageAnswer> {
  const params = paramsOf(call);
  const expert = await call.api.read(expertRoutes.read, { params });
  const { data: timeOff } = await call.api.read(timeOffRoutes.list, { params, query: { limit: '200' } });
  const site = siteOf(call);
  const ahead = timeOff.filter(({ endsAt }) => endsAt > site.now);
  const { url: link } = await call.api.read(expertLinkRoutes.read, { params });
  const shown = { expert, link, timeOff: ahead, site, mayEdit: hasRole(call, BILLING), notice: call.query.notice };
  return page(expert.name, <ExpertView {...shown} {...refused} />, refused.status ?? 200);
}

async function save(call: PageCall, form: Form): Promise<PageAnswer> {
  const params = paramsOf(call);
  const answer = await call.api.ask(expertRoutes.change, { params, body: bodyOf(form), key: form.key });
  if (answer.isDone) return redirect(`/experts/${params.expertId}?notice=saved`);
  const { status, problem } = answer;
  return showExpert(call, { form: refusedExpert(form.typed, problem), problem: asMarked(problem), status });
}

/** What the smaller forms of the page do, by their buttons. */
const STEPS: Record<string, (call: PageCall, form: Form) => Promise<PageAnswer>> = {
  async away(call, { body, typed, key }) {
    const params = paramsOf(call);
    const answer = await call.api.ask(timeOffRoutes.add, { params, body, key });
    if (answer.isDone) return redirect(`/experts/${params.expertId}?notice=away`);
    const { status, problem } = answer;
    return showExpert(call, { timeOffForm: refusedForm(typed, problem), problem: asMarked(problem), status });
  },
  async back(call, { typed, key }) {
    const timeOffId = typed._timeOff?.at(-1) ?? '';
    const params = { ...paramsOf(call), timeOffId };
    return after(call, await call.api.ask(timeOffRoutes.remove, { params, key }), 'back');
  },
  fetch: async (call, { key }) =>
    after(call, await call.api.ask(expertRoutes.fetchCalendar, { params: paramsOf(call), key }), 'fetching'),
  link: async (call, { key }) =>
    after(call, await call.api.ask(expertLinkRoutes.renew, { params: paramsOf(call), key }), 'link'),
  unarchive: async (call, { key }) =>
    after(call, await call.api.ask(expertRoutes.unarchive, { params: paramsOf(call), key }), 'unarchived'),
};

type Answer = { isDone: true } | { isDone: false; problem: ProblemBody; status: number };

const after = async (call: PageCall, answer: Answer, notice: string): Promise<PageAnswer> =>
  answer.isDone ? redirect(`/experts/${paramsOf(call).expertId}?notice=${notice}`) : showExpert(call, answer);

const NOTICES: Record<string, string> = {
  made: 'The expert has been added. Their slots are open from now on.',
  saved: 'The change has been saved. Calls that are booked stay as they are.',
  away: 'The time off has been added. Calls that are booked stay as they are.',
  back: 'The time off has been removed.',
  fetching: 'Their calendar is read within a minute.',
  link: 'Their page has a new address. The one before does not open it any more.',
  archived: 'The expert has been archived.',
  unarchived: 'The expert is no longer archived: their slots are open again.',
};

type Shown = Refused & {
  expert: Expert;
  link: string;
  timeOff: z.output<typeof timeOffSchema>[];
  site: Site;
  mayEdit: boolean;
  notice: string | undefined;
};

function ExpertView({ expert, link, timeOff, site, mayEdit, notice, ...refused }: Shown) {
  const word = notice === undefined ? undefined : NOTICES[notice];
  const isArchived = expert.archivedAt !== null;
  return (
    <>
      <p className="crumbs">
        <a href="/experts">Experts</a>
      </p>
      <div className="head">
        <h1>{expert.name}</h1>
        <div className="actions">
          <a className="btn" href={`/experts/${expert.id}/cancel-bookings`}>
            Cancel what is booked …
          </a>
          {mayEdit && !isArchived ? (
            <a className="btn" href={`/experts/${expert.id}/archive`}>
              Archive …
            </a>
          ) : null}
        </div>
      </div>
      {word === undefined ? null : <Notice tone="good">{word}</Notice>}
      <ProblemNotice problem={refused.problem ?? null} />
      {isArchived ? <Archived what="expert" effect="No calls can be booked with them." mayEdit={mayEdit} /> : null}
      <CalendarState expert={expert} site={site} />
      <ExpertFacts {...expert} />
      <OwnPageLink link={link} />
      <TimeOffSection timeOff={timeOff} expert={expert} form={refused.timeOffForm ?? EMPTY_FORM} now={site.now} />
      {mayEdit ? <Edit expert={expert} site={site} form={refused.form ?? EMPTY_FORM} /> : null}
    </>
  );
}

const ExpertFacts = (expert: Expert) => (
  <Facts
    facts={[
      ['Works', `${weekInWords(expert)}, ${clockOf(expert)}`],
      [
        'Meeting link',
        <a key="link" href={expert.meetingUrl}>
          {expert.meetingUrl}
        </a>,
      ],
      ['Email', expert.email],
    ]}
  />
);

/** Their own page needs no login, so a link that is in wrong hands is made void by a new one. */
const OwnPageLink = ({ link }: { link: string }) => (
  <form method="post" className="narrow">
    <FormKey form={EMPTY_FORM} />
    <CopyLink label="Their own page, without a login" link={link} />
    <button className="tiny" name="_step" value="link">
      New address
    </button>
  </form>
);

const Edit = ({ expert, site, form }: { expert: Expert; site: Site; form: FormState }) => (
  <>
    <h2>Change</h2>
    <form method="post" className="narrow">
      <FormKey form={form} />
      <ExpertFields form={form} site={site} expert={expert} />
      <button className="primary">Save</button>
    </form>
  </>
);
