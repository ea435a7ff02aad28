import type { Instant } from '../../../workflows/domain/instant.ts';
import { instantInFull, instantInWords, type Detail, type Here } from '../words/instant.ts';

type WhenProps = { at: Instant | null; site: Here; none?: string | undefined };

/** An instant with its hour, in the account's zone; the exact one is in the element [R1.3]. */
export const When = (props: WhenProps) => <Written {...props} detail="hour" />;

/** The day of an instant, where the hour would only be noise. */
export const Day = (props: WhenProps) => <Written {...props} detail="day" />;

/** The day, and how far away it is where that says more. */
export const DayAndNear = (props: WhenProps) => <Written {...props} detail="day and near" />;

/** When a call begins: its weekday says more than a date. */
export const WeekdayAndHour = (props: WhenProps) => <Written {...props} detail="weekday and hour" />;

export const Weekday = (props: WhenProps) => <Written {...props} detail="weekday" />;

/** The hour alone, under the day to which it belongs. */
export const Time = (props: WhenProps) => <Written {...props} detail="time" />;

/** How far away an instant is, as lists say it. */
export const Near = (props: WhenProps) => <Written {...props} detail="near" />;

const Written = ({ at, site, none = '–', detail }: WhenProps & { detail: Detail }) =>
  at === null ? (
    <>{none}</>
  ) : (
    <time dateTime={at} title={instantInFull(at, site)}>
      {instantInWords(at, site, detail)}
    </time>
  );
