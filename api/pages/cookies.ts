import { parseCookie } from 'cookie';
import { validate as isUuid } from 'uuid';
import type { Request, Response } from 'express';
import type { CookieName, SetCookies } from './page.ts';

/** Sessions end with their token; the browser forgets them no later. */
const MAX_AGE_MS = 12 * 60 * 60 * 1000;

/** Over HTTPS the names bind the cookies to exactly this host (RFC 6265bis, "__Host-"). */
const nameOf = (name: CookieName, isSecure: boolean): string => `${isSecure ? '__Host-' : ''}perennial_${name}`;

export type Cookies = {
  read: (name: CookieName) => string | null;
  /** The accounts whose sites the browser has a session of, or had within twelve hours. */
  sites: () => string[];
  write: (response: Response, set: SetCookies) => void;
};

function accountOf(name: string, prefix: string): string | null {
  const digits = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/.exec(name.startsWith(prefix) ? name.slice(prefix.length) : '');
  const id = digits?.slice(1).join('-') ?? '';
  return isUuid(id) ? id : null;
}

/** The cookies of pages: no script reads them, and no other site's form brings them along. */
export function cookiesOf(request: Request, publicUrl: string): Cookies {
  // What a proxy says of this one request does not matter: people reach us as PUBLIC_URL says.
  const isSecure = /^https:/i.test(publicUrl);
  const given = parseCookie(request.get('cookie') ?? '');
  const options = { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/' } as const;
  return {
    read: (name) => given[nameOf(name, isSecure)] ?? null,
    sites: () => Object.keys(given).flatMap((name) => accountOf(name, nameOf('customer_', isSecure)) ?? []),
    write(response, set) {
      for (const [name, value] of Object.entries(set) as [CookieName, string | null][]) {
        if (value === null) response.clearCookie(nameOf(name, isSecure), options);
        else response.cookie(nameOf(name, isSecure), value, { ...options, maxAge: MAX_AGE_MS });
      }
    },
  };
}
