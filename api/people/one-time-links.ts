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
import { putPassword } from '../../db/people/put-password.ts';
import { checkNotAddress, hashPassword } from '../auth/passwords.ts';
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
export async function useLink(unscoped: Unscoped, given: string, ...kinds: LoginTokenKind[]) {
  const contactId = await spendLoginToken(unscoped, given, ...kinds);
  if (contactId === null) throw linkIsOver();
  const entered = await enterByContact(unscoped, contactId);
  entered.contact.addressProvenAt ??= nowOf(entered.account);
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
  summary: "Set a customer's password by a one-time link, and log in",
  description:
    'The link of a welcome is valid for 7 days, that of a reset for 6 hours. Used once, whatever Idempotency-Key comes with it. Every other session of the customer ends.',
  body: z.strictObject({ token, password }),
  example: { token: 'from-the-email', password: 'correct horse battery staple' },
  answers: { 200: sessionSchema },
  // A kept answer would let somebody in once more with a link that is used up.
  writes: 'own',
  perMinute: 20,
  async handle({ unscoped, body }, deps: SessionDeps) {
    const passwordHash = await hashPassword(body.password);
    return withLink(unscoped, body.token, async (tx) => {
      const { contact } = await useLink(tx, body.token, ...PASSWORD_LINKS);
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
  summary: "Exchange a customer's one-time login link for a session, within 15 minutes",
  description: 'Used once, whatever Idempotency-Key comes with it; with it go all links that were sent besides.',
  body: z.strictObject({ token }),
  example: { token: 'from-the-email' },
  answers: { 200: sessionSchema },
  writes: 'own',
  perMinute: 20,
  async handle({ unscoped, body }, deps: SessionDeps) {
    return withLink(unscoped, body.token, async (tx) => {
      const { contact } = await useLink(tx, body.token, 'login');
      await tx.flush();
      return { status: 200 as const, body: await beginCustomerSession(tx, contact, deps, { byLink: true }) };
    });
  },
});

export const oneTimeLinkRoutes = { setPassword, exchange };
