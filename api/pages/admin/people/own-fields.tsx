import type { FieldValue } from '../../../../workflows/domain/contact-field.ts';
import type { Site } from '../../page.ts';
import type { FormState } from '../../form.ts';
import { Flag, TextField } from '../../parts/fields.tsx';
import { dateInWords } from '../../words/instant.ts';
import type { ContactField } from './contact-fields.tsx';

type Values = Record<string, FieldValue | null>;
type Shown = { defined: readonly ContactField[]; values: Values };

/** What somebody has in the account's own fields, to be typed. */
export const OwnFieldInputs = ({ defined, values, form }: Shown & { form: FormState }) =>
  defined.map((field) => <OwnFieldInput key={field.id} field={field} value={values[field.key] ?? null} form={form} />);

type InputProps = { field: ContactField; value: FieldValue | null; form: FormState };

function OwnFieldInput({ field: { key, label, kind }, value, form }: InputProps) {
  const initial = value === null ? undefined : String(value);
  switch (kind) {
    case 'text':
      return <TextField name={`fields.${key}@text?`} label={label} form={form} initial={initial} />;
    case 'number':
      return (
        <TextField name={`fields.${key}@number?`} label={label} inputMode="decimal" form={form} initial={initial} />
      );
    case 'date':
      return <TextField name={`fields.${key}@text?`} label={label} type="date" form={form} initial={initial} />;
    case 'yes_no':
      return <Flag name={`fields.${key}@flag`} label={label} form={form} isSet={value === true} />;
  }
}

/** The same as facts. */
export const ownFacts = ({ defined, values }: Shown, site: Site): [string, string][] =>
  defined.map((field) => [field.label, inWords(field, values[field.key] ?? null, site)]);

function inWords({ kind }: ContactField, value: FieldValue | null, site: Site): string {
  if (value === null) return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return kind === 'date' ? dateInWords(String(value), site) : String(value);
}
