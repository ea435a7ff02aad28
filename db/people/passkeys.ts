import type { EntityManager } from '@mikro-orm/postgresql';
import { fromMs, MINUTE_MS, type Instant } from '../../workflows/domain/instant.ts';
import { Passkey } from '../entities/passkey.ts';
import { PasskeyChallenge } from '../entities/passkey-challenge.ts';
import { run, sql } from '../sql.ts';
import type { LoginOwner } from './login-tokens.ts';

const CHALLENGE_MS = 5 * MINUTE_MS;

const NOBODY = { adminId: null, contactId: null };

/** Waits five minutes to be signed; `owner`: who adds a passkey, null for a login. */
export async function keepChallenge(em: EntityManager, challenge: string, owner: LoginOwner | null): Promise<void> {
  const expiresAt = fromMs(Date.now() + CHALLENGE_MS);
  await em.insert(PasskeyChallenge, { ...NOBODY, ...owner, challenge, expiresAt });
}

/** Uses up a challenge; false where there is none such any more: of two answers, one counts. */
export async function takeChallenge(em: EntityManager, challenge: string, owner: LoginOwner | null): Promise<boolean> {
  const where = { ...NOBODY, ...owner, challenge, expiresAt: { $gt: fromMs(Date.now()) } };
  return (await em.nativeDelete(PasskeyChallenge, where)) === 1;
}

/** The passkeys of somebody, the newest first. */
export const passkeysOf = (em: EntityManager, owner: LoginOwner): Promise<Passkey[]> =>
  em.find(Passkey, owner, { orderBy: { createdAt: 'desc', id: 'desc' } });

export const passkeyBy = (em: EntityManager, credentialId: string): Promise<Passkey | null> =>
  em.findOne(Passkey, { credentialId }, { refresh: true });

export type NewPasskey = Omit<Passkey, 'lastUsedAt' | keyof typeof NOBODY> & LoginOwner;

/** False where this very passkey is somebody's already. */
export async function addPasskey(em: EntityManager, made: NewPasskey): Promise<boolean> {
  const { id, credentialId, publicKey, counter, name, createdAt, adminId, contactId } = { ...NOBODY, ...made };
  const added = await run(
    em,
    sql`insert into passkeys (id, admin_id, contact_id, credential_id, public_key, counter, name, created_at)
     values (${id}, ${adminId}, ${contactId}, ${credentialId}, ${publicKey}, ${counter}, ${name}, ${createdAt}) on conflict do nothing`,
  );
  return added === 1;
}

export async function notePasskeyUse(em: EntityManager, id: string, counter: number, at: Instant): Promise<void> {
  await em.nativeUpdate(Passkey, { id }, { counter, lastUsedAt: at });
}

type OnePasskey = LoginOwner & { id: string };

/** False where they have none of this id. */
export const renamePasskey = async (em: EntityManager, of: OnePasskey, name: string): Promise<boolean> =>
  (await em.nativeUpdate(Passkey, of, { name })) === 1;

/** Its name; null where they have none of this id. */
export async function removePasskey(em: EntityManager, of: OnePasskey): Promise<string | null> {
  const found = await em.findOne(Passkey, of);
  return found && (await em.nativeDelete(Passkey, of)) === 1 ? found.name : null;
}

/** Whatever passkeys somebody has let nobody in any more. */
export async function removePasskeysOf(em: EntityManager, owner: LoginOwner): Promise<void> {
  await em.nativeDelete(Passkey, owner);
}
