import { z } from 'zod';
import { nowOf } from '../../db/clock/account-clock.ts';
import type { Unscoped } from '../../db/account-scope.ts';
import { enterByContact } from '../../db/platform/enter.ts';
import {
  noteRefusedToken,
  PASSWORD_LINKS,
  spendLoginToken,
  type LoginTokenKind,
} from '../../db/people/login-tokens.ts';
import { holdContact } from '../../db/people/contacts.ts';
import { proveAddress } from '../../db/people/prove-address.ts';
import { putPassword } from '../../db/people/put-password.ts';
import type { Customer } from '../auth/authenticate.ts';
import { checkNotAddress, hashPassword } from '../auth/passwords.ts';
import { Problem } from '../http/problem.ts';
import { definePublicRoute } from '../http/route.ts';
import { beginCustomerSession, type SessionDeps } from './customer-session.ts';
import { password, sessionSchema } from './customer-schema.ts';

const tag = 'Login';
const token = z.string().min(1).max(500);

/** Uses a link up, by the account's clock, and locks whose it was [R13.2]. @throws Problem 422 */
export async function spendLink(tx: Unscoped, given: string, ...kinds: LoginTokenKind[]) {
  const contactId = await spendLoginToken(tx, given, ...kinds);
  if (contactId === null) throw linkIsOver();
  await holdContact(tx, contactId);
  return enterByContact(tx, contactId);
}

/** `visitor`: who is logged in where it was opened. */
export type OpenedLink = { token: string; kinds: readonly LoginTokenKind[]; visitor: Customer | null };

/**
 * Uses up a link that lets somebody in: whoever has it reads the mail of its address [R14.1].
 * @throws Problem 422
 */
export async function useLink(tx: Unscoped, { token: given, kinds, visitor }: OpenedLink) {
  const entered = await spendLink(tx, given, ...kinds);
  const { contact, account } = entered;
  const isTheirs = visitor?.contact.id === contact.id && visitor.session.previewId === null;
  await proveAddress(tx, contact, { now: nowOf(account), isTheirs });
  return entered;
}

export const linkIsOver = () =>
  new Problem(422, 'token_invalid', { detail: 'This link was used already, or is over.', field: 'token' });

/**
 * Does something with a link, in one transaction. That it was tried in vain is kept beside it:
 * whoever asks why somebody cannot log in reads that [R14.2].
 */
async function withLink<T>(unscoped: Unscoped, given: string, work: (tx: Unscoped) => Promise<T>): Promise<T> {
  try {
    return await unscoped.transactional(work);
  } catch (error) {
    if (error instanceof Problem && error.code === 'token_invalid')
      await noteRefusedToken(unscoped.fork({ keepTransactionContext: false }), given);
    throw error;
  }
}

const setPassword = definePublicRoute({
  method: 'post',
  path: '/v1/set-password',
  tag,
  operationId: 'setPassword',
  audit: { left: ['contact.password_changed', 'contact.logged_in'] },
  summary: "Set a customer's password by a one-time link, and log in",
  description:
    'The link of a welcome is valid for 7 days, that of a reset for 6 hours. Used once, whatever Idempotency-Key comes with it. Every other session of the customer ends.',
  body: z.strictObject({ token, password }),
  example: { token: 'from-the-email', password: 'correct horse battery staple' },
  answers: { 200: sessionSchema },
  // A kept answer would let somebody in once more with a link that is used up.
  writes: 'own',
  perMinute: 20,
  async handle({ unscoped, body, visitor }, deps: SessionDeps) {
    const link = { token: body.token, kinds: PASSWORD_LINKS, visitor: await visitor() };
    const passwordHash = await hashPassword(body.password);
    return withLink(unscoped, body.token, async (tx) => {
      const { contact } = await useLink(tx, link);
      checkNotAddress(body.password, contact.email);
      await putPassword(tx, contact, passwordHash);
      return { status: 200 as const, body: await beginCustomerSession(tx, contact, deps) };
    });
  },
});

const exchange = definePublicRoute({
  method: 'post',
  path: '/v1/login-links/exchange',
  tag,
  operationId: 'exchangeLoginLink',
  audit: { left: ['contact.logged_in'] },
  summary: "Exchange a customer's one-time login link for a session, within 15 minutes",
  description:
    'Used once, whatever Idempotency-Key comes with it; with it go all links that were sent besides. The first link that somebody opens drops the password that they had before, unless the token of a session of theirs comes along, as of a route under /v1/me.',
  body: z.strictObject({ token }),
  example: { token: 'from-the-email' },
  answers: { 200: sessionSchema },
  writes: 'own',
  perMinute: 20,
  async handle({ unscoped, body, visitor }, deps: SessionDeps) {
    const link = { token: body.token, kinds: ['login'] as const, visitor: await visitor() };
    return withLink(unscoped, body.token, async (tx) => {
      const { contact } = await useLink(tx, link);
      return { status: 200 as const, body: await beginCustomerSession(tx, contact, deps, { byLink: true }) };
    });
  },
});

export const oneTimeLinkRoutes = { setPassword, exchange };
