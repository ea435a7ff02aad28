import { inSite, type Site } from '../../page.ts';
import { CallTime, WithExpert } from '../../parts/calls/call-time.tsx';
import { CALL_WORDS } from '../../parts/calls/call-words.tsx';
import { Table } from '../../parts/list.tsx';
import { When } from '../../parts/when.tsx';
import { CREDIT_FATE_WORDS } from '../../words/credit.ts';
import { isSeat, type MyCall, type MySeat } from './read-calls.ts';

type ShownProps = { bookings: readonly (MyCall | MySeat)[]; here: Site };

/** What is booked, the next first, each with what can be done about it. */
export const Upcoming = ({ bookings, here }: ShownProps) => (
  <section className="box stack" aria-labelledby="upcoming">
    <h2 id="upcoming">Upcoming</h2>
    {bookings.length === 0 ? <p className="quiet">Nothing is booked.</p> : null}
    {bookings.map((one) => (
      <article key={one.id} className="booking">
        <div>
          <p>
            <CallTime {...one} here={here} />
          </p>
          <p className="quiet">
            {isSeat(one) ? 'A seat in the office hours of ' : 'A call with '}
            <WithExpert {...one} here={here} />. {isSeat(one) ? null : <Until call={one} here={here} />}
          </p>
        </div>
        <div className="actions">
          <a className="btn" href={one.meetingUrl}>
            Join
          </a>
          {isSeat(one) ? <SeatActions seat={one} here={here} /> : <CallActions call={one} here={here} />}
        </div>
      </article>
    ))}
  </section>
);

function Until({ call: { movableUntil }, here }: { call: MyCall; here: Site }) {
  if (movableUntil === null) return null;
  if (here.now > movableUntil) return <>It begins within 24 hours: if you cancel it, its credit is spent.</>;
  return (
    <>
      It can be moved or canceled until <When at={movableUntil} site={here} />; later the credit is spent.
    </>
  );
}

function CallActions({ call, here }: { call: MyCall; here: Site }) {
  if (here.now >= call.startsAt) return null;
  const at = inSite(here, `/calls/${call.id}`);
  return (
    <>
      {call.movableUntil !== null && here.now <= call.movableUntil ? (
        <a className="btn" href={`${at}/move`}>
          Move<span className="unseen"> the call with {call.expert.name}</span>
        </a>
      ) : null}
      <a className="btn" href={`${at}/cancel`}>
        Cancel<span className="unseen"> the call with {call.expert.name}</span>
      </a>
    </>
  );
}

const SeatActions = ({ seat, here }: { seat: MySeat; here: Site }) =>
  here.now >= seat.startsAt ? null : (
    <a className="btn" href={inSite(here, `/calls/seats/${seat.id}/cancel`)}>
      Give it up<span className="unseen">: the seat with {seat.expert.name}</span>
    </a>
  );

/** What was, the latest first. */
export const Past = ({ bookings, here }: ShownProps) =>
  bookings.length === 0 ? null : (
    <section className="box stack" aria-labelledby="past">
      <h2 id="past">Past</h2>
      <Table
        caption="Past calls and seats, the latest first"
        rows={bookings}
        keyOf={({ id }) => id}
        empty={null}
        columns={[
          { label: 'When', at: '1', cell: ({ startsAt }) => <When at={startsAt} site={here} /> },
          { label: 'With', width: 'wide', at: '2', isQuiet: true, cell: ({ expert }) => <bdi>{expert.name}</bdi> },
          { label: 'What became of it', isFigure: true, at: '1r', isQuiet: true, cell: fateInWords },
        ]}
      />
    </section>
  );

function fateInWords(booking: MyCall | MySeat): string {
  if (isSeat(booking)) return booking.state === 'canceled' ? 'Office hours, given up' : 'Office hours';
  const { state, credit } = booking;
  // What nobody has marked was held, as far as is known.
  const { label } = CALL_WORDS[state === 'booked' ? 'held' : state];
  return state === 'canceled' && credit !== null
    ? `${label}, credit ${CREDIT_FATE_WORDS[credit].toLowerCase()}`
    : label;
}
