import { z } from 'zod';
import { contactsWith } from '../../db/platform/enter.ts';
import { queueLoginLinks, queuePasswordResets } from '../../db/people/login-links.ts';
import { atSite, onlySite, siteChoice } from '../auth/choose-site.ts';
import { tryPassword } from '../auth/try-password.ts';
import { definePublicRoute } from '../http/route.ts';
import { beginCustomerSession, type SessionDeps } from './customer-session.ts';
import { sessionSchema } from './customer-schema.ts';
import { email, givenId } from '../http/fields.ts';
import { linkForm, mailLink, type MailLinkDeps } from './mail-link.ts';

const tag = 'Login';

const logIn = definePublicRoute({
  method: 'post',
  path: '/v1/customer-sessions',
  tag,
  operationId: 'createCustomerSession',
  audit: { left: ['contact.logged_in', 'contact.login_refused'] },
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

const sendLink = definePublicRoute({
  ...linkForm,
  body: whose,
  path: '/v1/login-links',
  operationId: 'sendLoginLink',
  audit: { none: 'Nobody is known yet; the email is listed.' },
  summary: 'Send a login link to a customer, at most three an hour',
  handle: async (call, deps: MailLinkDeps) => mailLink(call, deps, queueLoginLinks),
});

const sendReset = definePublicRoute({
  ...linkForm,
  body: whose,
  path: '/v1/password-resets',
  operationId: 'sendPasswordReset',
  audit: { none: 'Nobody is known yet; the email is listed.' },
  summary: 'Send a customer a link that sets another password, for 6 hours, at most three links an hour',
  handle: async (call, deps: MailLinkDeps) => mailLink(call, deps, queuePasswordResets),
});

export const customerSessionRoutes = { logIn, sendLink, sendReset };
