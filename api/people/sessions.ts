import { z } from 'zod';
import type { Unscoped } from '../../db/account-scope.ts';
import { adminsWith, isUnconfirmed } from '../../db/platform/enter.ts';
import { endSession, isSessionToken } from '../../db/people/sessions.ts';
import { notAuthenticated } from '../auth/authenticate.ts';
import { atSite, onlySite, siteChoice } from '../auth/choose-site.ts';
import { tryPassword } from '../auth/try-password.ts';
import { Problem } from '../http/problem.ts';
import { definePublicRoute } from '../http/route.ts';
import { email } from '../http/fields.ts';
import { adminSessionSchema, enterByPassword, secondFactorSchema } from './admin-session.ts';

const tag = 'Login';

const logIn = definePublicRoute({
  method: 'post',
  path: '/v1/sessions',
  tag,
  operationId: 'createAdminSession',
  audit: { left: ['admin.logged_in', 'admin.login_refused'] },
  summary: 'Log in as an admin; the token goes where an API key goes',
  description:
    'After five wrong passwords in a row an admin has to wait for five minutes. Until the address is confirmed there is no password: 403 `address_not_confirmed`. Where the password fits at several accounts, `accountId` says which. 202: the admin has a second factor, which is asked for by `POST /v1/sessions/second-factor`.',
  body: z.strictObject({ email, password: z.string().min(1).max(200), accountId: siteChoice.optional() }),
  example: { email: 'owner@example.com', password: 'correct horse battery staple' },
  answers: { 200: adminSessionSchema, 202: secondFactorSchema },
  problems: [401, 403, 409],
  // The count of tries is kept whatever becomes of the request.
  writes: 'own',
  perMinute: 20,
  async handle({ unscoped, body, ip }) {
    const people = await adminsWith(unscoped, body.email);
    const tried = { ...body, kind: 'admin', people: atSite(people, body.accountId), ip } as const;
    const fitting = await tryPassword(unscoped, tried).catch((error: unknown) => unconfirmedOr(error, unscoped, body));
    const admin = await onlySite(unscoped, fitting);
    return enterByPassword(unscoped, admin);
  },
});

/** Says that the address waits to be confirmed, where no password could be right [R15.1]. */
async function unconfirmedOr(error: unknown, em: Unscoped, { email: address }: { email: string }): Promise<never> {
  const isWrong = error instanceof Problem && error.code === 'wrong_credentials';
  if (!isWrong || !(await isUnconfirmed(em, address))) throw error;
  throw new Problem(403, 'address_not_confirmed', {
    detail: 'This address is not confirmed yet. Open the link that was emailed to it, or have it sent again.',
  });
}

const logOut = definePublicRoute({
  method: 'delete',
  path: '/v1/sessions/current',
  tag,
  operationId: 'endSession',
  audit: { left: ['admin.logged_out', 'contact.logged_out'] },
  summary: 'Log out: end the session, an admin’s or a customer’s, whose token is given as a bearer token',
  answers: { 204: null },
  problems: [401],
  writes: 'own',
  async handle({ unscoped, token }) {
    if (token === null || !isSessionToken(token) || !(await endSession(unscoped, token)))
      notAuthenticated('Give the token of a session as "Authorization: Bearer <token>".');
    return { status: 204 };
  },
});

export const sessionRoutes = { logIn, logOut };
