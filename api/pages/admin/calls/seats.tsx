import { PEOPLE } from '../../../auth/roles.ts';
import { seatRoutes } from '../../../calls/calls.ts';
import { officeHoursRoutes } from '../../../credits/office-hours.ts';
import { page, siteOf, type Page, type PageCall, type Site } from '../../page.ts';
import { CallTime, ShortTime } from '../../parts/calls/call-time.tsx';
import { Confirm } from '../../parts/calls/confirm.tsx';
import { twoSteps } from '../../parts/calls/two-steps.tsx';
import { countOf } from '../../parts/counts.ts';
import { addressWith, Table } from '../../parts/list.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { dateInWords } from '../../words/instant.ts';
import { blockInWords } from '../credits/block-fields.tsx';
import { purchasePath, readPurchase } from '../purchase/read-purchase.ts';
import { emailsInWords, ofAdmins, type AdminPreview } from './admin-steps.tsx';
import { CallState, personOf, type Seat } from '../../parts/calls/call-words.tsx';

const datePath = (blockId: string, date: string): string => `/office-hours/${blockId}/${date}`;
const blockOf = ({ api, params }: PageCall) =>
  api.read(officeHoursRoutes.read, { params: { blockId: params.blockId ?? '' } });

/** All seats of a block that are on one date. */
async function seatsOf({ api, params: { blockId = '', date = '' } }: PageCall): Promise<Seat[]> {
  const seats: Seat[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const query = { blockId, date, limit: '200', ...(cursor && { cursor }) };
    const { data, nextCursor } = await api.read(seatRoutes.listOfSeats, { query });
    seats.push(...data);
    cursor = nextCursor;
  }
  return seats.toSorted((a, b) => a.seat - b.seat);
}

/** Who has a seat on one day of a block. */
export const officeDatePage: Page = {
  path: datePath('{blockId}', '{date}'),
  audience: 'admin',
  roles: PEOPLE,
  async show(call) {
    const site = siteOf(call);
    const [block, seats] = [await blockOf(call), await seatsOf(call)];
    const day = dateInWords(call.params.date ?? '', site);
    const taken = seats.filter(({ state }) => state === 'booked').length;
    return page(
      `Office hours on ${day}`,
      <>
        <p className="crumbs">
          <a href={`/office-hours/${block.id}`}>{blockInWords(block)}</a>
        </p>
        <div className="head">
          <h1>Office hours on {day}</h1>
        </div>
        {call.query.notice === 'canceled' ? <Notice tone="good">The seat is given up.</Notice> : null}
        {call.query.notice === 'booked' ? <Notice tone="good">The seat is booked.</Notice> : null}
        <p className="quiet">
          {taken} of {countOf(block.seats, 'seat')} taken, hosted by <bdi>{block.expertName}</bdi>
        </p>
        <Table
          caption="Seats"
          rows={seats}
          keyOf={({ id }) => id}
          empty={<p>Nobody has a seat.</p>}
          columns={[
            { label: 'Who', width: 'wide', at: '1', cell: (seat) => <SeatLink seat={seat} /> },
            { label: 'State', at: '1r', cell: CallState },
            { label: '', isFigure: true, at: '2r', cell: (seat) => <GiveUp seat={seat} now={site.now} /> },
          ]}
        />
      </>,
    );
  },
};

const SeatLink = ({ seat }: { seat: Seat }) => (
  <a href={purchasePath(seat.purchaseId)}>
    <bdi>{personOf(seat)}</bdi>
  </a>
);

const GiveUp = ({ seat, now }: { seat: Seat; now: string }) =>
  seat.state === 'booked' && now < seat.startsAt ? (
    <a className="btn tiny" href={`/seats/${seat.id}/cancel?block=${seat.blockId}&date=${seat.date}`}>
      Give it up<span className="unseen">: the seat of {personOf(seat)}</span>
    </a>
  ) : null;

const purchaseIdOf = ({ params }: PageCall): string => params.purchaseId ?? '';

