import { z } from 'zod';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import type { Unscoped } from '../../db/account-scope.ts';
import type { Admin } from '../../db/entities/admin.ts';
import { adminOfHalfLogin, endHalfLogin } from '../../db/people/half-logins.ts';
import { adminBehind } from '../../db/platform/enter.ts';
import type { SecretKey } from '../../db/signature.ts';
import { tryCode } from '../auth/try-code.ts';
import { Problem } from '../http/problem.ts';
import { definePublicRoute } from '../http/route.ts';
import { startMail } from '../mail/start-mail.ts';
import { adminSessionSchema, checkAccountOf, openSession } from './admin-session.ts';

export type SecondFactorDeps = { secretKey: SecretKey; wakes: Pick<Wakes, 'startMail'> };

/** Six digits of the app, or a recovery code. */
export const code = z.string().trim().min(6).max(40).describe('Six digits of the app, or a recovery code.');

const giveSecondFactor = definePublicRoute({
  method: 'post',
  path: '/v1/sessions/second-factor',
  tag: 'Login',
  operationId: 'giveSecondFactor',
  audit: { left: ['admin.logged_in', 'admin.login_refused', 'admin.recovery_code_used'] },
  summary: 'Log in as an admin: give the second factor, after the password',
  description: 'Each code works once. After five wrong ones in a row an admin has to wait for five minutes.',
  body: z.strictObject({ token: z.string().min(1).max(500), code }),
  example: { token: 'from-the-login', code: '492039' },
  answers: { 200: adminSessionSchema },
  problems: [401, 403],
  // The count of tries is kept whatever becomes of the request.
  writes: 'own',
  perMinute: 20,
  async handle({ unscoped, body, ip }, { secretKey, wakes }: SecondFactorDeps) {
    const admin = await adminWaiting(unscoped, body.token);
    const { isRight, emailId } = await tryCode(unscoped, { admin, code: body.code, ip }, secretKey);
    if (!isRight) throw wrongCode(401);
    startMail(wakes, emailId);
    if (!(await endHalfLogin(unscoped, body.token))) throw loginIsOver();
    return { status: 200, body: await openSession(unscoped, admin) };
  },
});

/** The admin whose password was right, of the last ten minutes. @throws Problem 403, 422 */
async function adminWaiting(em: Unscoped, token: string): Promise<Admin> {
  const id = await adminOfHalfLogin(em, token);
  const admin = id === null ? null : await adminBehind(em, id);
  if (!admin) throw loginIsOver();
  await checkAccountOf(em, admin);
  return admin;
}

const loginIsOver = () =>
  new Problem(422, 'token_invalid', { detail: 'This took too long: log in again with your password.', field: 'token' });

export const wrongCode = (status: 401 | 422) => {
  const message = 'is not right, or was used already';
  const errors = [{ field: 'code', message }];
  return new Problem(status, 'wrong_credentials', { detail: `The code ${message}.`, field: 'code', errors });
};

export const secondFactorLoginRoutes = { giveSecondFactor };
