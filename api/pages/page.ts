import type { ReactNode } from 'react';
import type { LanguageCode } from '../../emails/languages/codes.ts';
import type { Role } from '../../workflows/domain/verb.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { SiteLook } from '../../workflows/domain/settings.ts';
import type { StripePage } from '../stripe-page.ts';
import type { Form } from './form.ts';
import type { InProcessApi } from './in-process.ts';

/**
 * A signed-in person, and the account that they look at; an operator without a chosen account has
 * none.
 */
export type Visitor = {
  kind: 'admin' | 'customer';
  email: string;
  /** A customer's, as they or the site gave it. */
  name: string | null;
  /** null for customers. */
  role: Role | null;
  /** An operator who acts in the account as its administrators may. */
  isVisiting?: boolean;
  /** A second factor is required of them, and they have none: they see one page alone. */
  mustEnrol?: boolean;
  /** Somebody of the account who looks at the pages as this customer; null: the customer. */
  preview?: PreviewShown | null;
  /** Whether something that a customer has gives calls or office hours, or did. */
  hasCalls: boolean;
  account: Site | null;
};

/** Whose pages are looked at, until when by real time. */
export type PreviewShown = { contactId: string; isReadOnly: boolean; endsAt: Instant };

/**
 * What pages show of an account: its zone writes every instant, and a test account's clock says
 * when now is [R23.3].
 */
export type Site = {
  id: string;
  name: string;
  mode: 'live' | 'test';
  /** The platform's own account. */
  isPlatform: boolean;
  timeZone: string;
  supportEmail: string;
  slug: string;
  look: SiteLook;
  now: Instant;
  isClockMoving: boolean;
};

export type PageCall = {
  params: Record<string, string>;
  query: Record<string, string>;
  /** The signed-in visitor; on public pages only if there is one. */
  visitor: Visitor | null;
  /** Whose address the page is at; null on pages of no site. */
  site: Site | null;
  /** The HTTP API, asked as this visitor. */
  api: InProcessApi;
  requestId: string;
  /** Which of the languages of emails the browser asks for; null = none of them. */
  language: LanguageCode | null;
  /** The Temporal UI's page of a workflow; null where no UI is known, and for all but operators. */
  workflowPage: (workflowId: string) => string | null;
  stripePage: StripePage;
  /**
   * Where the pages are from outside, without a slash at the end: what a link to copy begins with.
   */
  publicUrl: string;
};

/** Cookies that an answer sets (a token) or clears (null). */
export type SetCookies = Partial<Record<CookieName, string | null>>;
/** `visit`: an operator's session inside an account, in place of their own while it lasts. */
export type CookieName = 'admin' | 'account' | 'visit' | `customer_${string}`;

/** Each site has a session of its own, so that two of them are kept apart in one browser. */
export const customerCookie = (accountId: string): CookieName => `customer_${accountId.replaceAll('-', '')}`;

export type PageAnswer =
  /** `timeZone`: whose times it has, where they are not the site's. */
  | { kind: 'page'; title: string; body: ReactNode; status?: number | undefined; timeZone?: string | undefined }
  | { kind: 'redirect'; to: string; cookies?: SetCookies | undefined }
  /**
   * On to another site, such as Stripe's checkout: by a page of its own, since forms may lead to
   * our own pages only.
   */
  | { kind: 'handOver'; to: string; title: string }
  /** To be kept by whoever asked for it, under this name. */
  | { kind: 'file'; name: string; type: string; content: string | Uint8Array }
  /** The same of any length, a piece at a time. */
  | { kind: 'stream'; name: string; type: string; body: AsyncIterable<string | Uint8Array> }
  /** An email's own HTML, shown in a frame that runs nothing. */
  | { kind: 'email'; html: string };

/** Where a site's own pages are, each under the site's address. */
export const OF_SITE = '/s/{site}';

/** One page: what it shows, and what its form does. `{name}` in the path is a parameter. */
export type Page = {
  path: string;
  audience: 'admin' | 'customer' | 'public';
  /** About the visitor alone: for admins without an account, and without a second factor, too. */
  isOwn?: boolean;
  /** Who may see it at all. The API's routes decide what each role may read and do. */
  roles?: readonly Role[];
  show?: (call: PageCall) => Promise<PageAnswer>;
  /** What the page shows as a file, at its address with `.csv`. */
  download?: (call: PageCall) => Promise<PageAnswer>;
  submit?: (call: PageCall, form: Form) => Promise<PageAnswer>;
  /**
   * Its form is taken from other sites and from mail programs, too: it must do nothing in the right
   * of a session. `unread`: whatever it says, in whatever form, is not looked at.
   */
  foreignForms?: 'read' | 'unread';
  /**
   * What the page depends on, in a few characters: when it changes, open pages show themselves
   * anew.
   */
  state?: (call: PageCall) => Promise<string>;
};

export const page = (title: string, body: ReactNode, status = 200, timeZone?: string): PageAnswer => ({
  kind: 'page',
  title,
  body,
  status,
  timeZone,
});

export const redirect = (to: string, cookies?: SetCookies): PageAnswer => ({ kind: 'redirect', to, cookies });

/** The account of a page that has one. @throws TypeError on pages without */
export function siteOf({ site, visitor }: PageCall): Site {
  const account = site ?? visitor?.account;
  if (!account) throw new TypeError('this page has no account');
  return account;
}

/** A place on the site's own pages. */
export const inSite = ({ slug }: { slug: string }, path: string): string => `/s/${slug}${path}`;

/**
 * Whether the visitor has one of the roles that a part of the page is for; the API refuses the
 * others anyway.
 */
export const hasRole = ({ visitor }: PageCall, roles: readonly Role[]): boolean =>
  roles.some((role) => role === visitor?.role);
