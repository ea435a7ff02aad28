import type { Request } from 'express';
import { LANGUAGE_CODES, type LanguageCode } from '../../emails/languages/codes.ts';

/**
 * The language of emails that a browser asks for first (`Accept-Language`); null = none of them, or
 * it asks for none.
 */
export function browserLanguage(request: Request): LanguageCode | null {
  const known = request.acceptsLanguages().map((tag) => {
    return LANGUAGE_CODES.find((code) => code === tag.toLowerCase().split('-')[0]);
  });
  return known.find((code) => code !== undefined) ?? null;
}
