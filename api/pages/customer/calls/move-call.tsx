import { customerCallRoutes } from '../../../calls/customer-calls.ts';
import { toMs, MINUTE_MS } from '../../../../workflows/domain/instant.ts';
import { addressWith } from '../../parts/list.tsx';
import { inSite, OF_SITE, page, siteOf, type PageAnswer, type PageCall } from '../../page.ts';
import { CallTime, WithExpert } from '../../parts/calls/call-time.tsx';
import { Confirm } from '../../parts/calls/confirm.tsx';
import { bookingTerms, endOfCall } from '../../parts/calls/call-terms.tsx';
import { expertNamed } from './experts-named.ts';
import { Picker } from './picker.tsx';
import { readPicker } from './read-picker.ts';
import { hereOf, readMe } from './read-calls.ts';
import { nextSlots } from './slots-instead.tsx';
import { ownSteps } from './two-steps.tsx';
import { Trouble } from '../purchase/trouble.tsx';

export const paramsOf = ({ params }: PageCall) => ({ callId: params.callId ?? '' });

const pathOf = (call: PageCall): string => `/calls/${paramsOf(call).callId}/move`;

/** Back to the same days. */
const backTo = (call: PageCall): string => {
  const { startsAt: _chosen, ...query } = call.query;
  return `${addressWith(inSite(siteOf(call), pathOf(call)), query, {})}#book`;
};

/** Another time for a call, or another expert: first the slots, then what it means [R19.5]. */
export const moveCallPage = ownSteps({
  path: `${OF_SITE}/calls/{callId}/move`,
  title: 'Move the call',
  notice: 'call-moved',
  before: async (call) => (call.query.startsAt === undefined ? chooseSlot(call) : null),
  ask(call, { key, ...tried }) {
    const { startsAt = '', expert } = call.query;
    const body = { startsAt, ...(expert !== undefined && { expertId: expert }), ...tried };
    return call.api.ask(customerCallRoutes.reschedule, { params: paramsOf(call), body, key });
  },
  async refused(call, problem, here) {
    const { purchaseId, expert } = await call.api.read(customerCallRoutes.read, { params: paramsOf(call) });
    const expertId = call.query.expert ?? expert.id;
    return nextSlots(call, { problem, here, purchaseId, expertId, back: backTo(call) });
  },
  async confirm(call, { preview, here, problem }) {
    const before = await call.api.read(customerCallRoutes.read, { params: paramsOf(call) });
    const startsAt = preview.calls[0]?.startsAt ?? before.startsAt;
    const endsAt = endOfCall(startsAt, (toMs(before.endsAt) - toMs(before.startsAt)) / MINUTE_MS);
    const expert = (await expertNamed(call, call.query.expert ?? null)) ?? before.expert;
    return (
      <Confirm
        title="Move this call?"
        trouble={<Trouble problem={problem} />}
        terms={[
          <>
            Now it is on <CallTime {...before} here={here} />
          </>,
          ...bookingTerms({ startsAt, endsAt, expert, here, credits: ['Its credit stays held for it.'] }),
        ]}
        planHash={preview.planHash}
        button="Move the call"
        back={{ href: backTo(call), word: 'Choose another time' }}
      />
    );
  },
});

async function chooseSlot(call: PageCall): Promise<PageAnswer> {
  const [me, booked] = await Promise.all([
    readMe(call),
    call.api.read(customerCallRoutes.read, { params: paramsOf(call) }),
  ]);
  const here = hereOf(call, me);
  const path = pathOf(call);
  const kept = { purchase: booked.purchaseId };
  const picker = await readPicker(call, { here, me, path, leadsTo: path, kept, expertId: booked.expert.id });
  const view = (
    <>
      <div className="head">
        <h1>Move your call</h1>
      </div>
      <p>
        Now it is on <CallTime {...booked} here={here} />, with <WithExpert {...booked} here={here} />.
      </p>
      <section className="box stack" id="book" aria-labelledby="book-title">
        <h2 id="book-title">Another time</h2>
        <Picker {...picker} />
      </section>
      <p>
        <a href={inSite(here, '/calls')}>Leave it as it is</a>
      </p>
    </>
  );
  return page('Move your call', view, 200, here.timeZone);
}
