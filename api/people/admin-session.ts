import { z } from 'zod';
import type { Unscoped } from '../../db/account-scope.ts';
import { Account } from '../../db/entities/account.ts';
import type { Admin } from '../../db/entities/admin.ts';
import { beginHalfLogin } from '../../db/people/half-logins.ts';
import { hasSecondFactor } from '../../db/people/second-factors.ts';
import { beginSession } from '../../db/people/sessions.ts';
import { ROLES } from '../../workflows/domain/verb.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { checkNotShut } from '../auth/check-open.ts';
import { tellRefused } from '../auth/tell-refused.ts';
import { id, instant } from '../http/fields.ts';

export const adminSessionSchema = z
  .strictObject({
    token: z.string(),
    expiresAt: instant,
    admin: z.strictObject({ id, email: z.string(), role: z.enum(ROLES), accountId: id.nullable() }),
  })
  .meta({ id: 'AdminSession', description: 'The token goes where an API key goes.' });

export const secondFactorSchema = z
  .strictObject({
    secondFactor: z.strictObject({
      token: z.string().describe('No session: it goes to `POST /v1/sessions/second-factor`, with the code.'),
      expiresAt: instant.describe('In ten minutes; then the password is asked for again.'),
    }),
  })
  .meta({ id: 'SecondFactorAwaited' });

export const toAdminSession = (
  { id: adminId, email, role, accountId }: Admin,
  { token, expiresAt }: { token: string; expiresAt: Instant },
): z.input<typeof adminSessionSchema> => ({ token, expiresAt, admin: { id: adminId, email, role, accountId } });

/**
 * What a right password brings: a session, or, where there is a second factor, the way to it.
 * @throws Problem 403 where their account is suspended or closed
 */
export async function enterByPassword(em: Unscoped, admin: Admin) {
  await checkAccountOf(em, admin);
  if (await hasSecondFactor(em, admin.id))
    return { status: 202 as const, body: { secondFactor: await beginHalfLogin(em, admin.id) } };
  return { status: 200 as const, body: await openSession(em, admin) };
}

export const openSession = async (em: Unscoped, admin: Admin): Promise<z.input<typeof adminSessionSchema>> =>
  toAdminSession(admin, await beginSession(em, { adminId: admin.id }));

/** @throws Problem 403, once it is known who asks */
export async function checkAccountOf(em: Unscoped, admin: Admin): Promise<void> {
  const { accountId } = admin;
  const account = accountId === null ? null : await em.findOne(Account, { id: accountId });
  if (!account) return;
  try {
    checkNotShut(account);
  } catch (error) {
    await tellRefused(em, 'admin', [admin], { by: account.closedAt ? 'closed account' : 'suspended account' });
    throw error;
  }
}
