import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { log } from '../../log.ts';
import type { Problem } from './problem.ts';
import { problemBody } from './problem.ts';
import type { FileOf, Served } from './route.ts';

export function sendServed(response: Response, { status, body, headers }: Served, file?: FileOf): void {
  response.status(status).set(headers ?? {});
  if (body === undefined) return void response.end();
  if (body instanceof Uint8Array) return void response.send(Buffer.from(body));
  if (file && status < 400) return sendFile(response, file, body as AsyncIterable<string>);
  response.type(status >= 400 ? 'application/problem+json' : 'application/json').send(JSON.stringify(body));
}

/** It goes out as it is read; whoever hangs up ends the reading. */
export function sendFile(response: Response, { type, name }: FileOf, body: AsyncIterable<string | Uint8Array>): void {
  response.attachment(name).type(type);
  pipeline(Readable.from(body), response).catch((error: unknown) => {
    if (!response.closed) response.destroy();
    log.warn({ error, requestId: String(response.locals.requestId) }, 'file.cut_off');
  });
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
