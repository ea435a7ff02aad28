import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { checkInput } from '../../api/http/check-input.ts';
import { Problem } from '../../api/http/problem.ts';
import type { Route } from '../../api/http/route.ts';
import { ROUTES } from '../../api/routes.ts';

/** What nobody should have to type, each as a whole and in every place of a body or an address. */
const BAD = [undefined, null, '', ' ', 'x', 'x'.repeat(5_000), -1, 0.5, 1e13, true, [], {}, ['x'], [[]], { x: 1 }, '!'];

/** An object with `bad` at one of its places. */
function* spoiled(value: unknown, bad: unknown): Generator<unknown> {
  yield bad;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    for (const other of spoiled(inner, bad)) yield Array.isArray(value) ? [other] : { ...value, [key]: other };
  }
}

const named = (schema: z.ZodType | undefined): Record<string, unknown> =>
  schema instanceof z.ZodObject ? Object.fromEntries(Object.keys(schema.shape).map((name) => [name, undefined])) : {};

/** Every sentence by which a schema refuses. */
function* refusals(schema: z.ZodType | undefined, example: unknown): Generator<string> {
  if (!schema) return;
  const whole = { ...named(schema), ...(example as object) };
  for (const bad of BAD)
    for (const value of spoiled(whole, bad)) {
      try {
        checkInput(schema, value, 'body');
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        for (const { message } of error.details.errors ?? []) yield message;
      }
    }
}

const sentencesOf = ({ body, query, example }: Route): string[] => [
  ...new Set([...refusals(body, example), ...refusals(query, {})]),
];

test('no route refuses a value by a sentence of the validator', () => {
  const said = new Set((ROUTES as readonly Route[]).flatMap((route) => sentencesOf(route)));

  expect(said.size).toBeGreaterThan(20);
  const raw = [...said].filter(
    (message) =>
      !/^(must|is|has|needs|may|cannot|does) /.test(message) ||
      /\b(expected|received|Invalid|Unrecognized|>=|<=)/.test(message),
  );
  expect(raw).toEqual([]);
});

const schema = z.strictObject({
  name: z.string().min(1).max(3),
  days: z.int().min(0).max(9).optional(),
  price: z.number().gt(0).optional(),
  kind: z.enum(['once', 'forever']).optional(),
  flag: z.literal('true').optional(),
  ids: z.array(z.string()).min(2).max(3).optional(),
  step: z.number().multipleOf(5).optional(),
  how: z.discriminatedUnion('by', [z.object({ by: z.literal('hour') }), z.object({ by: z.literal('day') })]).optional(),
  either: z.union([z.string(), z.null()]).optional(),
});

test.each<[unknown, string, string]>([
  [{}, 'name', 'is required'],
  [{ name: 7 }, 'name', 'must be text'],
  [{ name: '' }, 'name', 'must not be empty'],
  [{ name: 'long' }, 'name', 'must have at most 3 characters'],
  [{ name: 'a', days: 'two' }, 'days', 'must be a number'],
  [{ name: 'a', days: 1.5 }, 'days', 'must be a whole number'],
  [{ name: 'a', days: 10 }, 'days', 'must be at most 9'],
  [{ name: 'a', price: 0 }, 'price', 'must be more than 0'],
  [{ name: 'a', kind: 'twice' }, 'kind', 'must be once or forever'],
  [{ name: 'a', flag: 'yes' }, 'flag', 'must be true'],
  [{ name: 'a', ids: ['x'] }, 'ids', 'must have at least 2 entries'],
  [{ name: 'a', step: 7 }, 'step', 'must be a multiple of 5'],
  [{ name: 'a', how: { by: 'week' } }, 'how.by', 'must be hour or day'],
  [{ name: 'a', either: 7 }, 'either', 'has none of the forms that it may have'],
  [{ name: 'a', more: 1 }, 'more', 'is not a field of this request'],
])('%j: %s %s', (value, field, message) => {
  expect(() => checkInput(schema, value, 'body')).toThrow(
    expect.objectContaining({ details: expect.objectContaining({ errors: [{ field, message }] }) }),
  );
});
