import { z } from 'zod';
import type { Unscoped } from '../../db/account-scope.ts';
import type { Passkey } from '../../db/entities/passkey.ts';
import { adminBehind, contactBehind } from '../../db/platform/enter.ts';
import { atSite, siteChoice } from '../auth/choose-site.ts';
import { definePublicRoute } from '../http/route.ts';
import { adminSessionSchema, checkAccountOf, openSession } from './admin-session.ts';
import { sessionSchema } from './customer-schema.ts';
import { beginCustomerSession } from './customer-session.ts';
import { beginToLogIn, whoSigned, type PasskeyDeps } from './passkey-ceremony.ts';
import { optionsSchema, SIGNED_EXAMPLE, signedCredential } from './passkey-schema.ts';

const login = { method: 'post', tag: 'Login', perMinute: 20 } as const;

const beginning = {
  ...login,
  description: 'Its challenge is good once, for five minutes.',
  answers: { 200: optionsSchema },
  problems: [409],
  handle: async ({ unscoped }: { unscoped: Unscoped }, deps: PasskeyDeps) => ({
    status: 200 as const,
    body: await beginToLogIn(unscoped, deps),
  }),
} as const;

const begin = definePublicRoute({
  ...beginning,
  path: '/v1/sessions/passkey/options',
  operationId: 'beginPasskeyLogin',
  audit: { none: 'Begins what another route ends.' },
  summary: 'Begin to log in as an admin by a passkey: what the browser needs',
});

const logIn = definePublicRoute({
  ...login,
  path: '/v1/sessions/passkey',
  operationId: 'createSessionByPasskey',
  audit: { left: ['admin.logged_in', 'admin.login_refused'] },
  summary: 'Log in as an admin by a passkey, which counts as both factors',
  body: z.strictObject({ credential: signedCredential }),
  example: { credential: SIGNED_EXAMPLE },
  answers: { 200: adminSessionSchema },
  problems: [401, 403, 409],
  // A challenge is used up whatever becomes of the request.
  writes: 'own',
  async handle({ unscoped, body: { credential } }, deps: PasskeyDeps) {
    const find = async ({ adminId }: Passkey) => (adminId === null ? null : adminBehind(unscoped, adminId));
    const admin = await whoSigned(unscoped, { credential, find }, deps);
    await checkAccountOf(unscoped, admin);
    return { status: 200, body: await openSession(unscoped, admin) };
  },
});

const beginAsCustomer = definePublicRoute({
  ...beginning,
  path: '/v1/customer-sessions/passkey/options',
  operationId: 'beginCustomerPasskeyLogin',
  audit: { none: 'Begins what another route ends.' },
  summary: 'Begin to log in as a customer by a passkey: what the browser needs',
});

const logInAsCustomer = definePublicRoute({
  ...login,
  path: '/v1/customer-sessions/passkey',
  operationId: 'createCustomerSessionByPasskey',
  audit: { left: ['contact.logged_in', 'contact.login_refused'] },
  summary: 'Log in as a customer by a passkey',
  description: 'With `accountId`, only a passkey of that site counts.',
  body: z.strictObject({ credential: signedCredential, accountId: siteChoice.optional() }),
  example: { credential: SIGNED_EXAMPLE },
  answers: { 200: sessionSchema },
  problems: [401, 409],
  // A challenge is used up whatever becomes of the request.
  writes: 'own',
  async handle({ unscoped, body: { credential, accountId } }, deps: PasskeyDeps) {
    const find = async ({ contactId }: Passkey) => {
      const contact = contactId === null ? null : await contactBehind(unscoped, contactId);
      return contact && (atSite([contact], accountId)[0] ?? null);
    };
    const contact = await whoSigned(unscoped, { credential, find }, deps);
    return { status: 200, body: await beginCustomerSession(unscoped, contact, deps, { byPasskey: true }) };
  },
});

export const passkeyLoginRoutes = { begin, logIn, beginAsCustomer, logInAsCustomer };
