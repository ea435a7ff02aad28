import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { LANGUAGE_CODES } from '../../emails/languages/codes.ts';
import { fillIn, makeForm, shapeOf, type Email } from '../../emails/form.ts';
import { emailOf, layOut } from '../../emails/render.ts';
import { SITE } from './a-sample.ts';

const hostile = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '<script>alert("x")</script>',
    '</title></div><!--',
    '&amp;&#x27;\'"',
    '{{loginUrl}}',
    '$& $1',
    'place0place',
    'a\r\nBcc: everyone@example.com',
    'a  b\u00A0 \u200B c ',
    '\uD83D',
    '\0',
    'x'.repeat(199) + '😀 and more',
    'javascript:alert(1)',
    'mailto:ada@example.com',
    'https://willow.example/?a=1&b=%2F#c',
    'https://willow.example/[x](y) z',
  ),
  fc.string({ unit: 'binary', maxLength: 220 }),
  fc.string({ maxLength: 40 }),
);

const row = fc.tuple(hostile, hostile);
const block = fc.oneof(
  fc.record({ kind: fc.constant('paragraph' as const), text: hostile }),
  fc.record({
    kind: fc.constant('facts' as const),
    rows: fc.array(row, { minLength: 1, maxLength: 4 }),
    total: fc.constantFrom(null, 0, 1),
  }),
  fc.record({ kind: fc.constantFrom('action' as const, 'link' as const), label: hostile, url: hostile }),
);

const color = fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, '0')}`);

const email: fc.Arbitrary<Email> = fc.record({
  site: fc.record({
    name: hostile,
    supportEmail: hostile,
    timeZone: fc.constant('UTC'),
    color,
    logoUrl: fc.option(hostile),
    postalAddress: fc.option(hostile),
    language: fc.constantFrom(...LANGUAGE_CODES),
  }),
  brand: fc.record({ brand: color, onBrand: color, ink: color, darkBrand: color, onDarkBrand: color, darkInk: color }),
  written: fc.record({
    subject: hostile,
    preview: hostile,
    heading: hostile,
    greeting: fc.option(hostile),
    zone: fc.option(hostile),
    blocks: fc.array(block, { maxLength: 5 }),
  }),
  unsubscribeUrl: fc.option(fc.constant('https://willow.example/unsubscribe/a&b"<c')),
});

test('a form that is filled in is what React lays out, whatever the words', async () => {
  await fc.assert(
    fc.asyncProperty(email, async (one) => {
      const filled = fillIn(await makeForm(one, layOut), one);
      fc.pre(filled !== null);

      expect(filled).toEqual(await layOut(one));
    }),
    { numRuns: 150 },
  );
});

const aLetter = (text: string, url = 'https://willow.example/'): Email =>
  emailOf(SITE, {
    subject: 'Hello',
    preview: text,
    heading: text,
    greeting: null,
    zone: null,
    blocks: [
      { kind: 'paragraph', text },
      { kind: 'action', label: 'Open', url },
    ],
  });

test('the words of one email never stand in another of its shape', async () => {
  const form = await makeForm(aLetter('Ada'), layOut);

  expect(shapeOf(aLetter('Ada'))).toBe(shapeOf(aLetter('Grace')));
  expect(fillIn(form, aLetter('Grace'))).toEqual(await layOut(aLetter('Grace')));
});

test('a marketing email has a shape of its own, with its link to unsubscribe', async () => {
  const marketing = { ...aLetter('Ada'), unsubscribeUrl: 'https://willow.example/unsubscribe/abc.def' };

  const filled = fillIn(await makeForm(marketing, layOut), marketing);

  expect(shapeOf(marketing)).not.toBe(shapeOf(aLetter('Ada')));
  expect(filled).toEqual(await layOut(marketing));
  expect(filled?.text).toContain('Unsubscribe https://willow.example/unsubscribe/abc.def');
});

test.each([
  ['an address that is no link', aLetter('Ada', 'javascript:alert(1)')],
  ['a line that is left empty', aLetter(' \n ')],
])('is left to React: %s', async (_, letter) => {
  expect(fillIn(await makeForm(letter, layOut), letter)).toBeNull();
});
