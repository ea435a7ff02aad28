import { z } from 'zod';
import type { EntityManager } from '@mikro-orm/postgresql';
import { nowOf } from '../../db/account-clock.ts';
import { Account } from '../../db/entities/account.ts';
import { Admin } from '../../db/entities/admin.ts';
import { Contact } from '../../db/entities/contact.ts';
import { LoginToken } from '../../db/entities/login-token.ts';
import { loginTokenHash, type LoginTokenKind } from '../../db/login-tokens.ts';
import { ROLES } from '../../workflows/domain/verb.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { customerSession } from '../auth/customer-session.ts';
import { hashPassword, isPassword } from '../auth/passwords.ts';
import { signToken, type SecretKey } from '../auth/secrets.ts';
import { Problem } from '../http/problem.ts';
import { definePublicRoute, type Route } from '../http/route.ts';
import { password as newPassword, sessionSchema } from '../schemas/customer.ts';
import { email, id, instant } from '../schemas/fields.ts';

const tag = 'Login';
const SESSION_MS = 12 * 60 * 60 * 1000;
const TRIES_PER_MINUTE = 20;

export type LoginDeps = { secretKey: SecretKey };

const session = { token: z.string(), expiresAt: instant };
const password = z.string().min(1).max(200);

const logIn = ({ secretKey }: LoginDeps) =>
  definePublicRoute({
    method: 'post',
    path: '/v1/sessions',
    tag,
    operationId: 'createAdminSession',
    summary: 'Log in as an admin; the token goes where an API key goes',
    body: z.strictObject({ email, password }),
    example: { email: 'owner@example.com', password: 'correct horse battery staple' },
    answers: {
      200: z.strictObject({
        ...session,
        admin: z.strictObject({ id, email: z.string(), role: z.enum(ROLES), accountId: id.nullable() }),
      }),
    },
    problems: [401],
    // Nothing is changed by it, so there is nothing to be done only once.
    writes: 'own',
    perMinute: TRIES_PER_MINUTE,
    async handle({ em, body }) {
      const admin = await findAdmin(em, body.email, body.password);
      const { role, accountId } = admin;
      const expiresAt = fromMs(Date.now() + SESSION_MS);
      const token = signToken({ kind: 'admin', id: admin.id, expiresAt }, secretKey);
      return { status: 200, body: { token, expiresAt, admin: { id: admin.id, email: admin.email, role, accountId } } };
    },
  });

/** An address may be an admin's of several accounts; the password says which. */
async function findAdmin(em: EntityManager, address: string, given: string): Promise<Admin> {
  const admins = await em.find(Admin, { email: address }, { limit: 5, orderBy: { id: 'asc' } });
  if (admins.length === 0) await isPassword(null, given);
  for (const admin of admins) {
    if ((await isPassword(admin.passwordHash, given)) && admin.confirmedAt !== null) return admin;
  }
  throw new Problem(401, 'wrong_credentials', { detail: 'Email and password do not fit together.' });
}

const oneTimeToken = z.string().min(1).max(500);

/** Uses a one-time link up: once, and by the account's clock [R13.2]. */
async function useToken(em: EntityManager, token: string, kind: LoginTokenKind): Promise<Contact> {
  const row = await em.findOne(LoginToken, { tokenHash: loginTokenHash(token), kind });
  const account = row && (await em.findOne(Account, { id: row.accountId }));
  const now = account && nowOf(account);
  const isGood = row && now && row.expiresAt > now && row.usedAt === null;
  const used =
    isGood && (await em.nativeUpdate(LoginToken, { tokenHash: row.tokenHash, usedAt: null }, { usedAt: now }));
  if (used !== 1)
    throw new Problem(422, 'token_invalid', { detail: 'This link was used already, or is over.', field: 'token' });
  return em.findOneOrFail(Contact, { id: row!.contactId });
}

const setPassword = ({ secretKey }: LoginDeps) =>
  definePublicRoute({
    method: 'post',
    path: '/v1/set-password',
    tag,
    operationId: 'setPassword',
    summary: "Set a customer's password by a one-time link, valid for 7 days, and log in",
    body: z.strictObject({
      token: oneTimeToken,
      password: newPassword,
    }),
    example: { token: 'from-the-email', password: 'correct horse battery staple' },
    answers: { 200: sessionSchema },
    isSecret: true,
    perMinute: TRIES_PER_MINUTE,
    async handle({ em, body }) {
      const contact = await useToken(em, body.token, 'set_password');
      contact.passwordHash = await hashPassword(body.password);
      await em.flush();
      return { status: 200, body: customerSession(contact.id, secretKey) };
    },
  });

const exchange = ({ secretKey }: LoginDeps) =>
  definePublicRoute({
    method: 'post',
    path: '/v1/login-links/exchange',
    tag,
    operationId: 'exchangeLoginLink',
    summary: "Exchange a customer's one-time login link for a session, within 15 minutes",
    body: z.strictObject({ token: oneTimeToken }),
    example: { token: 'from-the-email' },
    answers: { 200: sessionSchema },
    isSecret: true,
    perMinute: TRIES_PER_MINUTE,
    async handle({ em, body }) {
      const contact = await useToken(em, body.token, 'login');
      return { status: 200, body: customerSession(contact.id, secretKey) };
    },
  });

export const sessionRoutes = (deps: LoginDeps): Route[] => [logIn(deps), setPassword(deps), exchange(deps)];
