import type { ReactNode } from 'react';
import { EVERYBODY } from '../../../auth/roles.ts';
import { teamCallRoutes } from '../../../calls/team-calls.ts';
import { Problem, type ProblemBody } from '../../../http/problem.ts';
import { redirect, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';
import { CallTime } from '../../parts/calls/call-time.tsx';
import { bookingTerms, endOfCall, WithTerm } from '../../parts/calls/call-terms.tsx';
import { Confirm } from '../../parts/calls/confirm.tsx';
import { twoSteps, type BookingPreview, type TwoSteps } from '../../parts/calls/two-steps.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { creditsInWords } from '../../words/credit-effect.ts';
import type { BookedCall, BookedSeat, OfficeDate } from './read-team-calls.ts';
import { ACCESS_PATH, platformHere, readCredits } from './read-team-calls.ts';

type TeamSteps = Pick<TwoSteps<BookingPreview>, 'path' | 'title' | 'ask' | 'confirm'> & {
  /** What has to be named in the address. */
  names: string;
  notice: string;
};

/** A page of two steps for anybody of the account, from which they go on to the add-on [R19.5]. */
const teamSteps = ({ names, notice, ...steps }: TeamSteps): Page =>
  twoSteps<BookingPreview>({
    ...steps,
    audience: 'admin',
    roles: EVERYBODY,
    here: async (call) => (await platformHere(call)).here,
    before: async ({ query }): Promise<PageAnswer | null> =>
      query[names] === undefined ? redirect(ACCESS_PATH) : null,
    refused: async (_call, problem) => <Refused problem={problem} />,
    goesOn: (_call, { isPending }) => `${ACCESS_PATH}?notice=${isPending ? 'asked' : notice}`,
  });

const Refused = ({ problem }: { problem: ProblemBody }) => (
  <section className="lone">
    <h1>That is not possible now</h1>
    <Notice tone="warn">{problem.detail}</Notice>
    <p>
      <a href={ACCESS_PATH}>Back to the add-on</a>
    </p>
  </section>
);

const back = (word: string) => ({ href: ACCESS_PATH, word });

const slotOf = ({ query }: PageCall) => ({
  purchaseId: query.purchase ?? '',
  expertId: query.expert ?? null,
  startsAt: query.startsAt ?? '',
});

const bookCall = teamSteps({
  path: `${ACCESS_PATH}/book`,
  title: 'Book a call',
  names: 'startsAt',
  notice: 'call-booked',
  ask: (call, { key, ...tried }) => call.api.ask(teamCallRoutes.book, { body: { ...slotOf(call), ...tried }, key }),
  async confirm(call, { preview, here, problem }) {
    const { purchaseId, expertId } = slotOf(call);
    const [credits, { addOn }] = [await readCredits(call, purchaseId), await platformHere(call)];
    const { data: experts } = await call.api.read(teamCallRoutes.experts, {});
    const startsAt = preview.calls[0]?.startsAt ?? here.now;
    const expert = experts.find(({ id }) => id === expertId) ?? null;
    return (
      <Confirm
        title="Book this call?"
        trouble={<ProblemNotice problem={problem} />}
        terms={bookingTerms({
          startsAt,
          endsAt: endOfCall(startsAt, addOn.credits.callMinutes ?? 0),
          expert,
          here,
          credits: creditsInWords(preview.credits, credits.data, here),
        })}
        planHash={preview.planHash}
        button="Book the call"
        back={back('Choose another time')}
      />
    );
  },
});

const dateOf = ({ query }: PageCall) => ({
  blockId: query.block ?? '',
  date: query.date ?? '',
  purchaseId: query.purchase ?? '',
});

const takeSeat = teamSteps({
  path: `${ACCESS_PATH}/seat`,
  title: 'Take a seat',
  names: 'block',
  notice: 'seat-booked',
  ask(call, { key, ...tried }) {
    const { blockId, ...asked } = dateOf(call);
    return call.api.ask(teamCallRoutes.takeSeat, { params: { blockId }, body: { ...asked, ...tried }, key });
  },
  async confirm(call, { preview, here, problem }) {
    const date = await readDate(call);
    return (
      <Confirm
        title="Take a seat?"
        trouble={<ProblemNotice problem={problem} />}
        terms={[...timeAndHost(date, here), 'It costs no credit, and you may give it up until it begins.']}
        planHash={preview.planHash}
        button="Take a seat"
        back={back('Back')}
      />
    );
  },
});

const timeAndHost = (booked: BookedCall | BookedSeat | OfficeDate, here: Site): ReactNode[] => [
  <CallTime key="time" {...booked} here={here} />,
  <WithTerm key="with" {...booked} here={here} />,
];

async function readDate(call: PageCall): Promise<OfficeDate> {
  const { purchaseId, blockId, date } = dateOf(call);
  const { data } = await call.api.read(teamCallRoutes.officeHours, { query: { purchaseId } });
  return found(data.find((one) => one.blockId === blockId && one.date === date));
}

const cancelCall = teamSteps({
  path: `${ACCESS_PATH}/cancel-call`,
  title: 'Cancel the call',
  names: 'call',
  notice: 'call-canceled',
  ask: ({ api, query }, { key, ...body }) =>
    api.ask(teamCallRoutes.cancel, { params: { callId: query.call ?? '' }, body, key }),
  async confirm(call, { preview, here, problem }) {
    const { data } = await call.api.read(teamCallRoutes.list, { query: { limit: '200', state: 'booked' } });
    const booked = found(data.find(({ id }) => id === call.query.call));
    const credits = await readCredits(call, booked.purchaseId);
    return (
      <Confirm
        title="Cancel this call?"
        trouble={<ProblemNotice problem={problem} />}
        terms={[...timeAndHost(booked, here), ...creditsInWords(preview.credits, credits.data, here)]}
        planHash={preview.planHash}
        button="Cancel the call"
        isDangerous
        back={back('Keep it')}
      />
    );
  },
});

const giveSeatUp = teamSteps({
  path: `${ACCESS_PATH}/cancel-seat`,
  title: 'Give the seat up',
  names: 'seat',
  notice: 'seat-canceled',
  ask: ({ api, query }, { key, ...body }) =>
    api.ask(teamCallRoutes.cancelSeat, { params: { seatId: query.seat ?? '' }, body, key }),
  async confirm(call, { preview, here, problem }) {
    const { data } = await call.api.read(teamCallRoutes.listOfSeats, { query: { limit: '200', state: 'booked' } });
    const seat = found(data.find(({ id }) => id === call.query.seat));
    return (
      <Confirm
        title="Give this seat up?"
        trouble={<ProblemNotice problem={problem} />}
        terms={[...timeAndHost(seat, here), 'Somebody else may take it then. No credit was used.']}
        planHash={preview.planHash}
        button="Give the seat up"
        isDangerous
        back={back('Keep it')}
      />
    );
  },
});

function found<One>(one: One | undefined): One {
  if (one === undefined) throw new Problem(404, 'not_found', { detail: 'It is not there any more.' });
  return one;
}

/** What anybody of the account books with its add-on. */
export const teamBookingPages: readonly Page[] = [bookCall, takeSeat, cancelCall, giveSeatUp];
