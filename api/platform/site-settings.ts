import { z } from 'zod';
import { isReservedSlug, SLUG } from '../../db/platform/site-slugs.ts';
import { LANGUAGE_CODES } from '../../emails/languages/codes.ts';
import { email, freeText, httpsUrl, name } from '../http/fields.ts';

/** A language in which emails are written. */
export const language = z.enum(LANGUAGE_CODES);

/** How the site looks. */
export const look = {
  color: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^#[0-9a-f]{6}$/, 'must be a color such as #a8452a')
    .nullable()
    .describe('Of marks, buttons and links; words are set lighter or darker where they would not be readable.'),
  logoUrl: httpsUrl.nullable().describe('Shown by browsers and mail programs; we never fetch it.'),
  postalAddress: freeText.nullable().describe('Stands at the foot of emails and pages.'),
  termsUrl: httpsUrl.nullable().describe('Linked where people buy.'),
  privacyUrl: httpsUrl.nullable().describe('Linked where people buy.'),
  language: language.describe('In which emails are written to admins, and to contacts who have chosen none.'),
};

const slug = z
  .string()
  .trim()
  .toLowerCase()
  .min(3, 'must have at least 3 characters')
  .max(40, 'must have at most 40 characters')
  .regex(SLUG, 'must have letters from a to z, digits, and single hyphens between them')
  .refine((given) => !isReservedSlug(given), 'is not available')
  .describe('The site is at `/s/<slug>`. Old addresses lead on to the new one.');

/** How it is called. */
export const named = { siteName: name, supportEmail: email, slug };
