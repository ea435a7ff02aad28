import { addDaysTo, DAYS_A_WEEK, shortDay } from '../../parts/calls/slot-week.ts';
import { addressWith } from '../../parts/list.tsx';
import type { Site } from '../../page.ts';
import { Time, When } from '../../parts/when.tsx';
import { dateOf } from '../../words/instant.ts';
import { CallState, personOf, type Calendar } from '../../parts/calls/call-words.tsx';
import { PATH } from './call-views.tsx';
import { entriesOf, isOn, type DayEntry } from './day-entries.ts';

type WeekProps = { calendar: Calendar; from: string; site: Site; query: Record<string, string> };

/** Seven days side by side; on a phone below one another. */
export function Week({ calendar, from, site, query }: WeekProps) {
  const entries = entriesOf(calendar);
  const today = dateOf(site.now, site);
  return (
    <div className="week">
      {Array.from({ length: DAYS_A_WEEK }, (_, index) => addDaysTo(from, index)).map((date) => (
        <section key={date} aria-labelledby={`day-${date}`} data-today={date === today ? '' : undefined}>
          <h3 id={`day-${date}`}>
            <a href={addressWith(PATH, query, { view: 'day', date })}>{shortDay(date)}</a>
          </h3>
          <Day date={date} entries={entries.filter((entry) => isOn(date, entry, site))} site={site} />
        </section>
      ))}
    </div>
  );
}

type DayProps = { date: string; entries: DayEntry[]; site: Site };

const Day = ({ date, entries, site }: DayProps) =>
  entries.length === 0 ? (
    <p className="quiet small">Nothing</p>
  ) : (
    <ol>
      {entries.map((entry) => (
        <li key={entry.key} className={entry.kind === 'call' ? undefined : 'aside'}>
          <Entry date={date} entry={entry} site={site} />
        </li>
      ))}
    </ol>
  );

/** What began the day before says only when it is over. */
const Begins = ({ date, entry: { startsAt, endsAt }, site }: EntryProps) =>
  dateOf(startsAt, site) === date ? (
    <Time at={startsAt} site={site} />
  ) : (
    <>
      until <Time at={endsAt} site={site} />
    </>
  );

type EntryProps = { date: string; entry: DayEntry; site: Site };

function Entry({ date, entry, site }: EntryProps) {
  switch (entry.kind) {
    case 'call':
      return (
        <>
          <a href={`${PATH}/${entry.call.id}`}>
            <Begins date={date} entry={entry} site={site} /> <bdi>{personOf(entry.call)}</bdi>
          </a>
          <small>
            with <bdi>{entry.call.expert.name}</bdi>
          </small>
          {entry.call.state === 'booked' ? null : <CallState state={entry.call.state} />}
        </>
      );
    case 'officeHours':
      return (
        <>
          <a href={`/office-hours/${entry.hours.blockId}/${entry.hours.date}`}>
            <Begins date={date} entry={entry} site={site} /> Office hours
          </a>
          <small>
            <bdi>{entry.hours.expert.name}</bdi>, {entry.hours.booked} of {entry.hours.seats} seats
          </small>
        </>
      );
    case 'timeOff':
      return (
        <>
          <a href={`/experts/${entry.off.expert.id}`}>
            <bdi>{entry.off.expert.name}</bdi> is away
          </a>
          <small>
            until <When at={entry.endsAt} site={site} />
          </small>
        </>
      );
  }
}
