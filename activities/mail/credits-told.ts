import type { EmailProps, KindsWhere } from '../../emails/catalogue.ts';
import { counted } from '../../emails/languages/counted.ts';
import type { Language } from '../../emails/languages/language.ts';
import { numberOf, textOf } from './intent-data.ts';
import { customerBase, happenedAt, languageOf, type Writing } from './writing.ts';

type Told = Extract<KindsWhere<{ about: 'purchase'; to: 'contact' }>, `credit${string}`>;

/** What customers are told of their call credits. */
export const CREDITS_TOLD: { [K in Told]: (writing: Writing) => EmailProps<K> } = {
  'credit-issued': (writing) => ({
    ...creditBase(writing),
    expiresAt: textOf(writing.material.data, 'expiresAt') ?? happenedAt(writing),
    available: numberOf(writing.material.data, 'available') ?? 0,
    loginUrl: writing.links.login,
  }),
  'credits-expiring': (writing) => ({
    ...creditBase(writing),
    expiresAt: textOf(writing.material.data, 'expiresAt') ?? happenedAt(writing),
    days: countOf(writing, 'days', 'days'),
    loginUrl: writing.links.login,
  }),
  'credits-forfeited': (writing) => ({ ...creditBase(writing), forfeitedAt: happenedAt(writing) }),
};

const creditBase = (writing: Writing) => ({
  ...customerBase(writing),
  credits: countOf(writing, 'count', 'credits'),
});

function countOf(writing: Writing, field: string, what: keyof Language['counts']): string {
  const language = languageOf(writing);
  return counted(numberOf(writing.material.data, field) ?? 0, language.counts[what], language);
}
