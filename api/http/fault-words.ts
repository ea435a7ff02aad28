import type { z } from 'zod';

type Issue = z.core.$ZodRawIssue;
type Of<Code extends z.core.$ZodIssueCode> = Extract<Issue, { code: Code }>;

/** What is wrong with a value, as what follows the name of its field. */
export function faultInWords(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is required' : `must be ${TYPES[issue.expected] ?? 'of another type'}`;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'too_small':
      return boundOf(issue, issue.minimum, LEAST);
    case 'too_big':
      return boundOf(issue, issue.maximum, MOST);
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'unrecognized_keys':
      return 'is not a field of this request';
    case 'invalid_union':
      return unionInWords(issue);
    case 'invalid_format':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return 'is not of the form that is asked for';
    default:
      return 'cannot be read';
  }
}

const TYPES: Record<string, string | undefined> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

const MOST_NAMED = 12;

/** A few values by name; of many only that there are some. */
function oneOf(values: readonly unknown[]): string {
  const named = values.map(String);
  const last = named.pop();
  if (last === undefined || named.length >= MOST_NAMED) return 'is not one of the values that there are';
  return named.length === 0 ? `must be ${last}` : `must be ${named.join(', ')} or ${last}`;
}

type Words = { isAtLeast: string; isBeyond: string };
const LEAST: Words = { isAtLeast: 'at least', isBeyond: 'more than' };
const MOST: Words = { isAtLeast: 'at most', isBeyond: 'less than' };

function boundOf(issue: Of<'too_small'> | Of<'too_big'>, bound: number | bigint, words: Words): string {
  const how = issue.inclusive === false ? words.isBeyond : words.isAtLeast;
  const many = (one: string) => `must have ${how} ${bound} ${bound === 1 ? one : one.replace(/y$/, 'ie') + 's'}`;
  if (issue.origin === 'string') return words === LEAST && bound === 1 ? 'must not be empty' : many('character');
  if (issue.origin === 'array') return many('entry');
  return `must be ${how} ${bound}`;
}

/** Of several forms: the values of the field that tells them apart, where there is one. */
function unionInWords(issue: Of<'invalid_union'>): string {
  if ('options' in issue && Array.isArray(issue.options)) return oneOf(issue.options);
  return 'has none of the forms that it may have';
}
