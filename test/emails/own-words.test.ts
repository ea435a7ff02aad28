import { describe, expect, test } from '@jest/globals';
import { EMAIL_KINDS, EMAILS, type EmailKind } from '../../emails/catalogue.ts';
import type { EmailEntry } from '../../emails/entries/entry.ts';
import { faultsIn, inWords, tidied, wordsOf, type EmailWords } from '../../emails/own-words.ts';
import { renderEmail } from '../../emails/render.ts';
import { aSample } from './a-sample.ts';

const ours = (kind: EmailKind, change: Partial<EmailWords> = {}): EmailWords => ({
  ...wordsOf(EMAILS[kind]),
  ...change,
});
const faults = (kind: EmailKind, change: Partial<EmailWords>) => faultsIn(EMAILS[kind], ours(kind, change));

test.each(EMAIL_KINDS)('what we say of %s is what an account may say', (kind) => {
  expect(faultsIn(EMAILS[kind], wordsOf(EMAILS[kind]))).toEqual([]);
  expect(inWords(EMAILS[kind], wordsOf(EMAILS[kind]))).toEqual(EMAILS[kind]);
});

test('an email is written in the words of the account, with the facts and the button in their place', async () => {
  const body = ['Enjoy the break, {{contactName}}.', '{{facts}}', 'See you on {{resumeAt}}.'];
  const words = ours('purchase-paused', { subject: 'A break from {{offerName}}', heading: 'Resting', body });

  const { subject, html, text } = await renderEmail('purchase-paused', aSample('purchase-paused'), { words });

  expect(subject).toBe('A break from Studio Membership');
  expect(html).toContain('Resting');
  expect(text).toMatch(/Enjoy the break, Ada Lovelace\.[^]*Resumes[^]*See you on March 31, 2026\./);
});

test('the button says what the account wants, and leads where it led', async () => {
  const words = ours('login-link', { button: 'Come in' });

  const { html, text } = await renderEmail('login-link', aSample('login-link'), { words });

  expect(html).toMatch(/<a[^>]+>(?:(?!<\/a>)[^])*Come in/);
  expect(text).toContain(aSample('login-link').loginLinkUrl);
});

test('words are no markup: what looks like it is shown as it was typed', async () => {
  const words = ours('purchase-paused', { body: ['<img src=x onerror=alert(1)> & so on', '{{facts}}'] });

  const { html, text } = await renderEmail('purchase-paused', aSample('purchase-paused'), { words });

  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; so on');
  expect(html).not.toContain('<img');
  expect(text).toContain('<img src=x onerror=alert(1)> & so on');
});

describe('what cannot be sent is named where it stands', () => {
  test.each([
    [{ subject: 'Dear {{fristName}}' }, 'subject', /\{\{fristName\}\}, which is no variable/],
    [{ body: ['{{facts}}', 'Hi', 'On {{when}}'] }, 'body.2', /\{\{when\}\}/],
    [{ heading: 'Hello {{contactName' }, 'heading', /name of a variable/],
    [{ heading: 'Hello {{contact name}}' }, 'heading', /name of a variable/],
    [{ body: ['See: {{facts}}'] }, 'body.0', /paragraphs of their own/],
    [{ button: null }, 'button', /must say/],
    [{ button: '{{nothing}}' }, 'button', /\{\{nothing\}\}/],
  ] as const)('%j', (change, field, message) => {
    expect(faults('purchase-confirmation', change)).toEqual([{ field, message: expect.stringMatching(message) }]);
  });

  test('an email that is sent for a link has its button', () => {
    expect(faults('login-link', { body: ['{{facts}}'] })).toEqual([
      { field: 'body', message: expect.stringContaining('{{action}}') },
    ]);
    expect(faults('purchase-confirmation', { body: ['{{facts}}'] })).toEqual([]);
  });

  test('an email without a button has no words for one', () => {
    expect(EMAILS['purchase-paused']).not.toHaveProperty('action');
    expect(faults('purchase-paused', { button: 'Go' })).toMatchObject([{ field: 'button' }]);
    expect(faults('purchase-paused', { body: ['{{action}}'] })).toMatchObject([{ field: 'body.0' }]);
  });
});

test('words that name what has gone are not used: ours are', async () => {
  const words = ours('purchase-paused', { heading: 'Paused since {{pausedSince}}' });
  const entry: EmailEntry = EMAILS['purchase-paused'];

  expect(inWords(entry, words)).toEqual(entry);
  expect(await renderEmail('purchase-paused', aSample('purchase-paused'), { words })).toEqual(
    await renderEmail('purchase-paused', aSample('purchase-paused')),
  );
});

test('spaces within braces are what people mean by none', () => {
  expect(tidied('{{ contactName }}, {{offerName }} and {{ x}}')).toBe('{{contactName}}, {{offerName}} and {{x}}');
});
