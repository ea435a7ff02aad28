import { z } from 'zod';
import { tell } from '../../db/platform/audit-log.ts';
import { Admin } from '../../db/entities/admin.ts';
import { queueConfirmations } from '../../db/people/login-links.ts';
import { spendLoginToken } from '../../db/people/login-tokens.ts';
import { beginSession, endSessionsOf } from '../../db/people/sessions.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { checkNotAddress, hashPassword } from '../auth/passwords.ts';
import { email } from '../http/fields.ts';
import { definePublicRoute } from '../http/route.ts';
import { adminSessionSchema, toAdminSession } from './admin-session.ts';
import { linkForm, mailLink, type MailLinkDeps } from './mail-link.ts';
import { linkIsOver } from './one-time-links.ts';
import { password } from './customer-schema.ts';

const confirm = definePublicRoute({
  method: 'post',
  path: '/v1/sign-up/confirm',
  tag: 'Login',
  operationId: 'confirmAdmin',
  audit: { left: ['admin.confirmed', 'admin.logged_in'] },
  summary: 'Confirm an admin’s address by the mailed link, choose a password, and log in',
  description: 'The link works once, for 24 hours, whatever Idempotency-Key comes with it.',
  body: z.strictObject({ token: z.string().min(1).max(500), password }),
  example: { token: 'from-the-email', password: 'correct horse battery staple' },
  answers: { 200: adminSessionSchema },
  // A kept answer would let somebody in once more with a link that is used up.
  writes: 'own',
  perMinute: 20,
  async handle({ unscoped, body }) {
    const passwordHash = await hashPassword(body.password);
    return unscoped.transactional(async (tx) => {
      const id = await spendLoginToken(tx, body.token, 'confirm_admin');
      const admin = id === null ? null : await tx.findOne(Admin, { id, removedAt: null });
      // Once it is confirmed another link sets no password: it would pass by a second factor.
      if (!admin || admin.confirmedAt !== null) throw linkIsOver();
      checkNotAddress(body.password, admin.email);
      admin.passwordHash = passwordHash;
      admin.confirmedAt = fromMs(Date.now());
      await tx.flush();
      await endSessionsOf(tx, { adminId: admin.id });
      const { id: subjectId, accountId } = admin;
      await tell(tx, { kind: 'admin.confirmed', accountId, subjectId, actor: { kind: 'admin', id: subjectId } });
      return { status: 200 as const, body: toAdminSession(admin, await beginSession(tx, { adminId: admin.id })) };
    });
  },
});

const sendAgain = definePublicRoute({
  ...linkForm,
  path: '/v1/sign-up/link',
  operationId: 'sendConfirmationLink',
  audit: { none: 'Nobody is known yet; the email is listed.' },
  summary: 'Mail an admin who has not confirmed the address yet another link, at most three an hour',
  body: z.strictObject({ email }),
  handle: async (call, deps: MailLinkDeps) => mailLink(call, deps, queueConfirmations),
});

export const confirmAdminRoutes = { confirm, sendAgain };
