import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { fromMs, type Instant } from '../../workflows/domain/instant.ts';
import { HalfLogin } from '../entities/half-login.ts';
import { loginTokenHash } from './login-tokens.ts';

const HALF_LOGIN_MS = 10 * 60 * 1000;

/** Waits ten minutes for the second factor; the token is told once, and only its hash is kept. */
export async function beginHalfLogin(
  em: EntityManager,
  adminId: string,
): Promise<{ token: string; expiresAt: Instant }> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = fromMs(Date.now() + HALF_LOGIN_MS);
  await em.insert(HalfLogin, { tokenHash: loginTokenHash(token), adminId, expiresAt });
  return { token, expiresAt };
}

/** The admin whose login waits; null where none does any more. */
export async function adminOfHalfLogin(em: EntityManager, token: string): Promise<string | null> {
  const where = { tokenHash: loginTokenHash(token), expiresAt: { $gt: fromMs(Date.now()) } };
  return (await em.findOne(HalfLogin, where))?.adminId ?? null;
}

/** The password with which they began is another one now. */
export async function endHalfLoginsOf(em: EntityManager, adminId: string): Promise<void> {
  await em.nativeDelete(HalfLogin, { adminId });
}

/** False where another request was first: of two at once, one logs in. */
export const endHalfLogin = async (em: EntityManager, token: string): Promise<boolean> =>
  (await em.nativeDelete(HalfLogin, { tokenHash: loginTokenHash(token) })) === 1;
