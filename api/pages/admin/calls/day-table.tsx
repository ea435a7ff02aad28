import type { Site } from '../../page.ts';
import { Table } from '../../parts/list.tsx';
import { Time } from '../../parts/when.tsx';
import { dateOf, instantInWords } from '../../words/instant.ts';
import { CallState, personOf, type Calendar } from './call-words.tsx';
import { PATH } from './call-views.tsx';
import { entriesOf, type DayEntry } from './day-entries.ts';

/** One day in order, a line each. */
export const DayTable = ({ calendar, site }: { calendar: Calendar; site: Site }) => (
  <Table
    caption="The day in order"
    rows={entriesOf(calendar)}
    keyOf={({ key }) => key}
    empty={<p>Nothing is planned on this day.</p>}
    columns={[
      { label: 'From', at: '1r', cell: ({ startsAt }) => <Time at={startsAt} site={site} /> },
      { label: 'Until', at: '2r', cell: (entry) => untilInWords(entry, site) },
      { label: 'What', width: 'wide', at: '1', cell: whatOf },
      { label: 'Expert', width: 'less', at: '2', isQuiet: true, cell: (entry) => <bdi>{expertOf(entry)}</bdi> },
      { label: 'State', isSpare: true, cell: (entry) => (entry.kind === 'call' ? <CallState {...entry.call} /> : '') },
    ]}
  />
);

const untilInWords = ({ startsAt, endsAt }: DayEntry, site: Site): string =>
  instantInWords(endsAt, site, dateOf(startsAt, site) === dateOf(endsAt, site) ? 'time' : 'hour');

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
