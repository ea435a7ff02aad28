import { z } from 'zod';
import type { Unscoped } from '../../db/account-scope.ts';
import { Account } from '../../db/entities/account.ts';
import type { Admin } from '../../db/entities/admin.ts';
import {
  confirmTotp,
  countRecoveryCodes,
  endRecoveryCodes,
  hasSecondFactor,
  keepTotp,
  removeTotp,
  replaceRecoveryCodes,
  totpOf,
} from '../../db/people/second-factors.ts';
import { recordSecurityChange } from '../../db/people/security-changes.ts';
import { endSessionsOf } from '../../db/people/sessions.ts';
import { seal, unseal } from '../../db/seal.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { newRecoveryCodes, recoveryCodeHash } from '../auth/recovery-codes.ts';
import { newTotpSecret, stepOf, totpUri } from '../auth/totp.ts';
import { wrongState } from '../http/problem.ts';
import { defineAdminRoute } from '../http/route.ts';
import { startMail } from '../mail/start-mail.ts';
import { proveCode, provePassword } from './own-proof.ts';
import { code, wrongCode, type SecondFactorDeps } from './second-factor-login.ts';

const tag = 'Own sign-in';
const path = '/v1/own-sign-in/app';
export const ownPassword = z.string().min(1).max(200).describe('One’s own, once more.');
/** Apps show them in two groups. */
const appCode = z
  .string()
  .max(20)
  .transform((typed) => typed.replaceAll(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/, 'must have six digits'));
const proof = z.strictObject({ password: ownPassword, code });
const example = { password: 'correct horse battery staple', code: '492039' };

export const recoveryCodesSchema = z.array(z.string()).describe('Shown here and never again; each works once.');

const begin = defineAdminRoute({
  method: 'post',
  path,
  tag,
  operationId: 'beginOwnApp',
  audit: { none: 'Begins what another route ends.' },
  summary: 'Set up an app that shows codes as second factor: its secret, still to be proven by a code',
  body: z.strictObject({ password: ownPassword }),
  example: { password: example.password },
  answers: {
    201: z.strictObject({
      secret: z.string().describe('In base32, to be typed in.'),
      uri: z.string().describe('The same as a QR code has it, of the form `otpauth://`.'),
    }),
  },
  problems: [409, 429],
  writes: 'own',
  async handle(call, { secretKey }: SecondFactorDeps) {
    const { unscoped, admin, body } = call;
    await provePassword(call, body.password);
    const secret = newTotpSecret();
    const kept = { adminId: admin.id, sealed: seal(secret, secretKey).sealed, now: fromMs(Date.now()) };
    if (!(await keepTotp(unscoped, kept))) throw wrongState('There is an app already. Switch it off first.');
    const uri = totpUri(secret, { issuer: await issuerOf(unscoped, admin), email: admin.email });
    return { status: 201, body: { secret, uri } };
  },
});

/** Under which an app lists it; a colon would part it. */
export async function issuerOf(em: Unscoped, { accountId }: Admin): Promise<string> {
  const account = accountId === null ? null : await em.findOne(Account, { id: accountId });
  return (account?.name ?? 'Perennial').replaceAll(':', ' ');
}

