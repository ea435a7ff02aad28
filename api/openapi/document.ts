import type { z } from 'zod';
import type { Route } from '../http/route.ts';
import { TAGS } from '../http/tags.ts';
import { HEADERS, responsesOf } from './responses.ts';
import { createSchemas, discriminated, type Json, type Schemas } from './schemas.ts';
import { SECURITY, SECURITY_SCHEMES } from './security.ts';

/** The OpenAPI 3.1 document of exactly the routes that are served. */
export function openApiDocument(routes: readonly Route[], publicUrl: string): Json {
  const schemas = createSchemas();
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route, schemas) };
  }
  const document = {
    openapi: '3.1.0',
    info: {
      title: 'Perennial',
      version: '1.0.0',
      description:
        'Memberships, subscriptions and access, each purchase as one durable workflow. Problems are RFC 9457; lists are cursor pages; every write takes an Idempotency-Key, which is its caller’s own.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: publicUrl }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: { schemas: schemas.components, headers: HEADERS, securitySchemes: SECURITY_SCHEMES },
  };
  return discriminated(document, schemas.components) as Json;
}

function operation(route: Route, schemas: Schemas): Json {
  const isAccepted = route.body?.safeParse({}).success ?? false;
  const description = [route.description, rolesOf(route)].filter(Boolean).join(' ');
  return {
    tags: [route.tag],
    operationId: route.operationId,
    summary: route.summary,
    ...(description && { description }),
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
    responses: responsesOf(route, schemas),
  };
}

const rolesOf = ({ scope, roles }: Route): string | null =>
  scope === 'account' ? `Roles: ${roles.join(', ')}.` : null;

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
    description: 'For operators: the account to act on. Who belongs to one acts on their own.',
    schema: { type: 'string', format: 'uuid' },
  };
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'The same key with the same request is carried out once, and its answer repeated.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  };
  // An idempotency key belongs to its caller, so anonymous callers have none.
  return [...(scope === 'account' ? [account] : []), ...(method === 'get' || scope === 'public' ? [] : [key])];
}
