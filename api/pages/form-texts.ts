import { Problem } from '../http/problem.ts';
import type { Request } from 'express';
import type { FormTexts } from './form.ts';

/** More than any page of ours has. */
const MOST_FIELDS = 1_000;

/**
 * The texts of a submitted form whose bytes were read, by name of input; without a body there are
 * none. @throws Problem 413, 415
 */
export function readFormTexts(request: Request): FormTexts {
  const bytes: unknown = request.body;
  const texts = Object.create(null) as FormTexts;
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) return texts;
  if (!request.is('application/x-www-form-urlencoded') || !isUtf8(request.get('content-type') ?? '')) {
    const detail = 'A form must be sent as application/x-www-form-urlencoded, in UTF-8.';
    throw new Problem(415, 'unsupported_content_type', { detail });
  }
  const form = bytes.toString();
  if (form.split('&', MOST_FIELDS + 1).length > MOST_FIELDS) {
    throw new Problem(413, 'body_too_large', { detail: `The form has more than ${MOST_FIELDS} fields.` });
  }
  for (const [name, text] of new URLSearchParams(form)) (texts[name] ??= []).push(text);
  return texts;
}

const isUtf8 = (contentType: string): boolean => {
  const [, charset = 'utf-8'] = /;\s*charset="?([^\s";]+)/i.exec(contentType) ?? [];
  return charset.toLowerCase() === 'utf-8';
};
