import { toWallClock } from '../form.ts';
import { InstantField } from '../parts/fields.tsx';
import { inTimeZone, type FieldsProps, type ShownVerb } from './shown-verb.ts';

export const extend: ShownVerb = {
  word: 'Extend access',
  intro: 'Gives more days of access, even where they are already over. Billing stays as it is, and nobody is told.',
  fields: ExtendFields,
  initial: ({ accessPeriod }, { timeZone }) => ({
    'until@instant': accessPeriod?.endsAt ? [toWallClock(accessPeriod.endsAt, timeZone)] : [],
  }),
  button: 'Extend access now',
  done: 'Access has been extended.',
};

function ExtendFields(props: FieldsProps) {
  return <InstantField name="until@instant" label="Access until" help={inTimeZone(props)} form={props.form} required />;
}
