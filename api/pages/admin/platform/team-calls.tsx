import type { Site } from '../../page.ts';
import { addressWith, Table } from '../../parts/list.tsx';
import { WeekdayAndHour } from '../../parts/when.tsx';
import { ACCESS_PATH, type BookedCall as Call, type BookedSeat, type OfficeDate } from './read-team-calls.ts';

type Booked = {
  id: string;
  what: string;
  startsAt: string;
  expert: string;
  bookedBy: string | null;
  meetingUrl: string;
  /** Where it is canceled. */
  away: string;
};

const rowsOf = (calls: readonly Call[], seats: readonly BookedSeat[]): Booked[] =>
  [
    ...calls.map((call) => ({ ...call, what: 'Call', expert: call.expert.name, away: `cancel-call?call=${call.id}` })),
    ...seats.map((seat) => ({
      ...seat,
      what: 'Office hours',
      expert: seat.expert.name,
      away: `cancel-seat?seat=${seat.id}`,
    })),
  ].toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1));

/** What the team has booked, each with who did [R19.5]. */
export const TeamCalls = ({
  calls,
  seats,
  site,
}: {
  calls: readonly Call[];
  seats: readonly BookedSeat[];
  site: Site;
}) => (
  <section>
    <h2>Calls and office hours</h2>
    <Table
      caption="What is booked, the next first"
      rows={rowsOf(calls, seats)}
      keyOf={({ id }) => id}
      empty={<p>Nothing is booked.</p>}
      columns={[
        { label: 'When', at: '1', cell: ({ startsAt }) => <WeekdayAndHour at={startsAt} site={site} /> },
        { label: 'What', at: '1r', width: 'fit', cell: ({ what }) => what },
        { label: 'With', at: '2', cell: ({ expert }) => expert },
        { label: 'Booked by', at: '2r', cell: ({ bookedBy }) => bookedBy ?? 'The owner' },
        { label: 'Where', isSpare: true, width: 'fit', cell: ({ meetingUrl }) => <a href={meetingUrl}>Meeting</a> },
        { label: '', isFigure: true, width: 'fit', cell: ({ away, what }) => <CancelLink away={away} what={what} /> },
      ]}
    />
  </section>
);

const CancelLink = ({ away, what }: Pick<Booked, 'away' | 'what'>) => (
  <a className="btn tiny" href={`${ACCESS_PATH}/${away}`}>
    Cancel<span className="unseen"> {what}</span>
  </a>
);

type DatesProps = { dates: readonly OfficeDate[]; purchaseId: string; here: Site };

/** Office hours that come, in which a seat costs no credit [R19.6]. */
export const TeamDates = ({ dates, purchaseId, here }: DatesProps) => (
  <section>
    <h2>Office hours</h2>
    <Table
      caption="Office hours, the next first"
      rows={dates.slice(0, MOST_DATES)}
      keyOf={({ blockId, date }) => `${blockId} ${date}`}
      empty={<p>None are planned in the next 60 days.</p>}
      columns={[
        { label: 'When', at: '1', cell: ({ startsAt }) => <WeekdayAndHour at={startsAt} site={here} /> },
        { label: 'With', at: '2', cell: ({ expert }) => expert.name },
        { label: 'Seats', isSpare: true, isFigure: true, width: 'fit', cell: ({ free }) => free },
        { label: '', isFigure: true, at: '1r', cell: (date) => <Seat date={date} purchaseId={purchaseId} /> },
      ]}
    />
  </section>
);

const MOST_DATES = 8;

function Seat({ date: { blockId, date, free, seatId }, purchaseId }: { date: OfficeDate; purchaseId: string }) {
  if (seatId !== null) return <span className="state good">Booked</span>;
  if (free === 0) return <span className="state off">Full</span>;
  const asked = { purchase: purchaseId, block: blockId, date };
  return (
    <a className="btn tiny" href={addressWith(`${ACCESS_PATH}/seat`, asked, {})}>
      Take a seat<span className="unseen"> on {date}</span>
    </a>
  );
}
