import { setTimeout as pause } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Admin } from '../../db/entities/admin.ts';
import { countLoginTries, forgetLoginTries, MOST_OF_ONE, trySubject } from '../../db/people/login-tries.ts';
import { totpOf, useRecoveryCode, useStep } from '../../db/people/second-factors.ts';
import { recordSecurityChange } from '../../db/people/security-changes.ts';
import { unseal } from '../../db/seal.ts';
import type { SecretKey } from '../../db/signature.ts';
import { networkOf } from './network-of.ts';
import { recoveryCodeHash } from './recovery-codes.ts';
import { tellRefused } from './tell-refused.ts';
import { stepOf } from './totp.ts';
import { checkLock, MOST_FROM_ONE_NETWORK, slowDownMs } from './try-password.ts';

export type TriedCode = { admin: Admin; code: string; ip: string };

/** What an admin has typed: whether it was right, and the email that a recovery code is told by. */
type Outcome = { isRight: boolean; emailId?: string | null };

/**
 * Uses up a code of the app, or a recovery code; each once, of two at the same instant one. Wrong
 * ones are counted and wait as wrong passwords do [R14.3]. @throws Problem 429 while one has to
 * wait
 */
export async function tryCode(em: EntityManager, tried: TriedCode, secretKey: SecretKey): Promise<Outcome> {
  const [subject, from] = [trySubject('code', tried.admin.id), trySubject('ip', networkOf(tried.ip))];
  checkLock(await countLoginTries(em, [from], MOST_FROM_ONE_NETWORK));
  const [counted] = checkLock(await countLoginTries(em, [subject], MOST_OF_ONE));
  await pause(slowDownMs(counted?.tries ?? 0));
  // Apps show them in two groups.
  const code = tried.code.replaceAll(/\s/g, '');
  const outcome = await (/^\d{6}$/.test(code) ? byApp(em, { ...tried, code }, secretKey) : byRecoveryCode(em, tried));
  if (outcome.isRight) await forgetLoginTries(em, [subject], from);
  else await tellRefused(em, 'admin', [tried.admin], { by: 'second factor' });
  return outcome;
}

async function byApp(em: EntityManager, { admin, code }: TriedCode, secretKey: SecretKey): Promise<Outcome> {
  const kept = await totpOf(em, admin.id);
  if (!kept?.confirmedAt) return { isRight: false };
  const step = stepOf(unseal(kept, secretKey) as string, code, Date.now());
  return { isRight: step !== null && (await useStep(em, admin.id, step)) };
}

const byRecoveryCode = (em: EntityManager, { admin, code }: TriedCode): Promise<Outcome> =>
  em.transactional(async (tx) => {
    const isRight = await useRecoveryCode(tx, admin.id, recoveryCodeHash(admin.id, code));
    if (!isRight) return { isRight };
    return { isRight, emailId: await recordSecurityChange(tx, { admin, kind: 'recovery_code_used' }) };
  });
