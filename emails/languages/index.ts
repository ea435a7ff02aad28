import type { EMAILS, EmailKind } from '../catalogue.ts';
import type { LanguageCode } from './codes.ts';
import { GERMAN_EMAILS } from './de/index.ts';
import { GERMAN } from './de/language.ts';
import { ENGLISH } from './en.ts';
import type { Language } from './language.ts';
import type { AnyTranslation, Translations } from './translation.ts';

/** What is said in emails beside the words of their entries. */
export const LANGUAGES: Record<LanguageCode, Language> = { en: ENGLISH, de: GERMAN };

/**
 * The words of every email; a kind or a word that is missing does not compile. English is what the
 * entries say.
 */
export const TRANSLATIONS: Record<
  Exclude<LanguageCode, 'en'>,
  Translations<typeof EMAILS> & Record<EmailKind, AnyTranslation>
> = { de: GERMAN_EMAILS };
