import type { Role } from '../../workflows/domain/verb.ts';
import { BILLING, EVERYBODY, MONEY_READERS, OWNERS, PEOPLE } from '../auth/roles.ts';
import { inSite, type Site, type Visitor } from './page.ts';
import type { IconName } from './parts/icon.tsx';

export type Place = {
  href: string;
  label: string;
  icon: IconName;
  /** What is under it, at an address of its own. */
  also?: string;
};
/** Places under one heading; those that come first have none. */
export type PlaceGroup = { label: string | null; places: readonly Place[] };

type ForRoles = Place & { roles: readonly Role[] };

const GROUPS: readonly { label: string | null; places: readonly ForRoles[] }[] = [
  { label: null, places: [{ href: '/', label: 'Home', icon: 'home', roles: MONEY_READERS }] },
  {
    label: 'People',
    places: [
      { href: '/purchases', label: 'Purchases', icon: 'purchases', roles: MONEY_READERS },
      { href: '/contacts', label: 'Contacts', icon: 'contacts', also: '/active-customers', roles: EVERYBODY },
      { href: '/payments', label: 'Payments', icon: 'payments', roles: MONEY_READERS },
      { href: '/checkouts', label: 'Checkouts', icon: 'cart', roles: MONEY_READERS },
      { href: '/figures', label: 'Figures', icon: 'chart', roles: MONEY_READERS },
      { href: '/forecast', label: 'Forecast', icon: 'forecast', roles: MONEY_READERS },
      { href: '/disputes', label: 'Disputes', icon: 'disputes', roles: MONEY_READERS },
      { href: '/cancellation-requests', label: 'Requests', icon: 'requests', roles: MONEY_READERS },
      { href: '/cancellation-reasons', label: 'Cancellations', icon: 'leave', roles: MONEY_READERS },
    ],
  },
  {
    label: 'What you sell',
    places: [
      { href: '/offers', label: 'Offers', icon: 'offers', roles: EVERYBODY },
      { href: '/products', label: 'Products', icon: 'products', roles: EVERYBODY },
      { href: '/promotion-codes', label: 'Promotion codes', icon: 'codes', roles: BILLING },
    ],
  },
  {
    label: 'Experts and calls',
    places: [
      { href: '/calls', label: 'Calls', icon: 'calls', roles: PEOPLE },
      { href: '/experts', label: 'Experts', icon: 'experts', roles: PEOPLE },
      { href: '/office-hours', label: 'Office hours', icon: 'hours', also: '/seats', roles: PEOPLE },
    ],
  },
  {
    label: 'Messages',
    places: [
      { href: '/emails', label: 'Emails', icon: 'emails', also: '/email-templates', roles: MONEY_READERS },
      { href: '/broadcasts', label: 'Broadcasts', icon: 'emails', roles: BILLING },
      { href: '/forms', label: 'Forms', icon: 'forms', roles: PEOPLE },
    ],
  },
  {
    label: 'System',
    places: [
      { href: '/commands', label: 'Commands', icon: 'commands', also: '/jobs', roles: MONEY_READERS },
      { href: '/webhooks', label: 'Webhooks', icon: 'webhooks', roles: MONEY_READERS },
      { href: '/reconciliation', label: 'Reconciliation', icon: 'compare', roles: MONEY_READERS },
      { href: '/test-clock', label: 'Test clock', icon: 'clock', roles: EVERYBODY },
      { href: '/admins', label: 'Team', icon: 'contacts', roles: BILLING },
      { href: '/audit-log', label: 'Audit log', icon: 'commands', roles: BILLING },
      { href: '/settings/access', label: 'Access', icon: 'hours', roles: EVERYBODY },
      { href: '/settings/stripe', label: 'Stripe', icon: 'payments', roles: OWNERS },
      { href: '/settings', label: 'Settings', icon: 'settings', roles: BILLING },
    ],
  },
];

const MOST_ON_A_PHONE = 4;

/** Where an admin can go; an operator chooses an account first. */
export function navigationOf({ role, account }: Visitor): PlaceGroup[] {
  if (!account || role === null) return [];
  return GROUPS.map(({ label, places }) => ({
    label,
    places: places.filter(
      ({ roles, href }) => roles.includes(role) && (href !== '/test-clock' || account.mode === 'test'),
    ),
  })).filter(({ places }) => places.length > 0);
}

/** The places that a phone always shows. */
export const mostUsed = (groups: readonly PlaceGroup[]): Place[] =>
  groups.flatMap(({ places }) => places).slice(0, MOST_ON_A_PHONE);

/** Where a customer can go. */
export const customerPlaces = (
  site: Site,
  { hasCalls }: Pick<Visitor, 'hasCalls'>,
): { href: string; label: string }[] => [
  { href: inSite(site, '/library'), label: 'Library' },
  ...(hasCalls ? [{ href: inSite(site, '/calls'), label: 'Calls' }] : []),
  { href: inSite(site, '/billing'), label: 'Billing' },
];

/** Whether a page is the place itself or one of the pages under it. */
export const isAt = (path: string, { href, also }: Pick<Place, 'href' | 'also'>): boolean =>
  path === href ||
  (!HREFS.some((place) => place.startsWith(`${href}/`) && isUnder(path, place)) &&
    [href, also].some((under) => under !== undefined && under !== '/' && isUnder(path, under)));

const isUnder = (path: string, place: string): boolean => path === place || path.startsWith(`${place}/`);

/** A place may lie under another, and is then the one where somebody is. */
const HREFS = GROUPS.flatMap(({ places }) => places.map(({ href }) => href));
