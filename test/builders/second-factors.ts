import type { EntityManager } from '@mikro-orm/postgresql';
import { recoveryCodeHash } from '../../api/auth/recovery-codes.ts';
import { codeAt, newTotpSecret } from '../../api/auth/totp.ts';
import { confirmTotp, keepTotp, replaceRecoveryCodes, totpOf } from '../../db/people/second-factors.ts';
import { seal } from '../../db/seal.ts';
import type { SecretKey } from '../../db/signature.ts';
import { T0 } from './rows.ts';

export const STEP_MS = 30_000;

/** An app that an admin has set up, of which no code was used yet, and one recovery code. */
export async function anApp(em: EntityManager, adminId: string, secretKey: SecretKey) {
  const secret = await aWaitingApp(em, adminId, secretKey);
  const { sealed } = (await totpOf(em, adminId))!;
  await confirmTotp(em, { adminId, sealed, step: 0, now: T0 });
  const recoveryCode = 'abcd-efgh-jkmn-pqrs';
  await replaceRecoveryCodes(em, adminId, [recoveryCodeHash(adminId, recoveryCode)]);
  return { secret, recoveryCode, codeNow: (steps = 0) => codeAt(secret, Date.now() + steps * STEP_MS) };
}

/** The secret of one that is still to be proven by a code. */
export async function aWaitingApp(em: EntityManager, adminId: string, secretKey: SecretKey): Promise<string> {
  const secret = newTotpSecret();
  await keepTotp(em, { adminId, sealed: seal(secret, secretKey).sealed, now: T0 });
  return secret;
}
