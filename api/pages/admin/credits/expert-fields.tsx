import { WEEKDAYS, type Weekday } from '../../../../db/credits/working-hours.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { refusedForm, type Form, type FormState } from '../../form.ts';
import type { Site } from '../../page.ts';
import { TextField } from '../../parts/fields.tsx';
import { DAY_NAMES, hoursInWords, readHours, type Expert } from './hours-words.ts';

type Shown = { form: FormState; site: Site; expert?: Expert };

const asText = (given: number | undefined, none: string): string => (given === undefined ? none : String(given));

/** Everything about an expert. */
export const ExpertFields = ({ form, site, expert }: Shown) => (
  <>
    <TextField name="name" label="Name" required form={form} initial={expert?.name} help="As customers see it." />
    <TextField
      name="email"
      label="Email"
      type="email"
      required
      form={form}
      initial={expert?.email}
      help="Emails about their calls, and the link to their own page, go here."
    />
    <TextField
      name="meetingUrl"
      label="Meeting link"
      required
      form={form}
      initial={expert?.meetingUrl}
      help="Where calls are held, beginning with https://."
    />
    <WeekFields form={form} site={site} expert={expert} />
    <LimitFields form={form} site={site} expert={expert} />
    <TextField
      name="calendarUrl@text?"
      label="Address of their calendar"
      form={form}
      initial={expert?.calendarUrl ?? undefined}
      help="It ends in .ics. While the calendar says that they are busy, no slot is offered. Leave blank for none."
    />
  </>
);

type Part = { form: FormState; site: Site; expert: Expert | undefined };

const WeekFields = ({ form, site, expert }: Part) => (
  <fieldset className="form">
    <legend>Working hours</legend>
    <TextField
      name="timeZone"
      label="Time zone"
      required
      form={form}
      initial={expert?.timeZone ?? site.timeZone}
      help="Whose clock the hours follow, such as Europe/Vienna."
    />
    <div className="beside">
      {WEEKDAYS.map((day) => (
        <TextField
          key={day}
          name={`workingHours.${day}`}
          label={DAY_NAMES[day]}
          form={form}
          initial={expert ? hoursInWords(expert.workingHours[day]) : suggested(day)}
        />
      ))}
    </div>
    <small>Such as 09:00-12:00, 13:00-17:00; the time between is a break. Leave blank for a day off.</small>
  </fieldset>
);

const suggested = (day: Weekday): string => (day === 'saturday' || day === 'sunday' ? '' : '09:00-17:00');

const LimitFields = ({ form, expert }: Part) => (
  <div className="beside">
    <TextField
      name="bufferMinutes@int"
      label="Minutes between calls"
      form={form}
      inputMode="numeric"
      initial={asText(expert?.bufferMinutes, '0')}
    />
    <TextField
      name="noticeMinutes@int"
      label="Minutes of notice"
      form={form}
      inputMode="numeric"
      initial={asText(expert?.noticeMinutes, '0')}
      help="No slot begins sooner than this."
    />
    <TextField
      name="maxCallsPerDay@int?"
      label="Most calls a day"
      form={form}
      inputMode="numeric"
      initial={asText(expert?.maxCallsPerDay ?? undefined, '')}
      help="Leave blank for as many as fit."
    />
  </div>
);

/** The form as the API takes it: each day's text is its hours. */
export function bodyOf({ body, typed }: Form): Form['body'] {
  const days = WEEKDAYS.map((day) => [day, readHours(typed[`workingHours.${day}`]?.at(-1) ?? '')] as const);
  return Object.assign(body, { workingHours: Object.fromEntries(days.filter(([, hours]) => hours.length > 0)) });
}

/** What was wrong with a part of a day's hours stands at the day. */
export function refusedExpert(typed: FormState['typed'], problem: ProblemBody): FormState {
  const { errors, ...rest } = refusedForm(typed, problem);
  const atDay = (field: string) => /^workingHours\.\w+/.exec(field)?.[0] ?? field;
  return { ...rest, errors: errors.map(({ field, message }) => ({ field: atDay(field), message })) };
}
