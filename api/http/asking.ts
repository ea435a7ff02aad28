import type { Request } from 'express';
import { authenticate, authenticateAdmin, authenticateCustomer } from '../auth/authenticate.ts';
import { JSON_TYPES, readJson } from './body.ts';
import type { Route } from './route.ts';
import type { Asking } from './serve.ts';

/** What an HTTP request asks for. Its token is only checked by routes that need a caller. */
export function askingOf(request: Request, requestId: string, { isFromAnySite }: Route): Asking {
  const [, token = null] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
  return {
    method: request.method,
    url: request.originalUrl,
    params: request.params as Record<string, string>,
    query: request.query,
    readJson: () => readJson(request, isFromAnySite ? [...JSON_TYPES, 'text/plain'] : JSON_TYPES),
    idempotencyKey: request.get('idempotency-key'),
    requestId,
    accountId: request.get('perennial-account'),
    ip: request.ip ?? '',
    token,
    caller: (em) => authenticate(token, em),
    customer: (em) => authenticateCustomer(token, em),
    admin: (em) => authenticateAdmin(token, em),
  };
}
