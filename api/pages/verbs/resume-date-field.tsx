import { addMonths } from '../../../workflows/domain/calendar.ts';
import type { Instant } from '../../../workflows/domain/instant.ts';
import type { Form } from '../form.ts';
import { ChoiceField, InstantField } from '../parts/fields.tsx';
import { instantInWords } from '../words/instant.ts';
import { inTimeZone, type FieldsProps } from './shown-verb.ts';

/** When a pause ends: by hand, at one of the usual dates, or on any other. */
export function ResumeDateField(props: FieldsProps) {
  const { form, site } = props;
  const usual = usualDates(props);
  const typed = form.typed.resumes?.at(-1) ?? '';
  // An hour later the usual dates are others; what was chosen stays.
  const isOlder = typed !== '' && typed !== 'at' && usual.every(({ at }) => at !== typed);
  const dates = isOlder ? [...usual, { label: 'on the date that was chosen', at: typed }] : usual;
  return (
    <ChoiceField
      name="resumes"
      label="Resumes"
      form={form}
      options={[
        { value: '', label: 'by hand' },
        ...dates.map(({ label, at }) => ({ value: at, label: `${label}, ${instantInWords(at, site, 'hour')}` })),
        { value: 'at', label: 'on a date', asks: <DateField {...props} /> },
      ]}
    />
  );
}

/** What the API is asked, of the choice and its field. */
export function readResumes({ resumes, resumeAt, ...body }: Form['body']): Form['body'] {
  if (resumes === 'at') return { ...body, resumeAt: resumeAt ?? '' };
  return { ...body, resumeAt: resumes === undefined || resumes === '' ? null : resumes };
}

const DateField = (props: FieldsProps) => (
  <InstantField name="resumeAt@instant?" label="Date" help={inTimeZone(props)} form={props.form} />
);

function usualDates({ purchase: { now, billing } }: FieldsProps): { label: string; at: Instant }[] {
  const hour = `${now.slice(0, 13)}:00:00.000Z`;
  const renewal = billing.pause ? null : billing.periodEnd;
  const dates = [
    ...(renewal ? [{ label: 'at the next renewal', at: renewal }] : []),
    { label: 'in 1 month', at: addMonths(hour, 1) },
    { label: 'in 3 months', at: addMonths(hour, 3) },
  ];
  return dates.filter(({ at }, index) => dates.findIndex((one) => one.at === at) === index);
}
