import type { Response } from 'express';
import type { Problem } from './problem.ts';
import { problemBody } from './problem.ts';
import type { Served } from './route.ts';

export function sendServed(response: Response, { status, body, headers }: Served): void {
  response.status(status).set(headers ?? {});
  if (body === undefined) return void response.end();
  if (body instanceof Uint8Array) return void response.send(Buffer.from(body));
  response.type(status >= 400 ? 'application/problem+json' : 'application/json').send(JSON.stringify(body));
}

export function sendProblem(response: Response, problem: Problem): void {
  const requestId = String(response.locals.requestId ?? '');
  sendServed(response, {
    status: problem.status,
    body: problemBody(problem, requestId),
    headers: { ...ALWAYS[problem.status], ...problem.details.headers },
  });
}

/** Headers that an answer of this status must have. */
const ALWAYS: Record<number, Record<string, string>> = {
  401: { 'WWW-Authenticate': 'Bearer' },
  429: { 'Retry-After': '60' },
  503: { 'Retry-After': '5' },
};
