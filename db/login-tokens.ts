import { createHash, randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { DAY_MS, fromMs, toMs, type Instant } from '../workflows/domain/instant.ts';

/** How long a one-time link lasts: set a password 7 days, log in 15 minutes [R13.2]. */
const LIFETIME_MS = { set_password: 7 * DAY_MS, login: 15 * 60 * 1000 };

export type LoginTokenKind = keyof typeof LIFETIME_MS;
export type NewLoginToken = { token: string; expiresAt: Instant };

/** Makes a one-time link's token, to be told to the contact and to nobody else: only its SHA-256 is kept. */
export async function createLoginToken(
  em: EntityManager,
  of: { accountId: string; contactId: string; kind: LoginTokenKind; now: Instant },
): Promise<NewLoginToken> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = fromMs(toMs(of.now) + LIFETIME_MS[of.kind]);
  await em.execute(
    'insert into login_tokens (token_hash, account_id, contact_id, kind, expires_at) values (?, ?, ?, ?, ?)',
    [loginTokenHash(token), of.accountId, of.contactId, of.kind, expiresAt],
  );
  return { token, expiresAt };
}

/** What is kept of a token, and what it is found by: its SHA-256 in hex. */
export const loginTokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');
