/** The languages in which emails are written; English is what our own words are in first. */
export const LANGUAGE_CODES = ['en', 'de'] as const;
export type LanguageCode = (typeof LANGUAGE_CODES)[number];

/** One that is shipped no more, or not yet, is read as English. */
export const knownLanguage = (code: string | null | undefined): LanguageCode =>
  LANGUAGE_CODES.find((known) => known === code) ?? 'en';
