import type { EntityManager } from '@mikro-orm/postgresql';
import { validate as isUuid } from 'uuid';
import { Account } from '../../db/entities/account.ts';
import { Admin } from '../../db/entities/admin.ts';
import { ApiKey } from '../../db/entities/api-key.ts';
import { Contact } from '../../db/entities/contact.ts';
import type { Session } from '../../db/entities/session.ts';
import { OperatorAction } from '../../db/entities/operator-action.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { requiresSecondFactor } from '../../workflows/domain/settings.ts';
import { findRow } from '../../db/find-row.ts';
import { hasSecondFactor } from '../../db/people/second-factors.ts';
import { findSession, isSessionToken } from '../../db/people/sessions.ts';
import { touchApiKey } from '../../db/people/touch-api-key.ts';
import { log } from '../../log.ts';
import { Problem } from '../http/problem.ts';
import { noteKeyUse } from './key-use.ts';
import { actsOn, type Caller } from './caller.ts';
import { hashSecret } from './secrets.ts';

/** The caller, by API key or by the token of an admin's session. @throws Problem 401 */
export async function authenticate(token: string | null, em: EntityManager): Promise<Caller> {
  const caller = token ? await (isSessionToken(token) ? sessionCaller(token, em) : fromKey(em, token)) : null;
  return caller ?? notAuthenticated('Give an API key as "Authorization: Bearer <key>".');
}

/** A logged-in customer. */
export type Customer = { contact: Contact; session: Session };

/** The customer whose session this is. @throws Problem 401 */
export async function authenticateCustomer(token: string | null, em: EntityManager): Promise<Customer> {
  const session = token === null ? null : await findSession(em, token);
  const contact = session?.contactId ? await em.findOne(Contact, { id: session.contactId }) : null;
  // A session that began with a password ends when that password is dropped [R14.1].
  if (session && contact && (isOfNoPassword(session) || contact.passwordHash !== null)) return { contact, session };
  return notAuthenticated('Give the token of a customer\'s session as "Authorization: Bearer <token>".');
}

const isOfNoPassword = ({ byLink, byPasskey }: Session): boolean => byLink || byPasskey;

export function notAuthenticated(detail: string): never {
  throw new Problem(401, 'not_authenticated', { detail });
}

async function fromKey(em: EntityManager, token: string): Promise<Caller | null> {
  const now = new Date().toISOString();
  const key = await findRow(em, ApiKey, { keyHash: hashSecret(token) });
  if (!key || key.revokedAt !== null || (key.expiresAt !== null && key.expiresAt <= now)) return null;
  await noteKeyUse(em, key);
  await touchApiKey(em, key, now).catch((error: unknown) => log.warn({ error, keyId: key.id }, 'api_key.not_noted'));
  const kind = key.role === 'operator' ? 'operator' : 'api_key';
  return { actor: { kind, id: key.id, role: key.role }, role: key.role, accountId: key.accountId };
}

type SessionOfAdmin = { session: Session; admin: Admin };

async function findAdminSession(token: string, em: EntityManager): Promise<SessionOfAdmin | null> {
  const session = await findSession(em, token);
  const admin = session?.adminId ? await em.findOne(Admin, { id: session.adminId }) : null;
  return session && admin?.confirmedAt && !admin.removedAt ? { session, admin } : null;
}

/** The admin or operator of a session token; null if there is none, or it has ended. */
export async function sessionCaller(token: string, em: EntityManager): Promise<Caller | null> {
  const found = await findAdminSession(token, em);
  return found && callerOf(found, em);
}

async function callerOf({ session, admin }: SessionOfAdmin, em: EntityManager): Promise<Caller | null> {
  if (session.operatorActionId !== null) return impersonating(em, session.operatorActionId, admin);
  const account = await accountOfAdmin(admin, em);
  const role = isOperator(admin, account) ? 'operator' : admin.role;
  const kind = role === 'operator' ? 'operator' : 'admin';
  const isRequired = account !== null && requiresSecondFactor(account.settings);
  const mustEnrol = isRequired && !(await hasSecondFactor(em, admin.id));
  return { actor: { kind, id: admin.id, role }, role, accountId: admin.accountId, mustEnrol };
}

/** Operators of before the platform's account obey its settings all the same. */
const accountOfAdmin = ({ accountId }: Admin, em: EntityManager): Promise<Account | null> =>
  findRow(em, Account, accountId === null ? { isPlatform: true } : { id: accountId });

/** An admin or operator who is logged in, as a person. */
export type LoggedIn = SessionOfAdmin & { caller: Caller };

/** @throws Problem 401, or 403 to an operator inside of somebody else's account */
export async function authenticateAdmin(token: string | null, em: EntityManager): Promise<LoggedIn> {
  const found = token === null ? null : await findAdminSession(token, em);
  if (found?.session.operatorActionId)
    throw new Problem(403, 'forbidden', { detail: 'Leave this account first: this is about your own sign-in.' });
  const caller = found && (await callerOf(found, em));
  return found && caller
    ? { ...found, caller }
    : notAuthenticated('Give the token of an admin\'s session as "Authorization: Bearer <token>".');
}

/** The platform's owner and administrators are operators, too [R2.5]. */
const isOperator = ({ role, accountId }: Admin, account: Account | null): boolean =>
  role === 'operator' ||
  (accountId !== null && (role === 'owner' || role === 'administrator') && account?.isPlatform === true);

/**
 * An operator who acts in an account, with all that its administrators may; what they do is
 * recorded as theirs.
 */
async function impersonating(em: EntityManager, actionId: string, { id }: Admin): Promise<Caller | null> {
  const action = await em.findOne(OperatorAction, { id: actionId, endsAt: { $gt: fromMs(Date.now()) } });
  const role = 'administrator';
  return action && { actor: { kind: 'operator', id, role }, role, accountId: action.accountId };
}

/** The account that the request acts on. @throws Problem 400, 404 */
export async function accountOf(named: string | undefined, em: EntityManager, caller: Caller): Promise<Account> {
  if (named !== undefined && !isUuid(named)) throw accountRequired('Perennial-Account must be the id of an account.');
  const id = actsOn(caller, named);
  if (id === undefined) throw accountRequired('An operator names the account in the header Perennial-Account.');
  const account = await findRow(em, Account, { id });
  if (!account) throw new Problem(404, 'not_found', { detail: 'There is no such account.' });
  return account;
}

const accountRequired = (detail: string): Problem => new Problem(400, 'account_required', { detail });