/** A seat for a customer: first the days, then what it means. */
export const bookSeatForPage = twoSteps<AdminPreview>({
  ...ofAdmins,
  path: '/purchases/{purchaseId}/book-seat',
  title: 'Take a seat',
  before: async (call) => (call.query.block === undefined ? chooseDate(call) : null),
  ask({ api, ...call }, { key, ...tried }) {
    const { block: blockId = '', date = '' } = call.query;
    const body = { purchaseId: purchaseIdOf({ api, ...call }), date, ...tried };
    return api.ask(seatRoutes.takeSeat, { params: { blockId }, body, key });
  },
  async confirm(call, { preview, problem }) {
    const { contact, id } = await readPurchase(call);
    const day = dateInWords(call.query.date ?? '', siteOf(call));
    return (
      <Confirm
        title={`Take a seat for ${contact.name ?? contact.email}?`}
        trouble={<ProblemNotice problem={problem} />}
        terms={[`Office hours on ${day}.`, 'It costs no credit.', ...emailsInWords(preview)]}
        planHash={preview.planHash}
        button="Take the seat"
        back={{ href: `${purchasePath(id)}/book-seat`, word: 'Choose another day' }}
      />
    );
  },
  goesOn: ({ query }) => `${datePath(query.block ?? '', query.date ?? '')}?notice=booked`,
});

async function chooseDate(call: PageCall) {
  const { now } = siteOf(call);
  const [purchase, blocks] = await Promise.all([
    readPurchase(call),
    call.api.read(officeHoursRoutes.list, { query: { archived: 'false', limit: '200' } }),
  ]);
  const dates = blocks.data
    .flatMap(({ id, expertName, dates: days }) => days.map((day) => ({ ...day, blockId: id, expertName })))
    .filter(({ startsAt }) => startsAt > now)
    .toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
  const view = (
    <>
      <p className="crumbs">
        <a href={purchasePath(purchase.id)}>{purchase.offer.name}</a>
      </p>
      <div className="head">
        <h1>
          A seat for <bdi>{purchase.contact.name ?? purchase.contact.email}</bdi>
        </h1>
      </div>
      <Dates dates={dates} path={`${purchasePath(purchase.id)}/book-seat`} site={siteOf(call)} />
    </>
  );
  return page('Take a seat', view);
}

type DatesProps = {
  dates: { blockId: string; date: string; startsAt: string; endsAt: string; expertName: string; free: number }[];
  path: string;
  site: Site;
};

const Dates = ({ dates, path, site }: DatesProps) => (
  <Table
    caption="Office hours, the earliest first"
    rows={dates}
    keyOf={({ blockId, date }) => `${blockId} ${date}`}
    empty={<p>None are planned in the next 60 days.</p>}
    columns={[
      { label: 'When', width: 'wide', at: '1', cell: (one) => <ShortTime {...one} here={site} /> },
      { label: 'Host', width: 'less', at: '2', isQuiet: true, cell: ({ expertName }) => <bdi>{expertName}</bdi> },
      {
        label: 'Free',
        isFigure: true,
        at: '1r',
        cell: ({ blockId, date, free }) =>
          free === 0 ? (
            'Full'
          ) : (
            <a className="btn tiny" href={addressWith(path, { block: blockId, date }, {})}>
              Take 1 of {free}
              <span className="unseen"> on {date}</span>
            </a>
          ),
      },
    ]}
  />
);

/** Gives somebody's seat up. */
export const cancelSeatForPage = twoSteps<AdminPreview>({
  ...ofAdmins,
  path: '/seats/{seatId}/cancel',
  title: 'Give the seat up',
  ask: ({ api, params }, { key, ...tried }) =>
    api.ask(seatRoutes.cancelSeat, { params: { seatId: params.seatId ?? '' }, body: { ...tried, by: 'site' }, key }),
  async confirm(call, { preview, here, problem }) {
    const seat = await call.api.read(seatRoutes.read, { params: { seatId: call.params.seatId ?? '' } });
    return (
      <Confirm
        title="Give this seat up?"
        trouble={<ProblemNotice problem={problem} />}
        terms={[
          <bdi key="who">{personOf(seat)}</bdi>,
          <CallTime key="time" {...seat} here={here} />,
          ...emailsInWords(preview),
        ]}
        planHash={preview.planHash}
        button="Give the seat up"
        isDangerous
        back={{ href: datePath(seat.blockId, seat.date), word: 'Keep it' }}
      />
    );
  },
  goesOn: ({ query }) => `${datePath(query.block ?? '', query.date ?? '')}?notice=canceled`,
});
