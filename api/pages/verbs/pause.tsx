import { ChoiceField, InstantField } from '../parts/fields.tsx';
import { inTimeZone, type FieldsProps, type ShownVerb } from './shown-verb.ts';

export const pause: ShownVerb = {
  word: 'Pause',
  intro: 'Suspends future payments. Nothing is charged, and nothing counts as failed, until it is resumed.',
  fields: PauseFields,
  initial: () => ({ 'resumeAt@instant?': [''], access: ['keep'] }),
  button: 'Pause now',
  done: 'The purchase is paused.',
};

function PauseFields(props: FieldsProps) {
  return (
    <>
      <InstantField
        name="resumeAt@instant?"
        label="Resumes automatically on"
        help={`Leave it blank to resume by hand. ${inTimeZone(props)}`}
        form={props.form}
      />
      <ChoiceField
        name="access"
        label="Access during the pause"
        form={props.form}
        options={[
          { value: 'keep', label: 'stays as it is' },
          { value: 'suspend', label: 'is suspended until it is resumed' },
        ]}
      />
    </>
  );
}
