import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ownPath } from '../../../api/pages/own-path.ts';

const PUBLIC_URLS = ['https://perennial.test', 'http://127.0.0.1:4400', 'https://perennial.test/app/'];

/**
 * What makes an address into another one: dots, slashes of both kinds, what parsers drop, schemes,
 * other sites.
 */
const PIECES = ['/', '\\', '.', '..', '%2e', '%2F', '%5C', '\t', '\n', '\r', ' ', '@', ':', '?', '#', 'evil.example'];
const twisted = fc
  .array(
    fc.oneof(fc.constantFrom(...PIECES, 'http:', 'javascript:', '\u3002', '\uFF0F'), fc.string({ unit: 'binary' })),
  )
  .map((pieces) => `/${pieces.join('')}`);

test('whatever leads on after a login leads to our own origin', () => {
  const staysHere = (text: string): void => {
    for (const publicUrl of PUBLIC_URLS) {
      expect(new URL(ownPath(text), publicUrl).origin).toBe(new URL(publicUrl).origin);
    }
  };

  fc.assert(fc.property(fc.oneof(twisted, fc.string(), fc.webUrl()), staysHere), { seed: 27, numRuns: 5_000 });
  ['/.//evil.example', '/..//evil.example', '/%2e//evil.example', '/\\evil.example', '//', '///', '/a/..//evil.example']
    .concat('/\t/evil.example', 'https://evil.example', '//evil.example:x')
    .forEach(staysHere);
});

test.each([
  ['/purchases?cursor=a%2Fb', '/purchases?cursor=a%2Fb'],
  ['/a/../b', '/b'],
  ['/.//evil.example', '/start'],
  ['purchases', '/start'],
  [undefined, '/start'],
])('%s leads to %s', (text, expected) => {
  expect(ownPath(text, '/start')).toBe(expected);
});
