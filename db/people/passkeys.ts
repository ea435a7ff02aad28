import type { EntityManager } from '@mikro-orm/postgresql';
import { fromMs, MINUTE_MS, type Instant } from '../../workflows/domain/instant.ts';
import { Passkey } from '../entities/passkey.ts';
import { PasskeyChallenge } from '../entities/passkey-challenge.ts';
import { run, sql } from '../sql.ts';

const CHALLENGE_MS = 5 * MINUTE_MS;

/** Waits five minutes to be signed; `adminId`: who adds a passkey, null for a login. */
export async function keepChallenge(em: EntityManager, challenge: string, adminId: string | null): Promise<void> {
  await em.insert(PasskeyChallenge, { challenge, adminId, expiresAt: fromMs(Date.now() + CHALLENGE_MS) });
}

/** Uses up a challenge; false where there is none such any more: of two answers, one counts. */
export async function takeChallenge(em: EntityManager, challenge: string, adminId: string | null): Promise<boolean> {
  const where = { challenge, adminId, expiresAt: { $gt: fromMs(Date.now()) } };
  return (await em.nativeDelete(PasskeyChallenge, where)) === 1;
}

/** The passkeys of an admin, the newest first. */
export const passkeysOf = (em: EntityManager, adminId: string): Promise<Passkey[]> =>
  em.find(Passkey, { adminId }, { orderBy: { createdAt: 'desc', id: 'desc' } });

export const passkeyBy = (em: EntityManager, credentialId: string): Promise<Passkey | null> =>
  em.findOne(Passkey, { credentialId }, { refresh: true });

type NewPasskey = Omit<Passkey, 'lastUsedAt'>;

/** False where this very passkey is somebody's already. */
export async function addPasskey(em: EntityManager, made: NewPasskey): Promise<boolean> {
  const { id, adminId, credentialId, publicKey, counter, name, createdAt } = made;
  const added = await run(
    em,
    sql`insert into passkeys (id, admin_id, credential_id, public_key, counter, name, created_at)
     values (${id}, ${adminId}, ${credentialId}, ${publicKey}, ${counter}, ${name}, ${createdAt}) on conflict do nothing`,
  );
  return added === 1;
}

export async function notePasskeyUse(em: EntityManager, id: string, counter: number, at: Instant): Promise<void> {
  await em.nativeUpdate(Passkey, { id }, { counter, lastUsedAt: at });
}

/** False where the admin has none of this id. */
export const renamePasskey = async (em: EntityManager, of: { id: string; adminId: string }, name: string) =>
  (await em.nativeUpdate(Passkey, of, { name })) === 1;

/** Its name; null where the admin has none of this id. */
export async function removePasskey(em: EntityManager, of: { id: string; adminId: string }): Promise<string | null> {
  const found = await em.findOne(Passkey, of);
  return found && (await em.nativeDelete(Passkey, of)) === 1 ? found.name : null;
}
