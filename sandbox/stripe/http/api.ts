import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestLog, LoggedRequest } from '../data/request-log.ts';
import type { FaultKind, StagedFaults } from '../data/staged-faults.ts';
import type { DatabaseSync } from 'node:sqlite';
import { Books } from '../data/books.ts';
import { readRestrictedKey, type RestrictedKey } from '../data/restricted-keys.ts';
import { checkAccess, checkPermission } from './permissions.ts';
import type { BooksContext } from '../data/context.ts';
import { inTransaction } from '../../sqlite.ts';
import { accountOfKey, newId } from '../data/ids.ts';
import { API_VERSION } from '../data/new-event.ts';
import { ROUTES } from '../resources/all-routes.ts';
import { present } from './expand.ts';
import { ApiFault, invalidRequest } from '../protocol/fault.ts';
import { parseForm } from '../protocol/form.ts';
import { fingerprintOf, storeAnswer, storedAnswer, stillRunning, type StoredAnswer } from './idempotency.ts';
import type { Route } from '../resources/route.ts';

export interface ApiInput {
  contextOf: (account: string) => BooksContext;
  faults: StagedFaults;
  log: RequestLog;
  /** Called after each write. */
  onChange: () => void;
  onError: (error: unknown, requestId: string) => void;
}

interface ApiRequest {
  id: string;
  method: Route['method'];
  path: string;
  query: string;
  body: string;
  account: string;
  key: string | null;
  entry: LoggedRequest;
}

interface Known {
  id: string;
  account: string;
  log: RequestLog;
}

export type ApiHandler = (request: IncomingMessage, response: ServerResponse, url: URL, body: string) => void;

/**
 * The `/v1` endpoints: who asks, staged faults, idempotency, and one transaction for all that a
 * request does.
 */
export function apiHandler(input: ApiInput): ApiHandler {
  const running = new Set<string>();
  return (request, response, url, body) => {
    const id = newId('request');
    const opened = openedBy(request, input.contextOf('').database);
    if (!opened) return send(response, { status: 401, body: JSON.stringify(noKey(request)), requestId: id });
    const { account } = opened;
    const asked = readRequest(request, url, body, { id, account, log: input.log });
    const lock = asked.key && `${account} ${asked.key}`;
    if (lock && running.has(lock)) return finish(response, asked, errorAnswer(stillRunning(), id));
    const fault = input.faults.takeForRequest(asked.method, asked.path, account);
    asked.entry.fault = fault ?? null;
    if (fault === 'hang') {
      if (lock) running.add(lock);
      request.socket.once('close', () => lock && running.delete(lock));
      return;
    }
    const answer =
      fault === '429'
        ? errorAnswer(tooMany(), id)
        : fault === 'reset'
          ? null
          : (forbidden(opened, asked, input.contextOf('').database) ?? answerTo(input, asked, fault));
    if (fault === 'reset' || fault === 'reset_after') {
      input.onChange();
      request.socket.destroy();
      return;
    }
    finish(response, asked, answer!);
    if (asked.method !== 'GET') input.onChange();
  };
}

function readRequest(request: IncomingMessage, url: URL, body: string, known: Known): ApiRequest {
  const { id, account, log } = known;
  const method = request.method as Route['method'];
  const key = method === 'POST' ? (request.headers['idempotency-key']?.toString() ?? null) : null;
  const params = parseForm(method === 'POST' ? body : url.search.slice(1));
  const entry = log.add({
    id,
    at: new Date().toISOString(),
    account,
    method,
    path: url.pathname,
    idempotencyKey: key,
    params,
    status: null,
    replayed: false,
    fault: null,
  });
  return { id, method, path: url.pathname, query: url.search.slice(1), body, account, key, entry };
}

/** The answer to what the key may not do; null = it may. */
function forbidden(
  opened: RestrictedKey,
  { id, method, path }: ApiRequest,
  database: DatabaseSync,
): StoredAnswer | null {
  try {
    checkAccess(database, opened);
    checkPermission(opened, method, path);
    return null;
  } catch (error) {
    if (error instanceof ApiFault) return errorAnswer(error, id);
    throw error;
  }
}

