import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../../workflows/domain/verb.ts';
import type { Admin } from '../entities/admin.ts';
import { removeSecondFactors } from './second-factors.ts';
import { recordSecurityChange } from './security-changes.ts';
import { endSessionsOf } from './sessions.ts';

/**
 * Takes away the second factor of an admin who has lost it, with the sessions that it began; the
 * password stays. Returns the email that tells them, if any does.
 */
export async function resetSecondFactor(
  em: EntityManager,
  admin: Admin,
  by: { actor: Actor; reason: string | null },
): Promise<string | null> {
  await removeSecondFactors(em, admin.id);
  await endSessionsOf(em, { adminId: admin.id });
  return recordSecurityChange(em, { admin, kind: 'second_factor_reset', ...by });
}
