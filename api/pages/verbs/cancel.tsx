import { ChoiceField, InstantField, LongText } from '../parts/fields.tsx';
import { inTimeZone, type FieldsProps, type ShownVerb } from './shown-verb.ts';

const BUTTONS: Record<string, string> = {
  now: 'Cancel now',
  period_end: 'Cancel at the end of the period',
  at: 'Cancel on that date',
};

export const cancel: ShownVerb = {
  word: 'Cancel',
  intro:
    'Ends future payments and access. Once it has ended, that is final: to come back, the customer has to buy again.',
  fields: CancelFields,
  initial: () => ({ when: ['period_end'], 'cancelAt@instant': [''] }),
  button: ({ when }) => BUTTONS[String(when)] ?? 'Cancel',
  isDangerous: ({ when }) => when === 'now',
  done: 'The cancellation has been made.',
};

function CancelFields(props: FieldsProps) {
  return (
    <>
      <ChoiceField
        name="when"
        label="When"
        form={props.form}
        options={[
          { value: 'period_end', label: 'at the end of the paid period' },
          { value: 'at', label: 'on a date' },
          { value: 'now', label: 'now' },
        ]}
      />
      <InstantField
        name="cancelAt@instant"
        label="Date"
        help={`Only with “on a date”. ${inTimeZone(props)}`}
        form={props.form}
      />
      <LongText
        name="feedback"
        label="What the customer said"
        help="Optional; kept as their feedback."
        form={props.form}
      />
    </>
  );
}
