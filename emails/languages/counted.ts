import { fill } from '../words/fill.ts';
import type { Counted, Language } from './language.ts';

/** `2 call credits`: by what the language does with numbers. */
export const counted = (count: number, forms: Counted, { locale }: Language): string =>
  fill(forms[new Intl.PluralRules(locale).select(count)] ?? forms.other, { count: String(count) });
