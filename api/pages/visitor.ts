import type { EntityManager } from '@mikro-orm/postgresql';
import { validate as isUuid } from 'uuid';
import { nowOf } from '../../db/clock/account-clock.ts';
import { Account } from '../../db/entities/account.ts';
import { Admin } from '../../db/entities/admin.ts';
import { givesCalls } from '../../db/people/customer.ts';
import { endSession } from '../../db/people/sessions.ts';
import { accountAt } from '../../db/platform/site-slugs.ts';
import { lookOf } from '../../workflows/domain/settings.ts';
import { authenticateAdmin, authenticateCustomer, notAuthenticated, sessionCaller } from '../auth/authenticate.ts';
import { actsOn } from '../auth/caller.ts';
import { Problem } from '../http/problem.ts';
import type { Asking } from '../http/serve.ts';
import type { Cookies } from './cookies.ts';
import { customerCookie, type CookieName, type Page, type SetCookies, type Site, type Visitor } from './page.ts';

type Tokens = { admin: string | null; customer: string | null; account: string | undefined };

export type Identity = Pick<Asking, 'accountId' | 'caller' | 'customer' | 'admin'>;

/** The site at an address; `slug` is where it is now. */
export async function siteAt(em: EntityManager, slug: string): Promise<Site> {
  const account = await accountAt(em, slug);
  if (!account) throw new Problem(404, 'not_found', { detail: 'There is no site at this address.' });
  return toSite(account);
}

export function tokensOf(cookies: Cookies, site: Site | null): Tokens {
  const account = cookies.read('account');
  const isNamed = account !== null && isUuid(account);
  const customer = site && cookies.read(customerCookie(site.id));
  return { admin: cookies.read('visit') ?? cookies.read('admin'), customer, account: isNamed ? account : undefined };
}

/**
 * How the API is asked in a visitor's name. Sessions are taken from cookies here and nowhere else:
 * the API itself knows none.
 */
export function identityOf({ admin, customer, account }: Tokens, site: Site | null): Identity {
  return {
    accountId: account,
    admin: (em) => authenticateAdmin(admin, em),
    caller: async (em) => (admin && (await sessionCaller(admin, em))) || signInFirst(),
    async customer(em) {
      const found = await authenticateCustomer(customer, em);
      return found.contact.accountId === site?.id ? found : notAuthenticated('Log in at this site first.');
    },
  };
}

/**
 * Ends the sessions whose cookies are about to be cleared or replaced: signing out ends them for
 * whoever else has the token [R14.1].
 */
export async function endReplaced(em: EntityManager, cookies: Cookies, set: SetCookies): Promise<void> {
  for (const name of Object.keys(set) as CookieName[]) {
    const token = name === 'account' ? null : cookies.read(name);
    if (token !== null) await endSession(em, token);
  }
}

function signInFirst(): never {
  throw new Problem(401, 'not_authenticated', { detail: 'Sign in first.' });
}

/** Who is signed in for a page's audience; null if nobody is. */
export async function findVisitor(
  audience: Page['audience'],
  identity: Identity,
  em: EntityManager,
): Promise<Visitor | null> {
  try {
    return audience === 'admin' ? await findAdmin(identity, em) : await findCustomer(identity, em);
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

async function findAdmin(identity: Identity, em: EntityManager): Promise<Visitor> {
  const caller = await identity.caller(em);
  const accountId = actsOn(caller, identity.accountId);
  const [admin, account] = await Promise.all([
    em.findOneOrFail(Admin, { id: caller.actor.id ?? '' }),
    accountId === undefined ? null : em.findOne(Account, { id: accountId }),
  ]);
  const { email } = admin;
  const isVisiting = caller.actor.kind === 'operator' && caller.role !== 'operator';
  const who = { email, name: null, role: caller.role, isVisiting, mustEnrol: caller.mustEnrol === true };
  return { kind: 'admin', ...who, hasCalls: false, account: account && toSite(account) };
}

async function findCustomer(identity: Identity, em: EntityManager): Promise<Visitor> {
  const { contact, session } = await identity.customer(em);
  const account = await em.findOneOrFail(Account, { id: contact.accountId });
  const hasCalls = await givesCalls(em, contact.id);
  const { id: contactId, email, name, isTest } = contact;
  const preview = session.previewId === null ? null : { contactId, isReadOnly: !isTest, endsAt: session.expiresAt };
  return { kind: 'customer', email, name, role: null, preview, hasCalls, account: toSite(account) };
}

const toSite = (account: Account): Site => ({
  id: account.id,
  name: account.name,
  mode: account.mode,
  isPlatform: account.isPlatform,
  timeZone: account.timeZone,
  supportEmail: account.supportEmail,
  slug: account.slug,
  look: lookOf(account),
  now: nowOf(account),
  isClockMoving: account.clockTarget !== null,
});
