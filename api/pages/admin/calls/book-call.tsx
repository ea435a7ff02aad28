import { callRoutes } from '../../../calls/calls.ts';
import { expertRoutes } from '../../../credits/experts.ts';
import { fromMs, MINUTE_MS, toMs } from '../../../../workflows/domain/instant.ts';
import { purchasePath, readPurchase } from '../purchase/read-purchase.ts';
import { page, type PageAnswer, type PageCall } from '../../page.ts';
import { CallTime, WithExpert } from '../../parts/calls/call-time.tsx';
import { Confirm } from '../../parts/calls/confirm.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { adminSteps, emailsInWords } from './admin-steps.tsx';
import { paramsOf, readCall } from './call-page.tsx';
import { PATH } from './call-views.tsx';
import { personOf } from '../../parts/calls/call-words.tsx';
import { creditTerms } from './change-call.tsx';
import { addressOfDays, chooseSlot } from './choose-slot.tsx';

const bookPathOf = (purchaseId: string): string => `${purchasePath(purchaseId)}/book-call`;
const movePathOf = (callId: string): string => `${PATH}/${callId}/move`;
const purchaseIdOf = ({ params }: PageCall): string => params.purchaseId ?? '';

async function expertNamed({ api, query }: PageCall) {
  const { data } = await api.read(expertRoutes.list, { query: { limit: '200' } });
  return data.find(({ id }) => id === query.expert) ?? null;
}

/** Books a call for a customer: first the slots, then what it means [R19.5]. */
export const bookForPage = adminSteps({
  path: '/purchases/{purchaseId}/book-call',
  title: 'Book a call',
  notice: 'booked',
  before: async (call) => (call.query.startsAt === undefined ? chooseForBooking(call) : null),
  ask(call, { key, ...tried }) {
    const { startsAt = '', expert: expertId = null } = call.query;
    return call.api.ask(callRoutes.book, {
      body: { purchaseId: purchaseIdOf(call), expertId, startsAt, ...tried },
      key,
    });
  },
  async confirm(call, { preview, here, problem }) {
    const purchase = await readPurchase(call);
    const [expert, credits] = [await expertNamed(call), await creditTerms(call, purchase.id, preview, here)];
    const startsAt = preview.calls[0]?.startsAt ?? here.now;
    const endsAt = fromMs(toMs(startsAt) + (purchase.terms.credits?.callMinutes ?? 0) * MINUTE_MS);
    return (
      <Confirm
        title={`Book a call for ${purchase.contact.name ?? purchase.contact.email}?`}
        trouble={<ProblemNotice problem={problem} />}
        terms={[
          <CallTime key="time" startsAt={startsAt} endsAt={endsAt} here={here} />,
          expert === null ? (
            'With whoever is free then'
          ) : (
            <>
              With <WithExpert startsAt={startsAt} expert={expert} here={here} />
            </>
          ),
          ...credits,
          ...emailsInWords(preview),
        ]}
        planHash={preview.planHash}
        button="Book the call"
        back={{ href: addressOfDays(bookPathOf(purchase.id), call.query), word: 'Choose another time' }}
      />
    );
  },
});

async function chooseForBooking(call: PageCall): Promise<PageAnswer> {
  const { id, contact, offer } = await readPurchase(call);
  const view = (
    <>
      <p className="crumbs">
        <a href={purchasePath(id)}>{offer.name}</a>
      </p>
      <div className="head">
        <h1>
          Book a call for <bdi>{contact.name ?? contact.email}</bdi>
        </h1>
      </div>
      {await chooseSlot(call, { path: bookPathOf(id), purchaseId: id })}
    </>
  );
  return page('Book a call', view);
}

/** Another time for a call, or another expert. */
export const movePage = adminSteps({
  path: movePathOf('{callId}'),
  title: 'Move the call',
  notice: 'moved',
  before: async (call) => (call.query.startsAt === undefined ? chooseForMove(call) : null),
  ask(call, { key, ...tried }) {
    const { startsAt = '', expert } = call.query;
    const body = { startsAt, ...(expert !== undefined && { expertId: expert }), ...tried };
    return call.api.ask(callRoutes.reschedule, { params: paramsOf(call), body, key });
  },
  async confirm(call, { preview, here, problem }) {
    const booked = await readCall(call);
    const startsAt = preview.calls[0]?.startsAt ?? booked.startsAt;
    const endsAt = fromMs(toMs(startsAt) + toMs(booked.endsAt) - toMs(booked.startsAt));
    const expert = (await expertNamed(call)) ?? booked.expert;
    return (
      <Confirm
        title="Move this call?"
        trouble={<ProblemNotice problem={problem} />}
        terms={[
          <>
            <bdi>{personOf(booked)}</bdi>, now on <CallTime {...booked} here={here} />
          </>,
          <>
            To <CallTime startsAt={startsAt} endsAt={endsAt} here={here} />, with{' '}
            <WithExpert startsAt={startsAt} expert={expert} here={here} />
          </>,
          'Its credit stays held for it.',
          ...emailsInWords(preview),
        ]}
        planHash={preview.planHash}
        button="Move the call"
        back={{ href: addressOfDays(movePathOf(booked.id), call.query), word: 'Choose another time' }}
      />
    );
  },
});

async function chooseForMove(call: PageCall): Promise<PageAnswer> {
  const { id, purchaseId, expert, ...booked } = await readCall(call);
  const view = (
    <>
      <p className="crumbs">
        <a href={`${PATH}/${id}`}>The call</a>
      </p>
      <div className="head">
        <h1>
          Move the call of <bdi>{personOf(booked)}</bdi>
        </h1>
      </div>
      {await chooseSlot(call, { path: movePathOf(id), purchaseId, expertId: expert.id })}
    </>
  );
  return page('Move the call', view);
}
