import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../../workflows/domain/instant.ts';
import { HalfLogin } from '../entities/half-login.ts';
import { RecoveryCode } from '../entities/recovery-code.ts';
import { TotpSecret } from '../entities/totp-secret.ts';
import { reseal } from '../seal.ts';
import type { SecretKey } from '../signature.ts';
import { query, run, sql, type Sql } from '../sql.ts';
import { removePasskeysOf } from './passkeys.ts';

const HAS_ONE = sql`(exists (select from totp_secrets t where t.admin_id = ad.id and t.confirmed_at is not null)
  or exists (select from passkeys k where k.admin_id = ad.id))`;

/** Which of these admins have a second factor. */
export async function withSecondFactor(em: EntityManager, adminIds: readonly string[]): Promise<Set<string>> {
  const rows = await query<{ id: string }>(em, havingOne(sql`ad.id = any(${[...adminIds]}::uuid[])`));
  return new Set(rows.map(({ id }) => id));
}

const havingOne = (which: Sql) => sql`select ad.id from admins ad where ${which} and ${HAS_ONE}`;

export const hasSecondFactor = async (em: EntityManager, adminId: string): Promise<boolean> =>
  (await withSecondFactor(em, [adminId])).has(adminId);

/** The secret of an admin's app, in use or still to be proven; null = none. */
export const totpOf = (em: EntityManager, adminId: string): Promise<TotpSecret | null> =>
  em.findOne(TotpSecret, { adminId }, { refresh: true });

/** Keeps a secret that is still to be proven, in place of another such; false where one is used. */
export async function keepTotp(em: EntityManager, { adminId, sealed, now }: NewTotp): Promise<boolean> {
  const kept = await run(
    em,
    sql`insert into totp_secrets as t (admin_id, sealed, created_at) values (${adminId}, ${sealed}, ${now})
     on conflict (admin_id) do update set sealed = excluded.sealed, created_at = excluded.created_at
     where t.confirmed_at is null`,
  );
  return kept === 1;
}

type NewTotp = { adminId: string; sealed: string; now: Instant };

/** Puts a proven secret to use; false where it is in use already, or is another one by now. */
export async function confirmTotp(em: EntityManager, { adminId, sealed, step, now }: Proven): Promise<boolean> {
  const confirmed = await run(
    em,
    sql`update totp_secrets set confirmed_at = ${now}, last_step = ${step} where admin_id = ${adminId} and sealed = ${sealed} and confirmed_at is null`,
  );
  return confirmed === 1;
}

type Proven = { adminId: string; sealed: string; step: number; now: Instant };

/** Uses up the code of a time step, and all before it; false where it was: of two, one wins. */
export async function useStep(em: EntityManager, adminId: string, step: number): Promise<boolean> {
  const used = await run(
    em,
    sql`update totp_secrets set last_step = ${step}
     where admin_id = ${adminId} and confirmed_at is not null and (last_step is null or last_step < ${step})`,
  );
  return used === 1;
}

/** Seals anew what an older key has sealed. Returns how many. */
export async function resealTotps(em: EntityManager, secretKey: SecretKey): Promise<number> {
  let resealed = 0;
  for (const { adminId, sealed } of await em.find(TotpSecret, {}, { disableIdentityMap: true })) {
    const anew = reseal(sealed, secretKey);
    if (anew !== sealed) resealed += await em.nativeUpdate(TotpSecret, { adminId, sealed }, { sealed: anew });
  }
  return resealed;
}

/** False where there was none in use. */
export async function removeTotp(em: EntityManager, adminId: string): Promise<boolean> {
  const where = { adminId, confirmedAt: { $ne: null } };
  return (await em.nativeDelete(TotpSecret, where)) === 1;
}

/** How many recovery codes somebody has left. */
export const countRecoveryCodes = (em: EntityManager, adminId: string): Promise<number> =>
  em.count(RecoveryCode, { adminId });

/** These are theirs from now on, and no others. */
export async function replaceRecoveryCodes(em: EntityManager, adminId: string, hashes: string[]): Promise<void> {
  await em.nativeDelete(RecoveryCode, { adminId });
  await em.insertMany(
    RecoveryCode,
    hashes.map((codeHash) => ({ codeHash, adminId })),
  );
}

/** Uses up a recovery code; false where there is none such any more. */
export const useRecoveryCode = async (em: EntityManager, adminId: string, codeHash: string): Promise<boolean> =>
  (await em.nativeDelete(RecoveryCode, { adminId, codeHash })) === 1;

/** Recovery codes stand in for a second factor, and go with the last one. */
export async function endRecoveryCodes(em: EntityManager, adminId: string): Promise<void> {
  if (!(await hasSecondFactor(em, adminId))) await em.nativeDelete(RecoveryCode, { adminId });
}

/** Takes away whatever stands beside the password, and logins that wait for it. */
export async function removeSecondFactors(em: EntityManager, adminId: string): Promise<void> {
  await em.nativeDelete(TotpSecret, { adminId });
  await removePasskeysOf(em, { adminId });
  await em.nativeDelete(RecoveryCode, { adminId });
  await em.nativeDelete(HalfLogin, { adminId });
}