/** Whose books a request is about, and what it may do there; null = there is no such key. */
function openedBy(request: IncomingMessage, database: DatabaseSync): RestrictedKey | null {
  const [scheme, token = ''] = (request.headers.authorization ?? '').split(' ');
  const key = scheme?.toLowerCase() === 'basic' ? (Buffer.from(token, 'base64').toString().split(':')[0] ?? '') : token;
  if (!/^(sk|rk)_test_\w+$/.test(key)) return null;
  if (key.startsWith('rk_')) return readRestrictedKey(database, key);
  const connected = request.headers['stripe-account']?.toString();
  const own = accountOfKey(key);
  return { account: connected ? `${own}/${connected.replaceAll('/', '')}` : own, permissions: null };
}

function noKey(request: IncomingMessage) {
  const given = request.headers.authorization;
  const message = given
    ? 'Invalid API Key provided: the sandbox takes keys that begin with sk_test_.'
    : "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').";
  return { error: { message, type: 'invalid_request_error' } };
}

function tooMany(): ApiFault {
  const message = 'Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.';
  return new ApiFault({ status: 429, type: 'invalid_request_error', code: 'rate_limit', message });
}

/**
 * The stored answer of the key, or the one that the endpoint gives now; both written with its
 * effects in one transaction.
 */
function answerTo(input: ApiInput, asked: ApiRequest, fault: FaultKind | undefined): StoredAnswer {
  const context = input.contextOf(asked.account);
  const { database } = context;
  const fingerprint = fingerprintOf(asked.method, asked.path, asked.body);
  const use = asked.key ? { account: asked.account, key: asked.key, fingerprint } : null;
  try {
    const stored = use && storedAnswer(database, use);
    if (stored) {
      asked.entry.replayed = true;
      return stored;
    }
    return inTransaction(database, () => {
      const answer = fault === '500' ? errorAnswer(broken(), asked.id) : execute(context, asked);
      if (use) storeAnswer(database, use, answer);
      return answer;
    });
  } catch (error) {
    const known = error instanceof ApiFault;
    if (!known) input.onError(error, asked.id);
    const answer = errorAnswer(known ? error : broken(), asked.id);
    if (use && !(known && error.details.beforeExecution)) storeAnswer(database, use, answer);
    return answer;
  }
}

/**
 * Runs the endpoint. A fault that keeps its effects (a declined charge) is an answer; any other
 * undoes the transaction.
 */
function execute(context: BooksContext, asked: ApiRequest): StoredAnswer {
  const books = new Books(context, { id: asked.id, idempotency_key: asked.key });
  const found = ROUTES.find(({ method, pattern }) => method === asked.method && pattern.test(asked.path));
  if (!found) throw unknownPath(asked);
  const id = decodeURIComponent(found.pattern.exec(asked.path)?.[1] ?? '');
  const form = asked.method === 'POST' ? asked.body : [asked.query, asked.body].filter(Boolean).join('&');
  try {
    const { answer, expand } = found.run(books, id, parseForm(form));
    return { status: 200, body: JSON.stringify(present(books, answer, expand)), requestId: asked.id };
  } catch (error) {
    if (error instanceof ApiFault && error.details.keepsEffects) return errorAnswer(error, asked.id);
    throw error;
  }
}

function unknownPath({ method, path }: ApiRequest): ApiFault {
  const { details } = invalidRequest(
    `Unrecognized request URL (${method}: ${path}). The sandbox does not speak this part of Stripe.`,
  );
  return new ApiFault({ ...details, status: 404, beforeExecution: true });
}

function broken(): ApiFault {
  return new ApiFault({ status: 500, type: 'api_error', message: 'An unknown error occurred.' });
}

function errorAnswer(fault: ApiFault, requestId: string): StoredAnswer {
  const { error } = fault.body();
  const body = { error: { ...error, request_log_url: `/_sandbox/requests?id=${requestId}` } };
  return { status: fault.details.status, body: JSON.stringify(body), requestId };
}

function finish(response: ServerResponse, asked: ApiRequest, answer: StoredAnswer): void {
  asked.entry.status = answer.status;
  if (asked.key) response.setHeader('idempotency-key', asked.key);
  if (asked.entry.replayed) {
    response.setHeader('idempotent-replayed', 'true');
    response.setHeader('original-request', answer.requestId);
  }
  send(response, { ...answer, requestId: asked.id });
}

function send(response: ServerResponse, answer: StoredAnswer): void {
  response.writeHead(answer.status, {
    'content-type': 'application/json',
    'request-id': answer.requestId,
    'stripe-version': API_VERSION,
    'cache-control': 'no-cache, no-store',
  });
  response.end(answer.body);
}
