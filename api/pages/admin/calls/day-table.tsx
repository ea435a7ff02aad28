import type { Instant } from '../../../../workflows/domain/instant.ts';
import type { Site } from '../../page.ts';
import { Table } from '../../parts/list.tsx';
import { Time, When } from '../../parts/when.tsx';
import { dateOf } from '../../words/instant.ts';
import { CallState, personOf, type Calendar } from '../../parts/calls/call-words.tsx';
import { PATH } from './call-views.tsx';
import { entriesOf, type DayEntry } from './day-entries.ts';

/** One day in order, a line each. */
export const DayTable = ({ calendar, date, site }: { calendar: Calendar; date: string; site: Site }) => (
  <Table
    caption="The day in order"
    rows={entriesOf(calendar)}
    keyOf={({ key }) => key}
    empty={<p>Nothing is planned on this day.</p>}
    columns={[
      { label: 'From', at: '1r', cell: ({ startsAt }) => <OnDay at={startsAt} date={date} site={site} /> },
      { label: 'Until', at: '2r', cell: ({ endsAt }) => <OnDay at={endsAt} date={date} site={site} /> },
      { label: 'What', width: 'wide', at: '1', cell: whatOf },
      { label: 'Expert', width: 'less', at: '2', isQuiet: true, cell: (entry) => <bdi>{expertOf(entry)}</bdi> },
      { label: 'State', isSpare: true, cell: (entry) => (entry.kind === 'call' ? <CallState {...entry.call} /> : '') },
    ]}
  />
);

/** The hour alone, unless it is of another day. */
const OnDay = ({ at, date, site }: { at: Instant; date: string; site: Site }) =>
  dateOf(at, site) === date ? <Time at={at} site={site} /> : <When at={at} site={site} />;

function expertOf(entry: DayEntry): string {
  switch (entry.kind) {
    case 'call':
      return entry.call.expert.name;
    case 'officeHours':
      return entry.hours.expert.name;
    case 'timeOff':
      return entry.off.expert.name;
  }
}

function whatOf(entry: DayEntry) {
  switch (entry.kind) {
    case 'call':
      return (
        <a className="row" href={`${PATH}/${entry.call.id}`}>
          <bdi>{personOf(entry.call)}</bdi>
        </a>
      );
    case 'officeHours':
      return (
        <a className="row" href={`/office-hours/${entry.hours.blockId}/${entry.hours.date}`}>
          Office hours, {entry.hours.booked} of {entry.hours.seats} seats
        </a>
      );
    case 'timeOff':
      return (
        <a className="row" href={`/experts/${entry.off.expert.id}`}>
          Away
        </a>
      );
  }
}
