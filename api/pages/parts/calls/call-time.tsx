import type { Instant } from '../../../../workflows/domain/instant.ts';
import { cityOf, dateOf, instantInWords, type Here } from '../../words/instant.ts';
import { Time, WeekdayAndHour, When } from '../when.tsx';

type Times = { startsAt: Instant; endsAt: Instant };

/** `Monday, May 24, 17:00 to 17:45`, by the clock of whoever reads it. */
export const CallTime = ({ startsAt, endsAt, here }: Times & { here: Here }) => (
  <span>
    <strong>
      <WeekdayAndHour at={startsAt} site={here} />
    </strong>{' '}
    to <Time at={endsAt} site={here} />
  </span>
);

/** `May 26, 17:00 to 21:00`, in a row of several. */
export const ShortTime = ({ startsAt, endsAt, here }: Times & { here: Here }) => (
  <span>
    <When at={startsAt} site={here} /> to <Time at={endsAt} site={here} />
  </span>
);

/** What another clock shows then, where it shows something else: `08:00 in Los Angeles`. */
export function timeElsewhere(at: Instant, here: Here, timeZone: string): string | null {
  const there = { ...here, timeZone };
  if (instantInWords(at, there, 'weekday and hour') === instantInWords(at, here, 'weekday and hour')) return null;
  const isSameDay = dateOf(at, there) === dateOf(at, here);
  return `${instantInWords(at, there, isSameDay ? 'time' : 'weekday and hour')} in ${cityOf(there)}`;
}

type WithProps = { startsAt: Instant; expert: { name: string; timeZone: string }; here: Here };

/** Whom a call is with, and what their clock shows then. */
export function WithExpert({ startsAt, expert, here }: WithProps) {
  const there = timeElsewhere(startsAt, here, expert.timeZone);
  return (
    <>
      <bdi>{expert.name}</bdi>
      {there === null ? null : `, ${there}`}
    </>
  );
}
