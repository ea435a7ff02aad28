import { z } from 'zod';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import { contactsWith } from '../../db/platform/enter.ts';
import { mayMailLink, queueLoginLinks, queuePasswordResets } from '../../db/people/login-links.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { atSite, onlySite, siteChoice } from '../auth/choose-site.ts';
import { tryPassword } from '../auth/try-password.ts';
import { definePublicRoute, type PublicCall } from '../http/route.ts';
import { beginCustomerSession, type SessionDeps } from './customer-session.ts';
import { sessionSchema } from './customer-schema.ts';
import { email, givenId } from '../http/fields.ts';

const tag = 'Login';

export type CustomerLoginDeps = { wakes: Pick<Wakes, 'startMail'> };

const logIn = definePublicRoute({
  method: 'post',
  path: '/v1/customer-sessions',
  tag,
  operationId: 'createCustomerSession',
  summary: 'Log in as a customer with a password',
  description:
    'After five wrong passwords in a row a contact has to wait for five minutes, at each account by itself. Where the password fits at several sites, `accountId` says which.',
  body: z.strictObject({ email, password: z.string().min(1).max(200), accountId: siteChoice.optional() }),
  example: { email: 'ada@example.com', password: 'correct horse battery staple' },
  answers: { 200: sessionSchema },
  problems: [401, 409, 429],
  // The count of tries is kept whatever becomes of the request.
  writes: 'own',
  perMinute: 20,
  async handle({ unscoped, body, ip }, deps: SessionDeps) {
    const people = await contactsWith(unscoped, body.email);
    const tried = { ...body, kind: 'contact', people: atSite(people, body.accountId), ip } as const;
    const contact = await onlySite(unscoped, await tryPassword(unscoped, tried));
    return { status: 200, body: await beginCustomerSession(unscoped, contact, deps) };
  },
});

const whose = z.strictObject({
  email,
  accountId: givenId.optional().describe('For this site alone; else for each where somebody has the address.'),
});

type Asked = Pick<PublicCall<unknown, unknown, z.output<typeof whose>>, 'unscoped' | 'body' | 'afterCommit'>;
type Queue = typeof queueLoginLinks;

/**
 * Mails a link, at most a few an hour [R14.3]. Whether anybody has the address is looked at once
 * the answer is on its way, so that it cannot be told from how long that takes [R14.1].
 */
function mailLink({ unscoped, body, afterCommit }: Asked, { wakes }: CustomerLoginDeps, queueLinks: Queue) {
  const own = unscoped.fork({ keepTransactionContext: false });
  afterCommit(async () => {
    if (!(await mayMailLink(own, body.email))) return;
    const emailIds = await queueLinks(own, body.email, fromMs(Date.now()), body.accountId);
    await Promise.all(emailIds.map((emailId) => wakes.startMail(emailId)));
  });
  return { status: 202 as const, body: {} };
}

const linkForm = {
  method: 'post',
  tag,
  description: 'Answers the same, after the same time, whether or not anybody has the address and a link is sent.',
  body: whose,
  example: { email: 'ada@example.com' },
  answers: { 202: z.strictObject({}) },
  perMinute: 20,
} as const;

const sendLink = definePublicRoute({
  ...linkForm,
  path: '/v1/login-links',
  operationId: 'sendLoginLink',
  summary: 'Send a login link to a customer, at most three an hour',
  handle: async (call, deps: CustomerLoginDeps) => mailLink(call, deps, queueLoginLinks),
});

const sendReset = definePublicRoute({
  ...linkForm,
  path: '/v1/password-resets',
  operationId: 'sendPasswordReset',
  summary: 'Send a customer a link that sets another password, for 6 hours, at most three links an hour',
  handle: async (call, deps: CustomerLoginDeps) => mailLink(call, deps, queuePasswordResets),
});

export const customerSessionRoutes = { logIn, sendLink, sendReset };
