import { describe, expect, test } from '@jest/globals';
import { EMAIL_KINDS, EMAILS, isMarketing } from '../../emails/catalogue.ts';
import type { EmailEntry } from '../../emails/entries/entry.ts';
import { exampleProps } from '../../emails/examples.ts';
import { formatCharge, formatInstant, formatMoney, formatPeriod, zoneName } from '../../emails/format.ts';
import { LANGUAGE_CODES } from '../../emails/languages/codes.ts';
import { counted } from '../../emails/languages/counted.ts';
import { LANGUAGES } from '../../emails/languages/index.ts';
import { faultsIn, wordsOf } from '../../emails/own-words.ts';
import { renderEmail } from '../../emails/render.ts';
import { entryIn } from '../../emails/translate.ts';
import { SITE } from './a-sample.ts';

const namesIn = (words: string): string[] =>
  [...words.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').toSorted();

/** Every text of an entry by its place, with the variables that it names. */
function namedIn({ text, facts, variables, action, file, more }: EmailEntry): Record<string, string[]> {
  const sentences = Object.entries(variables).flatMap(([name, variable]) =>
    typeof variable === 'string' || 'of' in variable
      ? []
      : Object.entries('when' in variable ? variable : variable.choose).map(([at, words]) => [`${name} ${at}`, words]),
  ) as [string, string][];
  const texts = Object.entries({ ...text, body: text.body.join(' '), ...Object.fromEntries(sentences) });
  const links = { action: action?.label ?? '', file: file?.label ?? '', more: more?.label ?? '' };
  const labels = { ...links, facts: facts.map(([one]) => one).join(' ') };
  return Object.fromEntries([...texts, ...Object.entries(labels)].map(([place, words]) => [place, namesIn(words)]));
}

/** The words of ours that have letters, and no variable: those that must be other ones. */
const plainOf = (entry: EmailEntry): string[] =>
  [...entry.text.body, entry.action?.label ?? '', entry.file?.label ?? '', entry.more?.label ?? ''].filter((words) =>
    /^[^{]*[a-z]/i.test(words),
  );

const others = LANGUAGE_CODES.filter((code) => code !== 'en');

describe.each(others)('in %s', (language) => {
  test.each(EMAIL_KINDS)('%s says as much as in English, and nothing in English', (kind) => {
    const entry = entryIn(kind, language);

    // Which place of the body a variable has is for the language to say.
    expect(namedIn(entry)).toEqual(namedIn(EMAILS[kind]));
    expect(faultsIn(entry, wordsOf(entry))).toEqual([]);
    const english = new Set(plainOf(EMAILS[kind]));
    expect(plainOf(entry).filter((words) => english.has(words))).toEqual([]);
    const labels = entry.facts.filter(([label], place) => label !== '' && label === EMAILS[kind].facts[place]?.[0]);
    expect(labels).toEqual([]);
  });

  test.each(EMAIL_KINDS)('%s can be written, is in its language for screen readers, and is small', async (kind) => {
    const site = { ...SITE, language };
    const unsubscribeUrl = isMarketing(kind) ? 'https://willow.example/unsubscribe/1' : null;

    const { html, text } = await renderEmail(kind, exampleProps(kind, site), { unsubscribeUrl });

    const { locale, frame } = LANGUAGES[language];
    expect(html).toContain(`<html dir="ltr" lang="${locale}"`);
    expect(html.length).toBeLessThan(100_000);
    expect(text).toContain(frame.questions.split('{{')[0]?.trim());
    expect(text).not.toMatch(/Questions\?|Hello |Times are|Unsubscribe|undefined/);
  });
});

test('amounts, days and zones are as Germans write them', () => {
  const site = { timeZone: 'Europe/Berlin', language: 'de' } as const;
  const [from, to] = ['2026-12-01T11:00:00.000Z', '2026-12-31T11:00:00.000Z'] as const;
  const amount = { amountMinor: 123_456, currency: 'eur' };

  expect(formatMoney(amount, site)).toBe('1.234,56\u00a0€');
  expect(formatMoney({ amountMinor: -500, currency: 'jpy' }, site)).toBe('−500\u00a0¥');
  expect(formatInstant(from, site)).toBe('1. Dezember 2026 um 12:00');
  expect(formatCharge({ amount, at: from }, site)).toBe('1.234,56\u00a0€ am 1. Dezember 2026');
  expect(formatPeriod({ from, to }, site)).toBe('1. Dezember bis 31. Dezember 2026');
  expect(zoneName(site)).toBe('Mitteleuropäische Zeit');
  const { credits } = LANGUAGES.de.counts;
  expect([1, 2].map((count) => counted(count, credits, LANGUAGES.de))).toEqual([
    '1 Gesprächsgutschein',
    '2 Gesprächsgutscheine',
  ]);
});
