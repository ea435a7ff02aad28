import type { Request } from 'express';
import { authenticate, authenticateContact } from '../auth/authenticate.ts';
import { readJson } from './body.ts';
import type { Asking } from './serve.ts';
import type { SecretKey } from '../auth/secrets.ts';

/** What an HTTP request asks; its token is looked at only by routes that want to know who asks. */
export function askingOf(request: Request, requestId: string, secretKey: SecretKey): Asking {
  const [, token = null] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
  return {
    method: request.method,
    url: request.originalUrl,
    params: request.params as Record<string, string>,
    query: request.query,
    readJson: () => readJson(request),
    idempotencyKey: request.get('idempotency-key'),
    requestId,
    accountId: request.get('perennial-account'),
    caller: (em) => authenticate(token, em, secretKey),
    contact: (em) => authenticateContact(token, em, secretKey),
  };
}
