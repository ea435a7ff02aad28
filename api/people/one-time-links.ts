import { z } from 'zod';
import { nowOf } from '../../db/clock/account-clock.ts';
import type { Unscoped } from '../../db/account-scope.ts';
import { enterByContact } from '../../db/platform/enter.ts';
import { spendLoginToken, type LoginTokenKind } from '../../db/people/login-tokens.ts';
import { endSessionsOf } from '../../db/people/sessions.ts';
import { hashPassword } from '../auth/passwords.ts';
import { Problem } from '../http/problem.ts';
import { definePublicRoute } from '../http/route.ts';
import { beginCustomerSession, type SessionDeps } from './customer-session.ts';
import { password, sessionSchema } from './customer-schema.ts';

const tag = 'Login';
const token = z.string().min(1).max(500);

/**
 * Uses a link up, by the account's clock; whoever has it reads the mail of its address
 * [R13.2, R14.1]. @throws Problem 422
 */
export async function useLink(unscoped: Unscoped, given: string, kind: LoginTokenKind) {
  const contactId = await spendLoginToken(unscoped, given, kind);
  if (contactId === null) throw linkIsOver();
  const entered = await enterByContact(unscoped, contactId);
  entered.contact.addressProvenAt ??= nowOf(entered.account);
  return entered;
}

export const linkIsOver = () =>
  new Problem(422, 'token_invalid', { detail: 'This link was used already, or is over.', field: 'token' });

const setPassword = definePublicRoute({
  method: 'post',
  path: '/v1/set-password',
  tag,
  operationId: 'setPassword',
  summary: "Set a customer's password by a one-time link, valid for 7 days, and log in",
  description: 'Used once, whatever Idempotency-Key comes with it. Every other session of the customer ends.',
  body: z.strictObject({ token, password }),
  example: { token: 'from-the-email', password: 'correct horse battery staple' },
  answers: { 200: sessionSchema },
  // A kept answer would let somebody in once more with a link that is used up.
  writes: 'own',
  perMinute: 20,
  async handle({ unscoped, body }, deps: SessionDeps) {
    const passwordHash = await hashPassword(body.password);
    return unscoped.transactional(async (tx) => {
      const { contact } = await useLink(tx, body.token, 'set_password');
      contact.passwordHash = passwordHash;
      await tx.flush();
      await endSessionsOf(tx, { contactId: contact.id });
      return { status: 200 as const, body: await beginCustomerSession(tx, contact, deps) };
    });
  },
});

const exchange = definePublicRoute({
  method: 'post',
  path: '/v1/login-links/exchange',
  tag,
  operationId: 'exchangeLoginLink',
  summary: "Exchange a customer's one-time login link for a session, within 15 minutes",
  description: 'Used once, whatever Idempotency-Key comes with it; with it go all links that were sent besides.',
  body: z.strictObject({ token }),
  example: { token: 'from-the-email' },
  answers: { 200: sessionSchema },
  writes: 'own',
  perMinute: 20,
  async handle({ unscoped, body }, deps: SessionDeps) {
    return unscoped.transactional(async (tx) => {
      const { contact } = await useLink(tx, body.token, 'login');
      await tx.flush();
      return { status: 200 as const, body: await beginCustomerSession(tx, contact, deps, { byLink: true }) };
    });
  },
});

export const oneTimeLinkRoutes = { setPassword, exchange };