const confirm = defineAdminRoute({
  method: 'post',
  path: `${path}/confirm`,
  tag,
  operationId: 'confirmOwnApp',
  audit: { left: ['admin.app_added'] },
  summary: 'Prove by a code that the app has the secret: from now on logging in asks for one',
  description: 'Every other session ends.',
  body: z.strictObject({ code: appCode }),
  example: { code: example.code },
  answers: {
    200: z.strictObject({
      recoveryCodes: recoveryCodesSchema.nullable().describe('null = there are some from before, which stay.'),
    }),
  },
  problems: [409],
  writes: 'own',
  perMinute: 20,
  async handle({ unscoped, admin, session, body }, { secretKey, wakes }: SecondFactorDeps) {
    const kept = await totpOf(unscoped, admin.id);
    if (!kept || kept.confirmedAt) throw wrongState('There is no app that waits for its first code.');
    const step = stepOf(unseal(kept, secretKey) as string, body.code, Date.now());
    if (step === null) throw wrongCode(422);
    const done = await unscoped.transactional(async (tx) => {
      const proven = { adminId: admin.id, sealed: kept.sealed, step, now: fromMs(Date.now()) };
      if (!(await confirmTotp(tx, proven)))
        throw wrongState('It is set up already, or anew: scan the code that is shown now.');
      await endSessionsOf(tx, { adminId: admin.id }, session);
      const recoveryCodes = await firstRecoveryCodes(tx, admin);
      return { recoveryCodes, emailId: await recordSecurityChange(tx, { admin, kind: 'app_added' }) };
    });
    startMail(wakes, done.emailId);
    return { status: 200, body: { recoveryCodes: done.recoveryCodes } };
  },
});

/** With the first second factor come recovery codes; null where there are some. */
export async function firstRecoveryCodes(tx: Unscoped, admin: Admin): Promise<string[] | null> {
  return (await countRecoveryCodes(tx, admin.id)) > 0 ? null : makeRecoveryCodes(tx, admin);
}

async function makeRecoveryCodes(tx: Unscoped, { id: adminId }: Admin): Promise<string[]> {
  const codes = newRecoveryCodes();
  await replaceRecoveryCodes(
    tx,
    adminId,
    codes.map((each) => recoveryCodeHash(adminId, each)),
  );
  return codes;
}

const remove = defineAdminRoute({
  method: 'post',
  path: `${path}/switch-off`,
  tag,
  operationId: 'removeOwnApp',
  audit: { left: ['admin.app_removed', 'admin.recovery_code_used'] },
  summary: 'Stop using the app as second factor',
  body: proof,
  example,
  answers: { 204: null },
  problems: [409, 429],
  writes: 'own',
  async handle(call, deps: SecondFactorDeps) {
    const { unscoped, admin, body } = call;
    if (!(await totpOf(unscoped, admin.id))?.confirmedAt) throw noApp();
    await provePassword(call, body.password);
    await proveCode(call, body.code, deps);
    const emailId = await unscoped.transactional(async (tx) => {
      if (!(await removeTotp(tx, admin.id))) throw noApp();
      await endRecoveryCodes(tx, admin.id);
      return recordSecurityChange(tx, { admin, kind: 'app_removed' });
    });
    startMail(deps.wakes, emailId);
    return { status: 204 };
  },
});

const noApp = () => wrongState('There is no app that is used.');

const remake = defineAdminRoute({
  method: 'post',
  path: '/v1/own-sign-in/recovery-codes',
  tag,
  operationId: 'makeOwnRecoveryCodes',
  audit: { left: ['admin.recovery_codes_made', 'admin.recovery_code_used'] },
  summary: 'Make ten recovery codes anew; those from before work no more',
  body: proof,
  example,
  answers: { 200: z.strictObject({ recoveryCodes: recoveryCodesSchema }) },
  problems: [409, 429],
  writes: 'own',
  async handle(call, deps: SecondFactorDeps) {
    const { unscoped, admin, body } = call;
    if (!(await hasSecondFactor(unscoped, admin.id))) throw wrongState('There is no second factor.');
    await provePassword(call, body.password);
    await proveCode(call, body.code, deps);
    const made = await unscoped.transactional(async (tx) => ({
      recoveryCodes: await makeRecoveryCodes(tx, admin),
      emailId: await recordSecurityChange(tx, { admin, kind: 'recovery_codes_made' }),
    }));
    startMail(deps.wakes, made.emailId);
    return { status: 200, body: { recoveryCodes: made.recoveryCodes } };
  },
});

export const ownAppRoutes = { begin, confirm, remove, remake };
