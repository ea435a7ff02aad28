import { InstantField } from '../parts/fields.tsx';
import { inTimeZone, type FieldsProps } from './shown-verb.ts';

export const ResumeDateField = (props: FieldsProps) => (
  <InstantField
    name="resumeAt@instant?"
    label="Resumes automatically on"
    help={`Leave it blank to resume by hand. ${inTimeZone(props)}`}
    form={props.form}
  />
);
