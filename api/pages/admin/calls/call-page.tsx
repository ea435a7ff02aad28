import { PEOPLE } from '../../../auth/roles.ts';
import { callRoutes } from '../../../calls/calls.ts';
import { page, siteOf, type Page, type PageCall, type Site } from '../../page.ts';
import { CallTime, timeElsewhere } from '../../parts/calls/call-time.tsx';
import { Facts } from '../../parts/list.tsx';
import { Notice } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import { CallState, creditInWords, personOf, type Call } from '../../parts/calls/call-words.tsx';
import { PATH } from './call-views.tsx';

export const paramsOf = ({ params }: PageCall) => ({ callId: params.callId ?? '' });
export const readCall = (call: PageCall): Promise<Call> => call.api.read(callRoutes.read, { params: paramsOf(call) });

/** One call: whose, with whom, and what can be done about it. */
export const callPage: Page = {
  path: `${PATH}/{callId}`,
  audience: 'admin',
  roles: PEOPLE,
  async show(call) {
    const shown = await readCall(call);
    return page(`Call of ${personOf(shown)}`, <CallView call={shown} site={siteOf(call)} notice={call.query.notice} />);
  },
  state: async (call) => JSON.stringify(await readCall(call)),
};

const NOTICES: Record<string, string> = {
  booked: 'The call is booked.',
  moved: 'The call has another time now.',
  canceled: 'The call is canceled.',
  held: 'The call is marked as held.',
  'no-show': 'The call is marked as missed.',
  asked: 'It is being carried out.',
};

type ViewProps = { call: Call; site: Site; notice: string | undefined };

function CallView({ call, site, notice }: ViewProps) {
  const word = notice === undefined ? undefined : NOTICES[notice];
  return (
    <>
      <p className="crumbs">
        <a href={PATH}>Calls</a>
      </p>
      <div className="head">
        <h1>
          Call of <bdi>{personOf(call)}</bdi>
        </h1>
        <Actions call={call} site={site} />
      </div>
      {word === undefined ? null : <Notice tone="good">{word}</Notice>}
      <CallFacts call={call} site={site} />
    </>
  );
}

function Actions({ call: { id, state, startsAt, movableUntil }, site }: Omit<ViewProps, 'notice'>) {
  const hasBegun = site.now >= startsAt;
  return (
    <div className="actions">
      {movableUntil !== null && site.now <= movableUntil ? (
        <a className="btn" href={`${PATH}/${id}/move`}>
          Move
        </a>
      ) : null}
      {hasBegun && state !== 'held' && state !== 'canceled' ? (
        <a className="btn" href={`${PATH}/${id}/held`}>
          Mark as held
        </a>
      ) : null}
      {hasBegun && state !== 'no_show' && state !== 'canceled' ? (
        <a className="btn" href={`${PATH}/${id}/no-show`}>
          Mark as missed
        </a>
      ) : null}
      {state === 'booked' ? (
        <a className="btn" href={`${PATH}/${id}/cancel`}>
          Cancel
        </a>
      ) : null}
    </div>
  );
}

function CallFacts({ call, site }: Omit<ViewProps, 'notice'>) {
  const { contact, expert, startsAt, endedAt, purchaseId } = call;
  const there = timeElsewhere(startsAt, site, expert.timeZone);
  return (
    <Facts
      facts={[
        ['When', <CallTime key="when" {...call} here={site} />],
        ...(there === null ? [] : [['For the expert', there] as const]),
        ['State', <CallState key="state" {...call} />],
        ['Credit', creditInWords(call)],
        [
          'Person',
          <a key="person" href={`/contacts/${contact.id}`}>
            <bdi>{personOf(call)}</bdi>
          </a>,
        ],
        [
          'Expert',
          <a key="expert" href={`/experts/${expert.id}`}>
            <bdi>{expert.name}</bdi>
          </a>,
        ],
        [
          'Purchase',
          <a key="purchase" href={`/purchases/${purchaseId}`}>
            The purchase that gives it
          </a>,
        ],
        [
          'Meeting link',
          <a key="link" href={call.meetingUrl}>
            {call.meetingUrl}
          </a>,
        ],
        ['Booked', <When key="booked" at={call.bookedAt} site={site} />],
        ...(endedAt === null ? [] : [['Ended', <When key="ended" at={endedAt} site={site} />] as const]),
      ]}
    />
  );
}
