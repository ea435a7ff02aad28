import type { z } from 'zod';
import { problemSchema } from '../http/problem.ts';
import type { Route } from '../http/route.ts';
import { exampleOf, exampleOfProblem } from './examples.ts';
import type { Json, Schemas } from './schemas.ts';

const REASONS: Record<number, string> = {
  200: 'Done',
  201: 'Made',
  202: 'Accepted, and still on its way',
  204: 'Done',
  400: 'The request cannot be read, or an operator named no account',
  401: 'Not authenticated',
  402: 'The card was refused',
  403: 'The role may not do this',
  404: 'Not found',
  409: 'The state forbids it',
  413: 'The body is too large',
  415: 'The body is not JSON',
  422: 'A value is impossible',
  429: 'Too many tries',
  500: 'Something went wrong here',
  503: 'Something that is needed cannot be reached',
};

export const HEADERS = {
  RequestId: {
    description: 'Names this request; it stands in the log as well.',
    required: true,
    schema: { type: 'string', format: 'uuid' },
  },
  Location: {
    description: 'Where to find what was made, or to follow what is on its way.',
    required: true,
    schema: { type: 'string', format: 'uri-reference' },
  },
  RetryAfter: {
    description: 'After how many seconds to ask again.',
    required: true,
    schema: { type: 'integer', minimum: 0 },
  },
  Authenticate: {
    description: 'What to give: a bearer token.',
    required: true,
    schema: { type: 'string', const: 'Bearer' },
  },
  IdempotencyReplayed: {
    description: '`true` where this is the answer to an earlier request with the same `Idempotency-Key`.',
    schema: { type: 'string', const: 'true' },
  },
};

const header = (name: keyof typeof HEADERS): Json => ({ $ref: `#/components/headers/${name}` });

/** Everything that a route may answer. */
export const responsesOf = (route: Route, schemas: Schemas): Json =>
  Object.fromEntries([...answersOf(route, schemas), ...problemsOf(route, schemas)]);

const answersOf = (route: Route, schemas: Schemas): [string, Json][] =>
  Object.entries(route.answers).map(([status, schema]) => [
    status,
    {
      description: REASONS[Number(status)] ?? 'An answer',
      headers: {
        'X-Request-Id': header('RequestId'),
        ...(route.location && ['201', '202'].includes(status) && { Location: header('Location') }),
        ...(route.method !== 'get' && { 'Idempotency-Replayed': header('IdempotencyReplayed') }),
      },
      ...(schema && { content: contentOf(route, status, schema, schemas) }),
    },
  ]);

function contentOf({ file, operationId }: Route, status: string, schema: z.ZodType, schemas: Schemas): Json {
  if (file) return { [file.type]: { schema: { type: 'string' } } };
  return { [typeOf(schema)]: { schema: schemas.output(schema), ...exampleOf(operationId, status) } };
}

/** A file says in its schema what it is. */
const typeOf = (schema: z.ZodType): string =>
  (schema.meta()?.contentMediaType as string | undefined) ?? 'application/json';

/** Every status of a problem that follows from the definition, and those that it names. */
export function problemStatuses(route: Route): number[] {
  const statuses = new Set<number>([...(route.problems ?? []), 422, 500, 503]);
  const add = (isPossible: boolean, ...more: number[]) => isPossible && more.forEach((status) => statuses.add(status));
  add(route.scope !== 'public', 401);
  add(route.scope === 'account' || route.scope === 'platform' || route.scope === 'admin', 403);
  // A real customer's pages may be looked at by somebody else, who changes nothing.
  add(route.scope === 'customer' && route.method !== 'get' && !route.isReading, 403);
  add(route.scope === 'account', 400, 404);
  add(route.params !== undefined, 404);
  add(route.method !== 'get', 400, 413, 415);
  add(route.perMinute !== undefined, 429);
  return [...statuses].sort((a, b) => a - b);
}

const problemsOf = (route: Route, schemas: Schemas): [string, Json][] =>
  problemStatuses(route).map((status) => [
    String(status),
    {
      description: REASONS[status] ?? 'A problem',
      headers: {
        'X-Request-Id': header('RequestId'),
        ...([429, 503].includes(status) && { 'Retry-After': header('RetryAfter') }),
        ...(status === 401 && { 'WWW-Authenticate': header('Authenticate') }),
      },
      content: {
        'application/problem+json': { schema: schemas.output(problemSchema), ...exampleOfProblem(status) },
      },
    },
  ]);
