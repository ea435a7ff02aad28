/** What a field of an account's own holds. */
export const FIELD_KINDS = ['text', 'number', 'date', 'yes_no'] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

export type FieldValue = string | number | boolean;

const MOST_TEXT = 500;
const MOST_NUMBER = 1e15;

/** What is wrong with a value for a field of this kind; null = nothing. */
export function faultOfValue(kind: FieldKind, value: FieldValue): string | null {
  switch (kind) {
    case 'text':
      return isText(value) ? null : `must be a text of at most ${MOST_TEXT} characters`;
    case 'number':
      return typeof value === 'number' && Math.abs(value) <= MOST_NUMBER ? null : 'must be a number, such as 12.5';
    case 'date':
      return isDay(value) ? null : 'must be a date, such as 2027-01-31';
    case 'yes_no':
      return typeof value === 'boolean' ? null : 'must be true or false';
  }
}

const isText = (value: FieldValue): boolean =>
  typeof value === 'string' && value.trim() !== '' && value.length <= MOST_TEXT;

/** A day that there is: February has no thirtieth. */
function isDay(value: FieldValue): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = Date.parse(`${value}T00:00:00.000Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}
