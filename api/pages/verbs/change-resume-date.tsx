import { toWallClock } from '../form.ts';
import { InstantField } from '../parts/fields.tsx';
import { inTimeZone, type FieldsProps, type ShownVerb } from './shown-verb.ts';

export const changeResumeDate: ShownVerb = {
  word: 'Change resume date',
  intro: 'Moves or clears the date on which the pause ends automatically.',
  fields: ResumeDateFields,
  initial: ({ billing }, { timeZone }) => {
    const resumeAt = billing?.pause?.resumeAt;
    return { 'resumeAt@instant?': [resumeAt ? toWallClock(resumeAt, timeZone) : ''] };
  },
  button: 'Change resume date now',
  done: 'The resume date has been changed.',
};

function ResumeDateFields(props: FieldsProps) {
  return (
    <InstantField
      name="resumeAt@instant?"
      label="Resumes automatically on"
      help={`Leave it blank to resume by hand. ${inTimeZone(props)}`}
      form={props.form}
    />
  );
}
