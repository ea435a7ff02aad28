import { formatDay, formatInstant } from '../../../emails/format.ts';
import type { Instant } from '../../../workflows/domain/instant.ts';
import type { Site } from '../page.ts';

type WhenProps = { at: Instant | null; site: Pick<Site, 'timeZone'>; none?: string | undefined };

/** An instant in the account's zone, which is named; the exact one is in the element [R1.3]. */
export const When = ({ at, site, none = '–' }: WhenProps) =>
  at === null ? (
    <>{none}</>
  ) : (
    <time dateTime={at} title={at}>
      {formatInstant(at, site)}
    </time>
  );

/** The day of an instant in the account's zone, where the hour would only be noise. */
export const Day = ({ at, site, none = '–' }: WhenProps) =>
  at === null ? (
    <>{none}</>
  ) : (
    <time className="day" dateTime={at} title={at}>
      {formatDay(at, site)}
    </time>
  );
