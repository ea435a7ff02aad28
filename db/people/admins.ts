import type { Instant } from '../../workflows/domain/instant.ts';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import { Admin } from '../entities/admin.ts';
import { revokeLoginTokens } from './login-tokens.ts';
import { removeSecondFactors } from './second-factors.ts';
import { endSessionsOf } from './sessions.ts';

/** An admin of the account who was not removed; null if there is none. */
export const findAdmin = (em: Scoped, id: string): Promise<Admin | null> => em.findOne(Admin, { id, removedAt: null });

/** They are out at once; what they did keeps their name. */
export async function removeAdmin(em: Scoped, admin: Admin, at: Instant): Promise<void> {
  admin.removedAt = at;
  admin.passwordHash = null;
  await em.flush();
  await endSessionsOf(em, { adminId: admin.id });
  await revokeLoginTokens(em, admin.id);
  await removeSecondFactors(em, admin.id);
}

/**
 * Makes an admin the owner, and the owner an administrator; false where somebody else has done so
 * meanwhile.
 */
export async function transferOwnership(em: Scoped, to: Admin): Promise<boolean> {
  const owner = { accountId: accountIdOf(em), role: 'owner', removedAt: null } as const;
  const left = await em.nativeUpdate(Admin, { ...owner, id: { $ne: to.id } }, { role: 'administrator' });
  if (left === 0) return false;
  await em.nativeUpdate(Admin, { id: to.id }, { role: 'owner' });
  await em.refresh(to);
  return true;
}
