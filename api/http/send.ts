import type { Response } from 'express';
import type { Problem } from './problem.ts';
import { problemBody } from './problem.ts';
import type { Served } from './serve.ts';

export function sendServed(response: Response, { status, body, headers }: Served): void {
  response.status(status).set(headers ?? {});
  if (body === undefined) return void response.end();
  response.type(status >= 400 ? 'application/problem+json' : 'application/json').send(JSON.stringify(body));
}

export function sendProblem(response: Response, problem: Problem): void {
  const requestId = String(response.locals.requestId ?? '');
  sendServed(response, {
    status: problem.status,
    body: problemBody(problem, requestId),
    headers: problem.details.headers,
  });
}
