import { fromMs, type Instant } from '../../../workflows/domain/instant.ts';

/** Where instants are read: in which zone, and when. */
export type Here = { timeZone: string; now: Instant };

/** On a page of no account, whose clock would say when now is. */
export const inRealTime = (timeZone: string): Here => ({ timeZone, now: new Date().toISOString() });

/**
 * How closely an instant is told. `day`: `May 28`. `hour`: `May 28, 20:00`. `near`, for lists:
 * within 13 days ahead or 6 back `in 3 days`, today the hour alone, else the day; another year
 * without its day. `day and near`: `May 28, in 3 days`. `weekday`: `Monday, May 24`; `weekday and
 * hour`: `Monday, May 24, 17:00`; `time`: `17:00`.
 */
export type Detail = 'day' | 'hour' | 'near' | 'day and near' | 'weekday' | 'weekday and hour' | 'time';

/** An instant as pages write it: the year only where it is another one [R1.3]. */
export function instantInWords(at: Instant, here: Here, detail: Detail): string {
  switch (detail) {
    case 'day':
      return dayOf(at, here);
    case 'hour':
      return `${dayOf(at, here)}, ${hourOf(at, here)}`;
    case 'day and near':
      return [dayOf(at, here), nearInWords(at, here)].filter((words) => words !== null).join(', ');
    case 'weekday':
      return weekdayOf(at, here);
    case 'weekday and hour':
      return `${weekdayOf(at, here)}, ${hourOf(at, here)}`;
    case 'time':
      return hourOf(at, here);
    case 'near':
      return nearInWords(at, here) ?? (isThisYear(at, here) ? dayOf(at, here) : write(at, here, MONTH_AND_YEAR));
  }
}

/** A date, `2027-05-28`, as pages write days; whatever else it is, as it stands. */
export function dateInWords(date: string, { now }: Here): string {
  const at = Date.parse(`${date}T12:00:00Z`);
  return Number.isNaN(at) ? date : instantInWords(fromMs(at), { timeZone: 'UTC', now }, 'day');
}

/** A date of the calendar over what is of it: `Tomorrow, May 21`, `Saturday, May 22`. */
export function weekdayInWords(date: string, here: Here): string {
  const noon = fromMs(Date.parse(`${date}T12:00:00Z`));
  const days = dayNumber(noon, { timeZone: 'UTC' }) - dayNumber(here.now, here);
  const name = NEAR_DAYS[days] ?? write(noon, { timeZone: 'UTC' }, { weekday: 'long' });
  return `${name}, ${dateInWords(date, here)}`;
}

const NEAR_DAYS: Record<number, string | undefined> = { [-1]: 'Yesterday', 0: 'Today', 1: 'Tomorrow' };

/** The exact instant, with its zone: `Thursday, May 20, 2027, 20:00:00 Vienna`. */
export const instantInFull = (at: Instant, here: Pick<Here, 'timeZone'>): string =>
  `${write(at, here, WEEKDAY_AND_YEAR)}, ${write(at, here, SECOND)} ${cityOf(here)}`;

/** What stands once at a page's foot: `Times are Vienna’s, GMT+2.` */
export function zoneInWords(here: Here): string {
  const offset = offsetOf(here);
  return cityOf(here) === 'UTC' ? 'Times are UTC.' : `Times are ${cityOf(here)}’s, ${offset}.`;
}

const MOST_AHEAD = 13;
const MOST_BACK = 6;

/** The hour on the wall, 0 to 23. */
export const hourAt = (at: Instant, timeZone: string): number => Number(write(at, { timeZone }, HOUR).slice(0, 2));

/** The date on the calendar of the zone: `2027-05-28`. */
export const dateOf = (at: Instant, { timeZone }: Pick<Here, 'timeZone'>): string =>
  formatOf('sv-SE', timeZone, ISO_DAY).format(new Date(at));

/** How far ahead of UTC the zone's clocks are then: `GMT+2`. */
export const offsetAt = (at: Instant, { timeZone }: Pick<Here, 'timeZone'>): string => offsetOf({ timeZone, now: at });

/** Its month: `September` or, where there is little room, `Sep`; of another year `Sep 2026`. */
export const monthInWords = (at: Instant, here: Here, month: 'long' | 'short'): string =>
  write(at, here, isThisYear(at, here) ? { month } : MONTH_AND_YEAR);

/** How far away its day is, where that says more than the day itself. */
function nearInWords(at: Instant, here: Here): string | null {
  const days = dayNumber(at, here) - dayNumber(here.now, here);
  if (days > MOST_AHEAD || days < -MOST_BACK) return null;
  if (days === 0) return hourOf(at, here);
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  return days > 0 ? `in ${days} days` : `${-days} days ago`;
}

const dayOf = (at: Instant, here: Here): string => write(at, here, isThisYear(at, here) ? DAY : DAY_AND_YEAR);

const weekdayOf = (at: Instant, here: Here): string =>
  write(at, here, isThisYear(at, here) ? WEEKDAY : WEEKDAY_AND_YEAR);

const hourOf = (at: Instant, here: Here): string => write(at, here, HOUR);

const isThisYear = (at: Instant, here: Here): boolean => write(at, here, YEAR) === write(here.now, here, YEAR);

/** `Europe/Vienna` is Vienna’s time. */
export const cityOf = ({ timeZone }: Pick<Here, 'timeZone'>): string =>
  (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');

/** Whose clock it is: `Vienna time`. */
export const clockOf = (here: Pick<Here, 'timeZone'>): string => `${cityOf(here)} time`;

/** Counts calendar days, which may have 23 or 25 hours, in the zone. */
const dayNumber = (at: Instant, here: Pick<Here, 'timeZone'>): number =>
  Date.parse(`${dateOf(at, here)}T00:00:00Z`) / 86_400_000;

const offsetOf = ({ timeZone, now }: Here): string =>
  formatOf('en-US', timeZone, OFFSET)
    .formatToParts(new Date(now))
    .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;

type Shape = Intl.DateTimeFormatOptions;
const DAY: Shape = { month: 'short', day: 'numeric' };
const DAY_AND_YEAR: Shape = { month: 'short', day: 'numeric', year: 'numeric' };
const WEEKDAY: Shape = { weekday: 'long', month: 'long', day: 'numeric' };
const WEEKDAY_AND_YEAR: Shape = { ...WEEKDAY, year: 'numeric' };
const MONTH_AND_YEAR: Shape = { month: 'short', year: 'numeric' };
const YEAR: Shape = { year: 'numeric' };
const HOUR: Shape = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const SECOND: Shape = { ...HOUR, second: '2-digit' };
const ISO_DAY: Shape = { year: 'numeric', month: '2-digit', day: '2-digit' };
const OFFSET: Shape = { timeZoneName: 'shortOffset' };

const write = (at: Instant, { timeZone }: Pick<Here, 'timeZone'>, shape: Shape): string =>
  formatOf('en-US', timeZone, shape).format(new Date(at));

/** Making a format takes far longer than using it, so each is made once. */
const made = new Map<string, Intl.DateTimeFormat>();

function formatOf(locale: string, timeZone: string, shape: Shape): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${JSON.stringify(shape)}`;
  const format = made.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone, ...shape });
  made.set(key, format);
  return format;
}
