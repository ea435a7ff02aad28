import { ChoiceField, InstantField, ListField, LongText } from '../../parts/fields.tsx';
import type { FieldsProps } from './verb-forms.tsx';

const zone = ({ site }: FieldsProps): string => `By the clock of ${site.timeZone}.`;

export const PauseFields = (props: FieldsProps) => (
  <>
    <InstantField
      name="resumeAt@instant?"
      label="Resumes by itself on"
      help={`Leave it blank to resume by hand. ${zone(props)}`}
      form={props.form}
    />
    <ChoiceField
      name="access"
      label="Access meanwhile"
      form={props.form}
      options={[
        { value: 'keep', label: 'stays as it is' },
        { value: 'suspend', label: 'is suspended until it is resumed' },
      ]}
    />
  </>
);

export const ResumeDateFields = (props: FieldsProps) => (
  <InstantField
    name="resumeAt@instant?"
    label="Resumes by itself on"
    help={`Blank: by hand only. ${zone(props)}`}
    form={props.form}
  />
);

export const CancelFields = (props: FieldsProps) => (
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
      help={`Only with “on a date”. ${zone(props)}`}
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

export const AccessStartFields = (props: FieldsProps) => (
  <InstantField name="startsAt@instant" label="Access starts" help={zone(props)} form={props.form} required />
);

export const ProductFields = ({ purchase, form, ids }: FieldsProps & { ids: readonly string[] }) => (
  <ListField
    name="productIds@list"
    label="Products"
    form={form}
    options={purchase.products
      .filter(({ productId }) => ids.includes(productId))
      .map(({ productId, name }) => ({ value: productId, label: name }))}
  />
);
