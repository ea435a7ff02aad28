import type { z } from 'zod';
import { WEEKDAYS } from '../../../../db/credits/working-hours.ts';
import type { officeHoursSchema } from '../../../credits/office-hours-schema.ts';
import type { FormState } from '../../form.ts';
import { SelectField, TextField } from '../../parts/fields.tsx';
import { clockOf } from '../../words/instant.ts';
import { DAY_NAMES, type Expert } from './hours-words.ts';

export type Block = z.output<typeof officeHoursSchema>;

/** `Wednesdays, 08:00 to 12:00, Los Angeles time` */
export const blockInWords = ({ weekday, from, to, timeZone }: Block): string =>
  `${DAY_NAMES[weekday]}s, ${from} to ${to}, ${clockOf({ timeZone })}`;

const DAYS = WEEKDAYS.map((day) => ({ value: day, label: DAY_NAMES[day] }));

type Shown = { form: FormState; experts: Expert[]; block?: Block | undefined };

/** Everything about a block. */
export const BlockFields = ({ form, experts, block }: Shown) => (
  <>
    <SelectField name="weekday" label="Every" form={form} initial={block?.weekday ?? 'wednesday'} options={DAYS} />
    <div className="beside">
      <TextField name="from" label="From" required form={form} initial={block?.from ?? '08:00'} />
      <TextField name="to" label="To" required form={form} initial={block?.to ?? '12:00'} help="24:00 is midnight." />
    </div>
    <TextField
      name="timeZone"
      label="Time zone"
      required
      form={form}
      initial={block?.timeZone ?? 'America/Los_Angeles'}
      help="Whose clock the block follows, over daylight saving as well."
    />
    <SelectField
      name="expertId"
      label="Host"
      form={form}
      initial={block?.expertId ?? experts[0]?.id}
      options={experts.map(({ id, name }) => ({ value: id, label: name }))}
      help="During these hours, nobody can book a call with them."
    />
    <TextField
      name="seats@int"
      label="Seats"
      required
      form={form}
      inputMode="numeric"
      initial={String(block?.seats ?? 10)}
    />
    <TextField
      name="meetingUrl@text?"
      label="Meeting link"
      form={form}
      initial={block?.hasOwnMeetingUrl ? block.meetingUrl : undefined}
      help="It begins with https://. Leave blank for the host’s own."
    />
  </>
);
