import { EMPTY_FORM } from '../../form.ts';
import type { Site } from '../../page.ts';
import { FormKey } from '../../parts/fields.tsx';
import { Notice } from '../../parts/notice.tsx';
import { inRealTime } from '../../words/instant.ts';
import { When } from '../../parts/when.tsx';
import type { Expert } from './hours-words.ts';

/** How the last fetch of an expert's own calendar went; fetched by real time, on every account. */
export const CalendarState = (shown: { expert: Expert; site: Site }) =>
  shown.expert.calendar === null ? null : (
    <>
      <LastFetch {...shown} />
      <form method="post">
        <FormKey form={EMPTY_FORM} />
        <button className="tiny" name="_step" value="fetch">
          Read their calendar now
        </button>
      </form>
    </>
  );

function LastFetch({ expert: { calendar }, site }: { expert: Expert; site: Site }) {
  if (!calendar) return null;
  const here = inRealTime(site.timeZone);
  if (calendar.failedAt)
    return (
      <Notice tone="warn">
        <p>
          <strong>Their calendar could not be read</strong> on <When at={calendar.failedAt} site={here} />:{' '}
          {calendar.failure} It is tried again every quarter of an hour
          {calendar.fetchedAt ? (
            <>
              ; until then, slots keep clear of what it said on <When at={calendar.fetchedAt} site={here} />.
            </>
          ) : (
            '; until then, slots may clash with what they have planned.'
          )}
        </p>
      </Notice>
    );
  return calendar.fetchedAt ? (
    <p className="quiet">
      Their calendar was read on <When at={calendar.fetchedAt} site={here} />.
    </p>
  ) : (
    <p className="quiet">Their calendar is being read.</p>
  );
}
