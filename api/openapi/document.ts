import { z } from 'zod';
import { problemSchema } from '../http/problem.ts';
import type { Route } from '../http/route.ts';
import { TAGS } from '../http/tags.ts';
import { SECURITY, SECURITY_SCHEMES } from './security.ts';

type Json = Record<string, unknown>;

/** Zod schemas as JSON Schema; those with an id become components, and are pointed at. */
type Schemas = { input: (schema: z.ZodType) => Json; output: (schema: z.ZodType) => Json; components: Json };

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
  405: 'The path knows no such method',
  409: 'The state forbids it',
  413: 'The body is too large',
  415: 'The body is not JSON',
  422: 'A value is impossible',
  429: 'Too many tries',
  500: 'Something went wrong here',
  503: 'Something that is needed cannot be reached',
};

/** The OpenAPI 3.1 document of exactly the routes that are served. */
export function openApiDocument(routes: readonly Route[], publicUrl: string): Json {
  const schemas = createSchemas();
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Perennial',
      version: '1.0.0',
      description:
        'Memberships, subscriptions and access, each purchase as one durable workflow. Problems are RFC 9457; lists are cursor pages; every write takes an Idempotency-Key, which is its caller’s own.',
    },
    servers: [{ url: publicUrl }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: { schemas: schemas.components, securitySchemes: SECURITY_SCHEMES },
  };
}

function createSchemas(): Schemas {
  const components: Json = {};
  const convert = (io: 'input' | 'output') => (schema: z.ZodType) => {
    const json = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }) as Json & { $defs?: Json };
    const { $schema: _dialect, $defs, ...rest } = json;
    for (const [name, definition] of Object.entries($defs ?? {})) components[name] ??= pointing(definition);
    return pointing(rest) as Json;
  };
  return { input: convert('input'), output: convert('output'), components };
}

/** Zod points at `#/$defs`, OpenAPI keeps them under `#/components/schemas`. */
function pointing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointing);
  if (typeof value !== 'object' || value === null) return value;
  const { id: _id, ...rest } = value as Json;
  const kept = typeof (value as Json).id === 'string' ? rest : (value as Json);
  return Object.fromEntries(
    Object.entries(kept).map(([key, inner]) =>
      key === '$ref' ? [key, String(inner).replace('#/$defs/', '#/components/schemas/')] : [key, pointing(inner)],
    ),
  );
}

function operation(route: Route, schemas: Schemas): Json {
  const isAccepted = route.body?.safeParse({}).success ?? false;
  return {
    tags: [route.tag],
    operationId: route.operationId,
    summary: route.summary,
    ...(route.description && { description: route.description }),
    security: SECURITY[route.scope],
    parameters: [...parametersOf(route, schemas), ...headersOf(route)],
    ...(route.body && {
      requestBody: {
        required: !isAccepted,
        content: {
          'application/json': {
            schema: schemas.input(route.body),
            ...(route.example !== undefined && { example: route.example }),
          },
        },
      },
    }),
    responses: Object.fromEntries([...answersOf(route, schemas), ...problemsOf(route, schemas)]),
  };
}

function parametersOf(route: Route, schemas: Schemas): Json[] {
  const read = (schema: z.ZodType | undefined, where: 'path' | 'query') => {
    if (!schema) return [];
    const { properties = {}, required = [] } = schemas.input(schema) as {
      properties?: Record<string, Json>;
      required?: string[];
    };
    return Object.entries(properties).map(([name, { description, ...property }]) => ({
      name,
      in: where,
      required: where === 'path' || required.includes(name),
      ...(description !== undefined && { description }),
      schema: property,
    }));
  };
  return [...read(route.params, 'path'), ...read(route.query, 'query')];
}

function headersOf({ method, scope }: Route): Json[] {
  const account = {
    name: 'Perennial-Account',
    in: 'header',
    required: false,
    description: 'For operator keys: the account to act on.',
    schema: { type: 'string', format: 'uuid' },
  };
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'The same key with the same request is carried out once, and its answer repeated.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  };
  // A key is its caller's: who asks without saying who they are has none.
  return [...(scope === 'account' ? [account] : []), ...(method === 'get' || scope === 'public' ? [] : [key])];
}

const answersOf = (route: Route, schemas: Schemas): [string, Json][] =>
  Object.entries(route.answers).map(([status, schema]) => [
    status,
    {
      description: REASONS[Number(status)] ?? 'An answer',
      ...(schema && { content: { 'application/json': { schema: schemas.output(schema) } } }),
    },
  ]);

/** Every status of a problem that follows from the definition, and those that it names. */
export function problemStatuses(route: Route): number[] {
  const statuses = new Set<number>([...(route.problems ?? []), 500, 503]);
  const add = (isPossible: boolean, ...more: number[]) => isPossible && more.forEach((status) => statuses.add(status));
  add(route.scope !== 'public', 401);
  add(route.scope === 'account' || route.scope === 'platform', 403);
  add(route.scope === 'account', 400, 404);
  add(route.params !== undefined, 404);
  add(true, 422);
  add(route.method !== 'get', 400, 413, 415);
  add(route.perMinute !== undefined, 429);
  return [...statuses].sort((a, b) => a - b);
}

const problemsOf = (route: Route, schemas: Schemas): [string, Json][] =>
  problemStatuses(route).map((status) => [
    String(status),
    {
      description: REASONS[status] ?? 'A problem',
      content: { 'application/problem+json': { schema: schemas.output(problemSchema) } },
    },
  ]);
