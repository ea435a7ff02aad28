import { describe, expect, test } from '@jest/globals';
import { EMAIL_KINDS, EMAILS, kindsWhere } from '../../emails/catalogue.ts';
import type { EmailEntry } from '../../emails/entries/entry.ts';
import { writeEmail } from '../../emails/write.ts';
import { aSample } from './a-sample.ts';

/** What is named in the words. */
const namesIn = (words: string[]): string[] =>
  words.flatMap((text) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? ''));

function sentencesOf({ variables }: EmailEntry): string[] {
  return Object.values(variables).flatMap((variable) => {
    if (typeof variable === 'string' || 'of' in variable) return [];
    return 'when' in variable ? [variable.when, variable.otherwise] : Object.values(variable.choose);
  });
}

function usedIn(entry: EmailEntry): string[] {
  const { text, facts, action } = entry;
  const links = [entry.file, entry.more].flatMap((link) => link ?? []);
  const words = [text.subject, text.preview, text.heading, ...text.body, ...sentencesOf(entry), action?.label ?? ''];
  words.push(...links.map(({ label }) => label));
  return [
    ...namesIn(words),
    ...facts.map(([, name]) => name),
    ...(action ? [action.url] : []),
    ...links.map(({ url }) => url),
  ];
}

describe.each(EMAIL_KINDS)('the entry of %s', (kind) => {
  const entry: EmailEntry = EMAILS[kind];

  test('names in its words what is known, and no more', () => {
    const known = new Set([...Object.keys(entry.variables), 'siteName', 'facts', 'action']);

    expect(usedIn(entry).filter((name) => !known.has(name))).toEqual([]);
  });

  test('has no variable that it does not show', () => {
    const shown = new Set([...usedIn(entry), 'contactName']);

    expect(Object.keys(entry.variables).filter((name) => !shown.has(name))).toEqual([]);
  });

  test('shows its facts once, but for a broadcast, which has none; and its action once if it has one', () => {
    const places = entry.text.body.filter((words) => words === '{{facts}}' || words === '{{action}}');

    const [action, facts] = [entry.action ? ['{{action}}'] : [], kind === 'broadcast' ? [] : ['{{facts}}']];
    expect(places.toSorted()).toEqual([...action, ...facts]);
  });

  test('greets a customer by name, and is a notice to admins otherwise', () => {
    // A stranger may have typed the name of whoever is asked to confirm.
    expect('contactName' in entry.variables).toBe(entry.to === 'contact' && kind !== 'double-opt-in');
  });

  test('has a link that works once only where the catalogue says so', () => {
    const links = Object.keys(entry.variables).filter((name) =>
      ['setPasswordUrl', 'loginLinkUrl', 'takeUrl', 'confirmUrl', 'resetUrl'].includes(name),
    );

    expect(links.length > 0).toBe(entry.oneTimeLink !== null);
  });
});

test('kinds are found by what is said of them', () => {
  expect(kindsWhere({ offBy: 'nobody' })).toEqual([
    'login-link',
    'password-reset',
    'free-offer-link',
    'already-live',
    'requirement-missing',
    'promotion-code-refused',
    'double-opt-in',
    'broadcast',
    'admin-plan-limit',
    'admin-invitation',
    'admin-confirmation',
    'admin-password-reset',
    'admin-security-changed',
    'admin-access-not-begun',
  ]);
  expect(kindsWhere({ about: 'contact', offBy: 'offer' })).toEqual(['member-welcome']);
  expect(kindsWhere({ to: 'admins' }).every((kind) => kind.startsWith('admin-'))).toBe(true);
});

test('words that name what is not known are refused, never sent with a gap', () => {
  const { text } = EMAILS['purchase-paused'];
  const entry = { ...EMAILS['purchase-paused'], text: { ...text, heading: 'Paused, {{fristName}}' } };

  expect(() => writeEmail(entry, aSample('purchase-paused'))).toThrow('{{fristName}} is no variable of this email');
});
