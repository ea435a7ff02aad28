import { expect, test } from '@jest/globals';
import type { Request, Response } from 'express';
import { cookiesOf } from '../../../api/pages/cookies.ts';

type Options = { secure: boolean; httpOnly: boolean; sameSite: string; path: string };

/** What a page that signs somebody in sets, on a request of which the proxy says nothing. */
function setBy(publicUrl: string): { name: string; options: Options } | undefined {
  const set: { name: string; options: Options }[] = [];
  const request = { secure: false, get: () => undefined } as unknown as Request;
  const cookie = (name: string, _value: string, options: Options) => void set.push({ name, options });
  cookiesOf(request, publicUrl).write({ cookie } as unknown as Response, { admin: 'token' });
  return set[0];
}

test.each([
  ['https://perennial.example', '__Host-perennial_admin', true],
  ['HTTPS://perennial.example/', '__Host-perennial_admin', true],
  ['http://127.0.0.1:4400', 'perennial_admin', false],
])('cookies follow the address at which people reach us: %s', (publicUrl, name, secure) => {
  expect(setBy(publicUrl)).toEqual({
    name,
    options: expect.objectContaining({ secure, httpOnly: true, sameSite: 'lax', path: '/' }),
  });
});
