import { Temporal } from 'temporal-polyfill';
import { shortened } from '../http/check-input.ts';
import { invalid, type FieldFault, type Problem, type ProblemBody } from '../http/problem.ts';
import { minorDigits } from '../../emails/format.ts';

/**
 * A submitted form: its body as the API takes it, and its texts as they were typed, to be shown
 * again.
 */
export type Form = {
  body: AsTyped<unknown>;
  typed: FormTexts;
  /** Which button was pressed. */
  step: string;
  /** Created with the form, so that sending it twice does it once. */
  key: string | undefined;
};

declare const typed: unique symbol;

/** What people typed, by name; unchecked until the route's schema reads it. */
export type AsTyped<Value> = { [name: string]: Value; readonly [typed]: true };

/** Texts by name of input. */
export type FormTexts = Record<string, string[]>;

/** What a form's parts show: texts, and what was wrong with them. */
export type FormState = { typed: FormTexts; errors: FieldFault[] };

export const EMPTY_FORM: FormState = { typed: {}, errors: [] };

/** A form that the API has refused: its texts as they were typed, and what was wrong with them. */
export const refusedForm = (typed: FormTexts, { errors = [] }: ProblemBody): FormState => ({
  typed,
  errors: errors.map(amountFault),
});

/** People write an amount of money where the API wants minor units, so they are told of one. */
export const amountFault = (fault: FieldFault): FieldFault =>
  fault.field.endsWith('Minor') && /^must be a (whole )?number$/.test(fault.message)
    ? { ...fault, message: 'must be a number, such as 10.00' }
    : fault;

/**
 * Reads a form by the names of its inputs, `field@kind`. The field is the API's own, dotted where
 * it is nested; the kind says how its text becomes JSON. A blank is left out, or null where the
 * kind ends in `?`. What cannot be read stays text, and the API's schema names the field. Kinds:
 * text (default), `int`, `number`, `minor:<currency or field that holds it>`, `instant` (in the
 * account's zone), `flag`, `list`, `lines` (of one text). Names that begin with `_` are not the
 * API's.
 * @throws Problem 422 for names that no form of ours has: one that is a text and a group at once,
 * or nested beyond measure [R24.5]
 */
export function readForm(texts: FormTexts, timeZone: string): Form {
  const body = plainObject() as Form['body'];
  for (const [name, values] of Object.entries(texts)) {
    if (name.startsWith('_')) continue;
    const [field = '', kind = 'text'] = name.split('@');
    const value = readField(kind, values, { timeZone, texts });
    if (value !== undefined) put(body, field, value);
  }
  const step = texts._step?.at(-1) ?? '';
  // A step is looked up by its name, where every object knows some words of its own.
  return { body, typed: texts, step: step in Object.prototype ? '' : step, key: texts._key?.at(-1) };
}

type Surroundings = { timeZone: string; texts: FormTexts };

function readField(kind: string, values: string[], around: Surroundings): unknown {
  const isNullable = kind.endsWith('?');
  const [name = '', argument = ''] = kind.replace(/\?$/, '').split(':');
  // A checkbox comes after a hidden blank of its name, so that leaving it unchecked says so.
  if (name === 'list') return values.filter((value) => value !== '');
  if (name === 'flag') return values.at(-1) !== '';
  const text = values.at(-1)?.trim() ?? '';
  if (name === 'lines') return text.split('\n').flatMap((line) => line.trim() || []);
  if (text === '') return isNullable ? null : undefined;
  if (name === 'int') return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
  if (name === 'number') return /^-?\d{1,15}(\.\d{1,9})?$/.test(text) ? Number(text) : text;
  if (name === 'minor') return toMinor(text, around.texts[argument]?.at(-1) ?? argument);
  if (name === 'instant') return toInstant(text, around.timeZone);
  return text;
}

/** `29.5` dollars are 2950: exact, by the digits [R1.4]. */
function toMinor(text: string, currency: string): unknown {
  const [, whole, fraction = ''] = /^(\d{1,12})(?:[.,](\d*))?$/.exec(text) ?? [];
  const digits = minorDigits(currency.toUpperCase());
  if (whole === undefined || fraction.length > digits) return text;
  return Number(whole + fraction.padEnd(digits, '0'));
}

/**
 * What a clock on the account's wall shows, as an instant; an instant with its own zone stays what
 * it is.
 */
function toInstant(text: string, timeZone: string): string {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text)) return text;
  try {
    return new Date(Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).epochMilliseconds).toISOString();
  } catch {
    return text;
  }
}

/** An instant as an `<input type="datetime-local">` shows it in the zone. */
export const toWallClock = (at: string, timeZone: string): string =>
  Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'second' });

/** Deeper than any field of ours. */
const MOST_DOTS = 8;

function put(body: Record<string, unknown>, field: string, value: unknown): void {
  const names = field.split('.', MOST_DOTS + 2);
  const last = names.pop() ?? '';
  if (names.length > MOST_DOTS) throw impossible(field);
  let target = body;
  for (const name of names) {
    const inner = (target[name] ??= plainObject());
    if (!isGroup(inner)) throw impossible(field);
    target = inner;
  }
  if (isGroup(target[last])) throw impossible(field);
  target[last] = value;
}

/** Groups are ours alone: values are texts, numbers, lists, flags or null. */
const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const impossible = (field: string): Problem => invalid(shortened(field), 'is not a field of this form');

/** An object without a prototype, so that no field name of a stranger's can reach one. */
const plainObject = (): Record<string, unknown> => Object.create(null) as Record<string, unknown>;
