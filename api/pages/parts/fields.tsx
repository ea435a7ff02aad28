import { Fragment, type ReactNode } from 'react';
import { v7 as uuid } from 'uuid';
import type { FormState } from '../form.ts';

/**
 * The parts of every form: an input is named `field@kind` (see form.ts), shows what was typed, and
 * what was wrong with it.
 */
type FieldProps = {
  name: string;
  label: string;
  form: FormState;
  help?: string;
  /** What it holds before anybody types. */
  initial?: string | undefined;
  /** Which form, where a page has several with the same fields: ids are of the whole page. */
  within?: string;
};

const fieldOf = (name: string): string => name.split('@')[0] ?? name;
const idOf = ({ name, within }: Pick<FieldProps, 'name' | 'within'>): string =>
  ['field', ...(within ? [within] : []), fieldOf(name).replaceAll('.', '-')].join('-');
const textOf = ({ name, form, initial = '' }: FieldProps): string => form.typed[name]?.at(-1) ?? initial;
const faultOf = ({ name, form }: FieldProps): string | undefined =>
  form.errors.find(({ field }) => field === fieldOf(name) || field.startsWith(`${fieldOf(name)}.`))?.message;

function Labelled(props: FieldProps & { children: ReactNode }) {
  const { label, help, children } = props;
  const id = idOf(props);
  const fault = faultOf(props);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      {fault || help ? (
        <small id={`${id}-help`} className={fault ? 'error' : undefined}>
          {fault ? `${label} ${fault}` : help}
        </small>
      ) : null}
    </div>
  );
}

const described = (props: FieldProps) => ({
  id: idOf(props),
  name: props.name,
  'aria-describedby': faultOf(props) || props.help ? `${idOf(props)}-help` : undefined,
  'aria-invalid': faultOf(props) ? true : undefined,
});

type InputProps = FieldProps & {
  type?: 'text' | 'email' | 'password' | 'number' | 'search' | 'date';
  required?: boolean;
  autoComplete?: string;
  inputMode?: 'decimal' | 'numeric' | 'email';
};

export const TextField = ({ type = 'text', required, autoComplete, inputMode, ...props }: InputProps) => (
  <Labelled {...props}>
    <input
      {...described(props)}
      type={type}
      required={required}
      autoComplete={autoComplete}
      inputMode={inputMode}
      defaultValue={type === 'password' ? undefined : textOf(props)}
    />
  </Labelled>
);

export const LongText = ({ maxLength = 2000, ...props }: FieldProps & { maxLength?: number }) => (
  <Labelled {...props}>
    <textarea {...described(props)} rows={2} maxLength={maxLength} defaultValue={textOf(props)} />
  </Labelled>
);

/** An instant by the account's wall clock; `initial` as `toWallClock` writes it. */
export const InstantField = (props: FieldProps & { required?: boolean }) => (
  <Labelled {...props}>
    <input
      {...described(props)}
      type="datetime-local"
      step={1}
      required={props.required}
      defaultValue={textOf(props)}
    />
  </Labelled>
);

export type Option = { value: string; label: string };

export const SelectField = ({ options, ...props }: FieldProps & { options: readonly Option[] }) => (
  <Labelled {...props}>
    <select {...described(props)} defaultValue={textOf(props)}>
      {options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  </Labelled>
);

type Choice = Option & {
  /** What this choice asks besides; hidden while another is chosen. */
  asks?: ReactNode;
};

/** One of a few, all to be seen. */
export const ChoiceField = ({ options, ...props }: FieldProps & { options: readonly Choice[] }) => (
  <fieldset className="field" aria-describedby={faultOf(props) ? `${idOf(props)}-help` : undefined}>
    <legend>{props.label}</legend>
    <div className="choices">
      {options.map(({ value, label, asks }) => (
        <Fragment key={value}>
          <label className="choice">
            <input type="radio" name={props.name} value={value} defaultChecked={textOf(props) === value} />
            {label}
          </label>
          {asks === undefined ? null : <div className="of-choice">{asks}</div>}
        </Fragment>
      ))}
    </div>
    {faultOf(props) ? (
      <small id={`${idOf(props)}-help`} className="error">
        {faultOf(props)}
      </small>
    ) : null}
  </fieldset>
);

/** Yes or no; named `field@flag`. */
export const Flag = (props: FieldProps & { isSet?: boolean }) => (
  <div className="field">
    <input type="hidden" name={props.name} value="" />
    <label className="choice">
      <input
        type="checkbox"
        name={props.name}
        defaultChecked={props.form.typed[props.name] ? textOf(props) !== '' : props.isSet}
      />
      {props.label}
    </label>
    {props.help ? <small>{props.help}</small> : null}
  </div>
);

type ListProps = FieldProps & { options: readonly Option[]; chosen?: readonly string[] | undefined };

/** Some of a few; named `field@list`. */
export function ListField({ options, chosen = [], ...props }: ListProps) {
  const marked = props.form.typed[props.name] ?? chosen;
  const fault = faultOf(props);
  return (
    <fieldset className="field">
      <legend>{props.label}</legend>
      <input type="hidden" name={props.name} value="" />
      {options.map(({ value, label }) => (
        <label key={value} className="choice">
          <input type="checkbox" name={props.name} value={value} defaultChecked={marked.includes(value)} />
          {label}
        </label>
      ))}
      {fault || props.help ? <small className={fault ? 'error' : undefined}>{fault ?? props.help}</small> : null}
    </fieldset>
  );
}

/** The idempotency key of a form; kept when the form is shown again. */
export const FormKey = ({ form }: { form: FormState }) => (
  <input type="hidden" name="_key" value={form.typed._key?.at(-1) ?? uuid()} />
);
