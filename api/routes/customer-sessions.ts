import { z } from 'zod';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Poker } from '../../activities/gateways/temporal.ts';
import { Contact } from '../../db/entities/contact.ts';
import { queueLoginLinks } from '../../db/login-links.ts';
import { countLoginTry, forgetLoginTries } from '../../db/login-tries.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { customerSession } from '../auth/customer-session.ts';
import { isPassword } from '../auth/passwords.ts';
import { Problem } from '../http/problem.ts';
import { definePublicRoute, type Route } from '../http/route.ts';
import { sessionSchema } from '../schemas/customer.ts';
import { email } from '../schemas/fields.ts';
import type { SecretKey } from '../auth/secrets.ts';

const tag = 'Login';

export type CustomerLoginDeps = { secretKey: SecretKey; poker: Pick<Poker, 'startMail'> };

const logIn = ({ secretKey }: CustomerLoginDeps) =>
  definePublicRoute({
    method: 'post',
    path: '/v1/customer-sessions',
    tag,
    operationId: 'createCustomerSession',
    summary: 'Log in as a customer with a password',
    description: 'After five wrong passwords for an address it has to wait for five minutes.',
    body: z.strictObject({ email, password: z.string().min(1).max(200) }),
    example: { email: 'ada@example.com', password: 'correct horse battery staple' },
    answers: { 200: sessionSchema },
    problems: [401, 429],
    // The count of tries is kept whatever becomes of the request.
    writes: 'own',
    perMinute: 20,
    async handle({ em, body }) {
      const waitSeconds = await countLoginTry(em, body.email);
      if (waitSeconds > 0) throw tooMany(waitSeconds);
      const contact = await findContact(em, body.email, body.password);
      await forgetLoginTries(em, body.email);
      return { status: 200, body: customerSession(contact.id, secretKey) };
    },
  });

function tooMany(seconds: number): Problem {
  const minutes = Math.ceil(seconds / 60);
  const detail = `Too many wrong passwords. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, or ask for a login link.`;
  return new Problem(429, 'too_many_requests', { detail, headers: { 'Retry-After': String(seconds) } });
}

/** An address may be a customer's of several sites; the password says which. */
async function findContact(em: EntityManager, address: string, given: string): Promise<Contact> {
  const having = { email: address, passwordHash: { $ne: null } };
  const contacts = await em.find(Contact, having, { limit: 20, orderBy: { id: 'desc' } });
  if (contacts.length === 0) await isPassword(null, given);
  for (const contact of contacts) if (await isPassword(contact.passwordHash, given)) return contact;
  throw new Problem(401, 'wrong_credentials', { detail: 'Email and password do not fit together.' });
}

const sendLink = ({ poker }: CustomerLoginDeps) =>
  definePublicRoute({
    method: 'post',
    path: '/v1/login-links',
    tag,
    operationId: 'sendLoginLink',
    summary: 'Send a login link to a customer, at most one a minute',
    description: 'Answers the same whether or not anybody has the address.',
    body: z.strictObject({ email }),
    example: { email: 'ada@example.com' },
    answers: { 202: z.strictObject({}) },
    perMinute: 20,
    async handle({ em, body, afterCommit }) {
      const emailIds = await queueLoginLinks(em, body.email, fromMs(Date.now()));
      for (const emailId of emailIds) afterCommit(() => poker.startMail(emailId));
      return { status: 202, body: {} };
    },
  });

export const customerSessionRoutes = (deps: CustomerLoginDeps): Route[] => [logIn(deps), sendLink(deps)];
