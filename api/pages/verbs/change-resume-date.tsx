import { toWallClock } from '../form.ts';
import { InstantField } from '../parts/fields.tsx';
import { byTheClockOf, type FieldsProps, type ShownVerb } from './shown-verb.ts';

export const changeResumeDate: ShownVerb = {
  word: 'Change resume date',
  intro: 'Moves the date at which the pause ends by itself, or clears it.',
  fields: ResumeDateFields,
  initial: ({ billing }, { timeZone }) => {
    const resumeAt = billing?.pause?.resumeAt;
    return { 'resumeAt@instant?': [resumeAt ? toWallClock(resumeAt, timeZone) : ''] };
  },
  button: 'Change resume date now',
  done: 'The resume date is changed.',
};

function ResumeDateFields(props: FieldsProps) {
  return (
    <InstantField
      name="resumeAt@instant?"
      label="Resumes by itself on"
      help={`Blank: by hand only. ${byTheClockOf(props)}`}
      form={props.form}
    />
  );
}
