import type { z } from 'zod';
import { faultInWords } from './fault-words.ts';
import { Problem, type FieldFault } from './problem.ts';

/** Reads one part of a request by its schema. @throws Problem 422 that names every wrong field */
export function checkInput<Schema extends z.ZodType>(schema: Schema, value: unknown, whole: string): z.output<Schema> {
  const unstorable = findUnstorable(value, []);
  if (unstorable) throw faulty([{ field: unstorable, message: 'must not contain NUL or broken characters' }], whole);
  const read = schema.safeParse(value, { error: faultInWords });
  if (read.success) return read.data;
  throw faulty(read.error.issues.slice(0, MOST_FAULTS).flatMap(toFaults), whole);
}

/**
 * More faults than this are not listed: the request has to be looked at as a whole anyway [R24.5].
 */
const MOST_FAULTS = 20;

/** What names every wrong field, up to so many; `whole` = what is read, where no field is named. */
export function faulty(errors: FieldFault[], whole: string): Problem {
  const named = errors
    .slice(0, MOST_FAULTS)
    .map(({ field, message }) => ({ field: shortened(field) || whole, message }));
  const first = named[0] ?? { field: whole, message: 'is not valid' };
  return new Problem(422, 'validation_failed', {
    detail: `${first.field}: ${first.message}`,
    field: first.field,
    errors: named,
  });
}

function toFaults(issue: z.core.$ZodIssue): FieldFault[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, MOST_FAULTS).map((key) => ({ field: [...path, key].join('.'), message: issue.message }));
  }
  return [{ field: path.join('.'), message: issue.message }];
}

/** Unknown field names are a stranger's own text. */
export const shortened = (name: string): string =>
  name.length > MOST_NAMED ? `${name.slice(0, MOST_NAMED).toWellFormed()}…` : name;
const MOST_NAMED = 100;

// Postgres stores neither NUL nor half a surrogate pair; without this check they would end as
// internal errors.
function findUnstorable(value: unknown, path: string[]): string | null {
  if (typeof value === 'string') return isStorable(value) ? null : path.join('.') || 'body';
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    if (!isStorable(key)) return path.join('.') || 'body';
    const found = findUnstorable(inner, [...path, key]);
    if (found) return found;
  }
  return null;
}

/** Whether Postgres can keep a text. */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');
