import type { EntityManager } from '@mikro-orm/postgresql';
import { createLoginToken, type LoginTokenKind } from '../../db/people/login-tokens.ts';
import { anAdmin } from '../builders/rows.ts';

const PASSWORD = 'correct horse battery staple';

/** What operations by which admins come in are asked with; `adminId`: who is still to confirm. */
export async function loginSteps(em: EntityManager, accountId: string, adminId: string) {
  const support = { accountId, role: 'support' } as const;
  const forgetful = await anAdmin(em, { ...support, email: 'forgetful@example.com' });
  const token = async (kind: LoginTokenKind, of: string) => {
    const now = new Date().toISOString();
    return (await createLoginToken(em, { accountId, adminId: of, kind, now })).token;
  };
  return {
    confirmAdmin: { body: { token: await token('confirm_admin', adminId), password: PASSWORD } },
    sendAdminResetLink: { body: { email: 'nobody@example.com' } },
    resetAdminPassword: { body: { token: await token('reset_admin', forgetful), password: PASSWORD } },
  };
}
