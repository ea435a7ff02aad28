import { InstantField, TextField } from '../parts/fields.tsx';
import { inTimeZone, type FieldsProps, type ShownVerb } from './shown-verb.ts';

export const issueCredit: ShownVerb = {
  word: 'Issue credits',
  intro: 'Gives call credits beside those of the offer, which go on as they are. It needs a reason.',
  fields: IssueCreditFields,
  initial: () => ({ 'count@int': ['1'] }),
  button: ({ count }) => (count === 1 ? 'Issue 1 credit now' : `Issue ${String(count)} credits now`),
  done: 'The credits have been issued.',
};

function IssueCreditFields(props: FieldsProps) {
  return (
    <>
      <TextField name="count@int" label="Credits" type="number" form={props.form} required />
      <InstantField
        name="expiresAt@instant?"
        label="Expires"
        help={`${inTimeZone(props)} Leave blank for as long as the offer’s credits are valid.`}
        form={props.form}
      />
    </>
  );
}
