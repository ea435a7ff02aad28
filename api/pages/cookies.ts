import { parseCookie } from 'cookie';
import type { Request, Response } from 'express';
import type { CookieName, SetCookies } from './page.ts';

/** Sessions end with their token; the browser forgets them no later. */
const MAX_AGE_MS = 12 * 60 * 60 * 1000;

/** Over HTTPS the names bind the cookies to exactly this host (RFC 6265bis, "__Host-"). */
const nameOf = (name: CookieName, isSecure: boolean): string => `${isSecure ? '__Host-' : ''}perennial_${name}`;

export type Cookies = {
  read: (name: CookieName) => string | null;
  write: (response: Response, set: SetCookies) => void;
};

/** The cookies of pages: no script reads them, and no other site's form brings them along. */
export function cookiesOf(request: Request, publicUrl: string): Cookies {
  // What a proxy says of this one request does not matter: people reach us as PUBLIC_URL says.
  const isSecure = /^https:/i.test(publicUrl);
  const given = parseCookie(request.get('cookie') ?? '');
  const options = { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/' } as const;
  return {
    read: (name) => given[nameOf(name, isSecure)] ?? null,
    write(response, set) {
      for (const [name, value] of Object.entries(set) as [CookieName, string | null][]) {
        if (value === null) response.clearCookie(nameOf(name, isSecure), options);
        else response.cookie(nameOf(name, isSecure), value, { ...options, maxAge: MAX_AGE_MS });
      }
    },
  };
}
