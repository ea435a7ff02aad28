import { z } from 'zod';
import { Admin } from '../../db/entities/admin.ts';
import { queueAdminReset } from '../../db/people/login-links.ts';
import { endHalfLoginsOf } from '../../db/people/half-logins.ts';
import { recordSecurityChange } from '../../db/people/security-changes.ts';
import { forgetTriesOf, trySubject } from '../../db/people/login-tries.ts';
import { revokeLoginTokens, spendLoginToken } from '../../db/people/login-tokens.ts';
import { endSessionsOf } from '../../db/people/sessions.ts';
import { checkNotAddress, hashPassword } from '../auth/passwords.ts';
import { email } from '../http/fields.ts';
import { definePublicRoute } from '../http/route.ts';
import { startMail } from '../mail/start-mail.ts';
import { password } from './customer-schema.ts';
import { linkForm, mailLink, type MailLinkDeps } from './mail-link.ts';
import { linkIsOver } from './one-time-links.ts';

const sendLink = definePublicRoute({
  ...linkForm,
  path: '/v1/sessions/reset-link',
  operationId: 'sendAdminResetLink',
  audit: { none: 'Nobody is known yet; the email is listed.' },
  summary: 'Mail an admin a link to choose another password, at most three an hour',
  body: z.strictObject({ email }),
  handle: async (call, deps: MailLinkDeps) => mailLink(call, deps, queueAdminReset),
});

const reset = definePublicRoute({
  method: 'post',
  path: '/v1/sessions/reset-password',
  tag: 'Login',
  operationId: 'resetAdminPassword',
  audit: { left: ['admin.password_changed'] },
  summary: 'Choose another password by the mailed link, within six hours; then log in with it',
  description: 'The link works once, whatever Idempotency-Key comes with it. Every session of the admin ends.',
  body: z.strictObject({ token: z.string().min(1).max(500), password }),
  example: { token: 'from-the-email', password: 'correct horse battery staple' },
  answers: { 204: null },
  writes: 'own',
  perMinute: 20,
  async handle({ unscoped, body }, { wakes }: MailLinkDeps) {
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
    startMail(wakes, emailId);
    return { status: 204 };
  },
});

export const adminPasswordRoutes = { sendLink, reset };
