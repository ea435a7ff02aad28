import { z } from 'zod';
import { ApiFault, invalidRequest } from './fault.ts';
import type { FormTree } from './form.ts';

/** The kinds of parameters that form-encoded requests carry, as zod schemas over strings. */
export const text = z.string();
export const integer = z
  .string()
  .regex(/^-?\d{1,15}$/, 'integer')
  .transform(Number);
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
export const metadata = z.union([
  z.literal('').transform(() => ({})),
  // Keys that are all numbers arrive as a list.
  z.array(text).transform((values) => Object.fromEntries(values.entries())),
  z.record(z.string(), z.string()),
]);
export const expand = z.array(text).optional();

/** `''` unsets the value. */
export function emptyable<T extends z.ZodType>(schema: T) {
  return z.union([z.literal('').transform(() => null), schema]);
}

const range = z.strictObject({
  gt: integer.optional(),
  gte: integer.optional(),
  lt: integer.optional(),
  lte: integer.optional(),
});
type Range = z.infer<typeof range>;
const createdFilter = z.union([integer.transform((at): Range => ({ gte: at, lte: at })), range]);

/** What every list takes. */
export const listFields = {
  limit: integer.optional(),
  starting_after: text.optional(),
  ending_before: text.optional(),
  created: createdFilter.optional(),
  expand,
};

/** Parameters that are taken and have no effect here: presentation, tax off, and hints. */
export function ignored<const N extends string>(...names: N[]) {
  return Object.fromEntries(names.map((name) => [name, z.unknown().optional()])) as unknown as {
    [name in N]: z.ZodOptional<z.ZodUnknown>;
  };
}

/** Checks decoded parameters; Stripe's 400 for the first that is unknown, missing or malformed. */
export function readParams<T extends z.ZodType>(schema: T, input: FormTree): z.output<T> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw toFault(result.error.issues[0]!, input);
}

function nameOf(path: readonly PropertyKey[]): string {
  return path.map((part, index) => (index === 0 ? String(part) : `[${String(part)}]`)).join('');
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, part) => (value as Record<PropertyKey, unknown> | undefined)?.[part], input);
}

function toFault(issue: z.core.$ZodIssue, input: FormTree): ApiFault {
  const fault = faultOf(innermost(issue), input);
  return new ApiFault({ ...fault.details, beforeExecution: true });
}

/**
 * A union fails as a whole; what is wrong stands in the branch that fits best: the last one, which
 * takes a value.
 */
function innermost(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue;
  const inner = issue.errors.at(-1)?.[0];
  return inner ? innermost({ ...inner, path: [...issue.path, ...inner.path] }) : issue;
}

function faultOf(issue: z.core.$ZodIssue, input: FormTree): ApiFault {
  if (issue.code === 'unrecognized_keys') {
    const param = nameOf([...issue.path, issue.keys[0]!]);
    return invalidRequest(`Received unknown parameter: ${param}`, param, 'parameter_unknown');
  }
  const param = nameOf(issue.path);
  const value = valueAt(input, issue.path);
  if (value === undefined) return invalidRequest(`Missing required param: ${param}.`, param, 'parameter_missing');
  if (value === '')
    return invalidRequest(`You passed an empty string for '${param}'.`, param, 'parameter_invalid_empty');
  if (issue.code === 'invalid_format')
    return invalidRequest(`Invalid integer: ${JSON.stringify(value)}`, param, 'parameter_invalid_integer');
  if (issue.code === 'invalid_value') {
    return invalidRequest(`Invalid ${param}: must be one of ${issue.values.join(', ')}`, param);
  }
  return invalidRequest(`Invalid ${issue.code === 'invalid_type' ? issue.expected : 'value'} for ${param}`, param);
}
