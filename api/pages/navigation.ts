import type { Role } from '../../workflows/domain/verb.ts';
import { EVERYBODY, MONEY_READERS } from '../auth/roles.ts';
import type { Visitor } from './page.ts';

type Place = { href: string; label: string };

const ADMIN_PLACES: (Place & { roles: readonly Role[] })[] = [
  { href: '/', label: 'Home', roles: MONEY_READERS },
  { href: '/purchases', label: 'Purchases', roles: MONEY_READERS },
  { href: '/contacts', label: 'Contacts', roles: EVERYBODY },
  { href: '/payments', label: 'Payments', roles: MONEY_READERS },
  { href: '/offers', label: 'Offers', roles: EVERYBODY },
  { href: '/products', label: 'Products', roles: EVERYBODY },
  { href: '/emails', label: 'Emails', roles: MONEY_READERS },
  { href: '/commands', label: 'Commands', roles: MONEY_READERS },
  { href: '/webhooks', label: 'Webhooks', roles: MONEY_READERS },
  { href: '/test-clock', label: 'Test clock', roles: EVERYBODY },
];

const CUSTOMER_PLACES: Place[] = [
  { href: '/library', label: 'Library' },
  { href: '/billing', label: 'Billing' },
];

/** Where a visitor can go; an operator chooses an account first. */
export function navigationOf({ kind, role, account }: Visitor): Place[] {
  if (kind === 'customer') return CUSTOMER_PLACES;
  const choose = role === 'operator' ? [{ href: '/accounts', label: 'Accounts' }] : [];
  if (!account) return choose;
  const places = ADMIN_PLACES.filter(({ roles, href }) => {
    const isThere = href !== '/test-clock' || account.mode === 'test';
    return isThere && role !== null && roles.includes(role);
  });
  return [...places, ...choose];
}
