import { expect, test } from '@jest/globals';
import { digest } from '../../../workflows/verbs/digest.ts';

test.each([
  ['', 'cbf29ce484222325'],
  ['a', 'af63dc4c8601ec8c'],
  ['foobar', '85944171f73967e8'],
])('FNV-1a of %p, as its authors publish it', (text, hash) => {
  expect(digest(text)).toBe(hash);
});

test('a digest has 16 digits, and another letter gives another one', () => {
  expect(digest('größe')).toMatch(/^[0-9a-f]{16}$/);
  expect(digest('größe')).not.toBe(digest('grösse'));
});
