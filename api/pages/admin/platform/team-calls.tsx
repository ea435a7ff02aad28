import type { z } from 'zod';
import type { myCallSchema, mySeatSchema } from '../../../calls/call-schema.ts';
import type { Site } from '../../page.ts';
import { Table } from '../../parts/list.tsx';
import { WeekdayAndHour } from '../../parts/when.tsx';

type Call = z.output<typeof myCallSchema>;
type Seat = z.output<typeof mySeatSchema>;
type Booked = {
  id: string;
  what: string;
  startsAt: string;
  expert: string;
  bookedBy: string | null;
  meetingUrl: string;
};

const rowsOf = (calls: readonly Call[], seats: readonly Seat[]): Booked[] =>
  [
    ...calls.map((call) => ({ ...call, what: 'Call', expert: call.expert.name })),
    ...seats.map((seat) => ({ ...seat, what: 'Office hours', expert: seat.expert.name })),
  ].toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1));

/** What the team has booked, each with who did [R19.5]. */
export const TeamCalls = ({ calls, seats, site }: { calls: readonly Call[]; seats: readonly Seat[]; site: Site }) => (
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
      ]}
    />
  </section>
);
