import { BILLING, EVERYBODY } from '../../../auth/roles.ts';
import { teamCallRoutes } from '../../../calls/team-calls.ts';
import { Problem, type ProblemBody } from '../../../http/problem.ts';
import { accessRoutes } from '../../../platform/access.ts';
import { removalRequestRoutes } from '../../../platform/removal-request.ts';
import { EMPTY_FORM, refusedForm, type FormState } from '../../form.ts';
import { hasRole, page, redirect, siteOf, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';
import { BillingBadge } from '../../parts/badges.tsx';
import { Facts } from '../../parts/list.tsx';
import { moneyInWords } from '../../parts/money.tsx';
import { SlotPicker } from '../../parts/calls/slot-picker.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { Day, DayAndNear, When } from '../../parts/when.tsx';
import { CreditsSection } from '../credits/credits-section.tsx';
import { AddOnForm, RemovalForm, StandingRequest } from './access-forms.tsx';
import { ACCESS_PATH, readOfficeDates, readTeamPicker, type AddOn } from './read-team-calls.ts';
import { TeamCalls, TeamDates } from './team-calls.tsx';

/** What the account has of the platform's add-on, for everybody of it [R19.7]. */
export const accessPage: Page = {
  path: ACCESS_PATH,
  audience: 'admin',
  roles: EVERYBODY,
  show: (call) => show(call, EMPTY_FORM, null, 200),
  async submit(call, { body, typed, key }) {
    const step = typed._step?.at(-1);
    if (step === 'withdraw') return after(call, await call.api.ask(removalRequestRoutes.withdraw, { key }));
    if (step === 'add') return added(call, await call.api.ask(accessRoutes.add, { body: {}, key }));
    const answer = await call.api.ask(removalRequestRoutes.make, { body, key });
    return answer.isDone
      ? redirect(ACCESS_PATH)
      : show(call, refusedForm(typed, answer.problem), answer.problem, answer.status);
  },
};

type Refused = { isDone: false; problem: ProblemBody; status: number };

const after = (call: PageCall, answer: { isDone: true } | Refused) =>
  answer.isDone ? redirect(ACCESS_PATH) : show(call, EMPTY_FORM, answer.problem, answer.status);

type Added = { isDone: true; body: { status: string; url?: string } };

/** Where no card is saved it goes on at Stripe's page. */
function added(call: PageCall, answer: Added | Refused): PageAnswer | Promise<PageAnswer> {
  if (answer.isDone && answer.body.url) return { kind: 'handOver', to: answer.body.url, title: 'On to the payment' };
  return after(call, answer);
}

async function show(call: PageCall, form: FormState, problem: ProblemBody | null, status: number): Promise<PageAnswer> {
  const addOn = await call.api.read(accessRoutes.read, {}).catch(nullIfMissing);
  return page(
    'Access',
    <>
      <div className="head">
        <h1>Access</h1>
        {addOn && addOn.status !== 'none' ? <BillingBadge status={addOn.status} /> : null}
      </div>
      <ProblemNotice problem={problem} />
      <Told notice={call.query.notice} />
      {addOn ? await content(call, addOn, form) : <p>There is no add-on for this account.</p>}
    </>,
    status,
  );
}

const NOTICES: Record<string, string> = {
  asked: 'Your request is being carried out.',
  'call-booked': 'The call is booked.',
  'call-canceled': 'The call is canceled.',
  'seat-booked': 'You have a seat.',
  'seat-canceled': 'The seat is given up.',
};

function Told({ notice = '' }: { notice: string | undefined }) {
  const told = NOTICES[notice];
  return told === undefined ? null : <Notice tone="good">{told}</Notice>;
}

/** The platform itself has none, and neither has who runs this for themselves. */
function nullIfMissing(error: unknown): null {
  if (error instanceof Problem && error.status === 404) return null;
  throw error;
}

async function content(call: PageCall, addOn: AddOn, form: FormState) {
  const site = siteOf(call);
  const mayChange = hasRole(call, BILLING);
  if (addOn.purchaseId === null || addOn.status === 'canceled')
    return (
      <>
        {addOn.purchaseId === null ? null : <Notice tone="plain">The add-on has ended. It can be added again.</Notice>}
        <WhatItGives />
        {mayChange ? <AddOnForm /> : null}
      </>
    );
  const { purchaseId } = addOn;
  const here = { ...site, now: addOn.now };
  const credits = await call.api.read(teamCallRoutes.credits, { params: { purchaseId } });
  const calls = await call.api.read(teamCallRoutes.list, { query: { limit: '25', state: 'booked' } });
  const seats = await call.api.read(teamCallRoutes.listOfSeats, { query: { limit: '25', state: 'booked' } });
  return (
    <>
      <StandingOf addOn={addOn} site={site} />
      <StandingRequest request={addOn.removalRequest} site={site} mayWithdraw={mayChange} />
      <TeamCalls calls={calls.data} seats={seats.data} site={site} />
      <section id="book">
        <h2>Book a call</h2>
        {addOn.credits.available > 0 ? (
          <SlotPicker {...await readTeamPicker(call, { purchaseId, here })} />
        ) : (
          <p>No call credit is left now. The next one is issued below.</p>
        )}
      </section>
      {addOn.officeHours ? (
        <TeamDates dates={await readOfficeDates(call, purchaseId)} purchaseId={purchaseId} here={here} />
      ) : null}
      <CreditsSection credits={credits} purchaseId={purchaseId} mayForfeit={false} calls={[]} site={site} />
      {mayChange && addOn.removalRequest === null ? (
        <RemovalForm form={form} closesAt={addOn.refundWindowClosesAt} site={site} />
      ) : null}
    </>
  );
}

const WhatItGives = () => (
  <p>
    Six call credits a year, office hours, twice every quota of your plan, the code editor and early access to what is
    new. It is billed at the interval of your plan, and needs one.
  </p>
);

const StandingOf = ({ addOn, site }: { addOn: AddOn; site: Site }) => (
  <Facts
    facts={[
      ['Offer', addOn.offer?.name ?? ''],
      ['Quotas', `Times ${addOn.quotaFactor}`],
      ['Features', addOn.features.map((one) => one.replaceAll('_', ' ')).join(', ') || '–'],
      ['First payment', <Day key="first" at={addOn.firstPaymentAt} site={site} none="None yet" />],
      ['Money back', <When key="window" at={addOn.refundWindowClosesAt} site={site} none="No window" />],
      [
        'Next charge',
        addOn.nextCharge ? (
          <span key="charge">
            {moneyInWords(addOn.nextCharge)}, <DayAndNear at={addOn.nextCharge.at} site={site} />
          </span>
        ) : (
          '–'
        ),
      ],
    ]}
  />
);
