import type { ErrorRequestHandler, RequestHandler } from 'express';
import { v7 as uuid } from 'uuid';
import { StripeRefused, StripeUnavailable } from '../../activities/gateways/stripe/failures.ts';
import { log } from '../../log.ts';
import { Problem } from './problem.ts';
import { sendProblem } from './send.ts';

/**
 * Every answer carries a request id that is in the log as well, except the one word to an accepted
 * webhook.
 */
export const giveRequestId: RequestHandler = (_request, response, next) => {
  const requestId = uuid();
  response.locals.requestId = requestId;
  response.set('X-Request-Id', requestId);
  next();
};

export const noSuchAddress: RequestHandler = () => {
  throw new Problem(404, 'not_found', { detail: 'There is nothing at this address.' });
};

/**
 * The last handler: whatever was thrown becomes a problem. Unexpected errors are logged, and
 * answered without details.
 */
export const answerFault: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (response.headersSent) return next(error);
  const problem = toProblem(error);
  if (problem.status >= 500) {
    log.error({ error, requestId: response.locals.requestId, method: request.method }, 'request.failed');
  }
  sendProblem(response, problem);
};

export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof StripeUnavailable) return unavailable('Stripe cannot be reached; nothing was done. Try again.');
  if (error instanceof StripeRefused) {
    return new Problem(422, 'stripe_refused', { detail: 'Stripe refused this.', stripeCode: error.stripeCode });
  }
  // The path could not be decoded.
  if (error instanceof URIError) return new Problem(404, 'not_found', { detail: 'There is nothing at this address.' });
  const { code, status = 500 } = (error ?? {}) as { code?: string; status?: number };
  if (status >= 400 && status < 500) return unreadable(status);
  if (code === '23505') return new Problem(409, 'duplicate', { detail: 'This is there already.' });
  if (isOutOfRoom(code)) return unavailable('The database has no room to write; nothing was done. Try again later.');
  if (isConnectionFault(error)) return unavailable('The database cannot be reached; nothing was done. Try again.');
  return new Problem(500, 'internal_error', {
    detail: 'Something went wrong here; it was logged with this requestId.',
  });
}

/** What Express and its parsers refuse is the fault of the request, whatever they call it. */
function unreadable(status: number): Problem {
  if (status === 413) return new Problem(413, 'body_too_large', { detail: 'The body is too large.' });
  if (status === 415) {
    return new Problem(415, 'unsupported_content_type', { detail: 'This encoding or content type is not supported.' });
  }
  return new Problem(400, 'malformed_body', { detail: 'The request cannot be read.' });
}

const unavailable = (detail: string): Problem => new Problem(503, 'unavailable', { detail });

/**
 * SQLSTATE class 53 (disk full, out of memory, too many connections), 25006 (it only reads just
 * now), 58030 (the disk fails).
 */
const isOutOfRoom = (code = ''): boolean => /^(53|25006|58030)/.test(code);

/** SQLSTATE classes 08 (connection) and 57 (shut down), or no connection at all. */
function isConnectionFault(error: unknown): boolean {
  const code = (error as { code?: string } | null)?.code ?? '';
  return /^(08|57P)/.test(code) || ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND'].includes(code);
}
