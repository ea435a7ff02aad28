import { PEOPLE } from '../../../auth/roles.ts';
import { calendarRoutes } from '../../../calls/calendar.ts';
import { expertRoutes } from '../../../credits/experts.ts';
import { digest } from '../../digest.ts';
import { page, siteOf, type Page, type PageCall, type Site } from '../../page.ts';
import { addDaysTo, dateGiven, DAYS_A_WEEK } from '../../parts/calls/slot-week.ts';
import { Chip, chosenOf, Filters } from '../../parts/filters.tsx';
import { addressWith } from '../../parts/list.tsx';
import { dateInWords, dateOf } from '../../words/instant.ts';
import { CallViews, PATH } from './call-views.tsx';
import type { Calendar } from '../../parts/calls/call-words.tsx';
import { DayTable } from './day-table.tsx';
import { Week } from './week.tsx';

type Chosen = { view: 'week' | 'day'; from: string; to: string; expert: string | undefined };

/** What experts have on one day, or in the week that a day is in. */
function chosenBy({ query }: PageCall, site: Site): Chosen {
  const date = dateGiven(query.date) ?? dateOf(site.now, site);
  const view = query.view === 'day' ? 'day' : 'week';
  const from = view === 'day' ? date : mondayOf(date);
  const to = addDaysTo(from, view === 'day' ? 1 : DAYS_A_WEEK);
  return { view, from, to, expert: query.expert || undefined };
}

/** `2027-05-26` lies in the week of `2027-05-24`. */
function mondayOf(date: string): string {
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
  return addDaysTo(date, -((weekday + 6) % 7));
}

const readCalendar = ({ api }: PageCall, { from, to, expert }: Chosen): Promise<Calendar> =>
  api.read(calendarRoutes.calendar, { query: { from, to, expertId: expert ?? '' } });

/** The admins' calendar of calls, with office hours and time off. */
export const calendarPage: Page = {
  path: PATH,
  audience: 'admin',
  roles: PEOPLE,
  async show(call) {
    const site = siteOf(call);
    const chosen = chosenBy(call, site);
    const [calendar, experts] = await Promise.all([
      readCalendar(call, chosen),
      call.api.read(expertRoutes.list, { query: { limit: '200' } }),
    ]);
    const options = experts.data.map(({ id, name }) => ({ value: id, label: name }));
    return page('Calls', <View calendar={calendar} chosen={chosen} experts={options} site={site} query={call.query} />);
  },
  state: async (call) => digest(await readCalendar(call, chosenBy(call, siteOf(call)))),
};

type ViewProps = {
  calendar: Calendar;
  chosen: Chosen;
  experts: { value: string; label: string }[];
  site: Site;
  query: Record<string, string>;
};

function View({ calendar, chosen, experts, site, query }: ViewProps) {
  const { view, from, to } = chosen;
  const kept = chosenOf(query, ['view', 'date', 'expert']);
  const days = view === 'day' ? 1 : DAYS_A_WEEK;
  const goTo = (date: string | undefined) => addressWith(PATH, kept, { date });
  return (
    <>
      <div className="head">
        <h1>Calls</h1>
      </div>
      <CallViews current={view} query={kept} />
      <Filters path={PATH} chosen={kept} kept={['view', 'date']}>
        <Chip name="expert" label="Expert" options={experts} chosen={kept} none="Everybody" />
        <nav className="actions rest" aria-label="Days">
          <a className="btn tiny" href={goTo(addDaysTo(from, -days))}>
            <span aria-hidden="true">←</span> <span className="unseen">Earlier</span>
          </a>
          <a className="btn tiny" href={goTo(undefined)}>
            Today
          </a>
          <a className="btn tiny" href={goTo(addDaysTo(from, days))}>
            <span className="unseen">Later</span> <span aria-hidden="true">→</span>
          </a>
        </nav>
      </Filters>
      <h2>
        {dateInWords(from, site)}
        {view === 'day' ? '' : ` to ${dateInWords(addDaysTo(to, -1), site)}`}
      </h2>
      {view === 'day' ? (
        <DayTable calendar={calendar} date={from} site={site} />
      ) : (
        <Week calendar={calendar} from={from} site={site} query={kept} />
      )}
    </>
  );
}
