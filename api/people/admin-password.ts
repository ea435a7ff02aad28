import { z } from 'zod';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import { Admin } from '../../db/entities/admin.ts';
import { mayMailLink, queueAdminReset } from '../../db/people/login-links.ts';
import { endHalfLoginsOf } from '../../db/people/half-logins.ts';
import { recordSecurityChange } from '../../db/people/security-changes.ts';
import { forgetTriesOf, trySubject } from '../../db/people/login-tries.ts';
import { revokeLoginTokens, spendLoginToken } from '../../db/people/login-tokens.ts';
import { endSessionsOf } from '../../db/people/sessions.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { checkNotAddress, hashPassword } from '../auth/passwords.ts';
import { email } from '../http/fields.ts';
import { definePublicRoute } from '../http/route.ts';
import { password } from './customer-schema.ts';
import { linkIsOver } from './one-time-links.ts';

const tag = 'Login';

type ResetDeps = { wakes: Pick<Wakes, 'startMail'> };

const sendLink = definePublicRoute({
  method: 'post',
  path: '/v1/sessions/reset-link',
  tag,
  operationId: 'sendAdminResetLink',
  summary: 'Mail an admin a link to choose another password, at most three an hour',
  description: 'Answers the same, after the same time, whether or not anybody has the address and a link is sent.',
  body: z.strictObject({ email }),
  example: { email: 'ada@example.com' },
  answers: { 202: z.strictObject({}) },
  perMinute: 20,
  async handle({ unscoped, body, afterCommit }, { wakes }: ResetDeps) {
    const own = unscoped.fork({ keepTransactionContext: false });
    afterCommit(async () => {
      if (!(await mayMailLink(own, body.email))) return;
      const emailIds = await queueAdminReset(own, body.email, fromMs(Date.now()));
      await Promise.all(emailIds.map((emailId) => wakes.startMail(emailId)));
    });
    return { status: 202, body: {} };
  },
});

const reset = definePublicRoute({
  method: 'post',
  path: '/v1/sessions/reset-password',
  tag,
  operationId: 'resetAdminPassword',
  summary: 'Choose another password by the mailed link, within six hours; then log in with it',
  description: 'The link works once, whatever Idempotency-Key comes with it. Every session of the admin ends.',
  body: z.strictObject({ token: z.string().min(1).max(500), password }),
  example: { token: 'from-the-email', password: 'correct horse battery staple' },
  answers: { 204: null },
  writes: 'own',
  perMinute: 20,
  async handle({ unscoped, body }, { wakes }: ResetDeps) {
    const passwordHash = await hashPassword(body.password);
    const emailId = await unscoped.transactional(async (tx) => {
      const id = await spendLoginToken(tx, body.token, 'reset_admin');
      const admin = id === null ? null : await tx.findOne(Admin, { id, removedAt: null });
      if (!admin) throw linkIsOver();
      checkNotAddress(body.password, admin.email);
      admin.passwordHash = passwordHash;
      await tx.flush();
      await endSessionsOf(tx, { adminId: admin.id });
      await endHalfLoginsOf(tx, admin.id);
      await revokeLoginTokens(tx, admin.id);
      await forgetTriesOf(tx, [trySubject('admin', admin.id)]);
      return recordSecurityChange(tx, { admin, kind: 'password_changed' });
    });
    if (emailId) void wakes.startMail(emailId).catch(() => undefined);
    return { status: 204 };
  },
});

export const adminPasswordRoutes = { sendLink, reset };
