import type { Request } from 'express';
import { checkModest, REQUEST_BOUNDS } from './modest-json.ts';
import { Problem } from './problem.ts';

export const JSON_TYPES = ['application/json', 'application/*+json'];

/**
 * The JSON of a request whose bytes were read; an empty body counts as `{}`. @throws Problem 400,
 * 415
 */
export function readJson(request: Request, types = JSON_TYPES): unknown {
  const bytes: unknown = request.body;
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) return {};
  if (!request.is(types)) {
    throw new Problem(415, 'unsupported_content_type', { detail: 'The body must be application/json.' });
  }
  checkModest(bytes, REQUEST_BOUNDS);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Problem(400, 'malformed_body', { detail: 'The body is not valid JSON in UTF-8.' });
  }
}
