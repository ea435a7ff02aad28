import { toWallClock } from '../form.ts';
import { InstantField } from '../parts/fields.tsx';
import { inTimeZone, type FieldsProps, type ShownVerb } from './shown-verb.ts';

export const accessStart: ShownVerb = {
  word: 'Set access start',
  intro: 'Moves the start of access. Days of access are counted from the new start; billing stays as it is.',
  fields: AccessStartFields,
  initial: ({ accessPeriod, now }, { timeZone }) => ({
    'startsAt@instant': [toWallClock(accessPeriod?.startsAt ?? now, timeZone)],
  }),
  button: 'Set access start now',
  done: 'The start of access has been changed.',
};

function AccessStartFields(props: FieldsProps) {
  return (
    <InstantField name="startsAt@instant" label="Access starts" help={inTimeZone(props)} form={props.form} required />
  );
}
