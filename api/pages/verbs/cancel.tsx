import { ChoiceField, InstantField, LongText } from '../parts/fields.tsx';
import { CarriesOut, namedRequest } from './carries-out.tsx';
import { inTimeZone, type FieldsProps, type ShownVerb } from './shown-verb.ts';
import { instantInWords } from '../words/instant.ts';

export const cancel: ShownVerb = {
  word: 'Cancel',
  intro:
    'Ends future payments and access. Once it has ended, that is final: to come back, the customer has to buy again.',
  fields: CancelFields,
  initial: (_purchase, _site, query) => ({ when: ['period_end'], 'cancelAt@instant': [''], ...namedRequest(query) }),
  button: (_body, { preview: { after }, site }) =>
    after.cancelAt === null ? 'Cancel now' : `Cancel on ${instantInWords(after.cancelAt, site, 'day')}`,
  isDangerous: () => true,
  reads: ({ cancelAt, ...body }) => (body.when === 'at' ? { ...body, cancelAt } : body),
  done: 'The cancellation has been made.',
};

function CancelFields(props: FieldsProps) {
  return (
    <>
      <CarriesOut {...props} />
      <ChoiceField
        name="when"
        label="When"
        form={props.form}
        options={[
          { value: 'period_end', label: 'at the end of the paid period' },
          { value: 'at', label: 'on a date', asks: <DateField {...props} /> },
          { value: 'now', label: 'now' },
        ]}
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

const DateField = (props: FieldsProps) => (
  <InstantField name="cancelAt@instant" label="Date" help={inTimeZone(props)} form={props.form} />
);
